/// An endpoint of the simulated platform, as it is without any fault.
package struct SimulatedEndpoint: Equatable, Sendable {
  package let tenantID: String
  package let url: String
  /// First attempts a minute, on a day's average.
  package let ratePerMinute: Double
  /// Share of the attempts that fail without a fault, 0–1.
  package let background: Double
  /// Attempts that it takes in a minute, replays included; what goes beyond fails. `nil`: six times its usual rate.
  package let capacityPerMinute: Double?
  /// Each delivery goes to a URL of its own below this one.
  package let hasEndlessURLs: Bool

  /// The endpoint `path` of the tenant `tenant-…`.
  package init(
    _ tenant: String, _ path: String, _ ratePerMinute: Double, _ background: Double, capacityPerMinute: Double? = nil,
    hasEndlessURLs: Bool = false
  ) {
    tenantID = "tenant-\(tenant)"
    url = "https://hooks.\(tenant).example/\(path)"
    self.ratePerMinute = ratePerMinute
    self.background = background
    self.capacityPerMinute = capacityPerMinute
    self.hasEndlessURLs = hasEndlessURLs
  }

  func url(of deliveryID: String) -> String { hasEndlessURLs ? "\(url)/\(deliveryID)" : url }
}
