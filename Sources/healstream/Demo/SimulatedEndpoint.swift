/// An endpoint of the simulated platform, as it is without any fault.
struct SimulatedEndpoint: Equatable, Sendable {
  let tenantID: String
  let url: String
  /// First attempts a minute, on a day's average.
  let ratePerMinute: Double
  /// Share of the attempts that fail without a fault, 0–1.
  let background: Double

  /// Seven tenants with two or three endpoints each.
  static let all: [SimulatedEndpoint] = [
    SimulatedEndpoint("acme", "orders", 4, 0.003), SimulatedEndpoint("acme", "invoices", 2.4, 0.003),
    SimulatedEndpoint("acme", "refunds", 1.5, 0.002), SimulatedEndpoint("globex", "shipments", 5, 0.004),
    SimulatedEndpoint("globex", "customs", 2.2, 0.002), SimulatedEndpoint("initech", "reports", 3.2, 0.003),
    SimulatedEndpoint("initech", "payroll", 2.4, 0.002), SimulatedEndpoint("initech", "badges", 1.2, 0.003),
    SimulatedEndpoint("umbrella", "lab-results", 3, 0.005), SimulatedEndpoint("umbrella", "alerts", 4, 0.002),
    SimulatedEndpoint("hooli", "search-index", 4, 0.003), SimulatedEndpoint("hooli", "storage", 2.5, 0.003),
    SimulatedEndpoint("hooli", "billing", 2, 0.004), SimulatedEndpoint("stark", "telemetry", 6, 0.003),
    SimulatedEndpoint("stark", "parts", 2.3, 0.002), SimulatedEndpoint("wayne", "donations", 3, 0.003),
    SimulatedEndpoint("wayne", "payments", 3.6, 0.002), SimulatedEndpoint("wayne", "signups", 1.5, 0.004),
  ]

  private init(_ tenant: String, _ path: String, _ ratePerMinute: Double, _ background: Double) {
    tenantID = "tenant-\(tenant)"
    url = "https://hooks.\(tenant).example/\(path)"
    self.ratePerMinute = ratePerMinute
    self.background = background
  }
}
