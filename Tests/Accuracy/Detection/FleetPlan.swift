import Foundation
import SimulatedWorld

/// A fleet as it is put up: endpoints with their rates, backgrounds and pattern, and the faults that are put into it.
struct FleetPlan {
  /// How first attempts come when nothing is wrong.
  enum Pattern: String, CaseIterable {
    case poisson
    /// Three or six deliveries at once, as often as keeps the rate.
    case batches
    /// Five times the rate for four minutes of each hour, the same minutes for a tenant.
    case hourly
    /// Between a tenth of the rate and the whole of it by the time of day, a tenant's own.
    case daily
  }

  struct Endpoint {
    var tenant: Int
    var ratePer5Min: Double
    /// Share of the attempts that fail when nothing is wrong.
    var background: Double
  }

  static let endpointsPerTenant = 5
  static let backgrounds = [0, 0.005, 0.02, 0.05]

  var endpoints: [Endpoint]
  var pattern: Pattern
  var hours: Int
  var faults: [Fault] = []

  /// Rates log-uniform between 0.5 and 200 first attempts in 5 min, four backgrounds in turn.
  init(endpointCount: Int, pattern: Pattern, hours: Int, using random: inout SplitMix64) {
    self.pattern = pattern
    self.hours = hours
    endpoints = (0..<endpointCount).map {
      Endpoint(
        tenant: $0 / Self.endpointsPerTenant, ratePer5Min: 0.5 * exp(random.uniform() * log(400)),
        background: Self.backgrounds[Int(random.next() % 4)])
    }
  }

  func tenantName(_ tenant: Int) -> String { "tenant-\(tenant)" }
  func url(_ endpoint: Int) -> String { "https://e\(endpoint).example/hook" }

  /// The rate of a minute by the mean rate.
  func shape(_ minute: Int, tenant: Int) -> Double {
    switch pattern {
    case .poisson, .batches: 1
    case .hourly: (minute + tenant * 7) % 60 < 4 ? 5 : 1
    case .daily: 0.55 + 0.45 * sin((Double(minute) / 1440 + Double(tenant % 6) / 24) * 2 * .pi)
    }
  }
}
