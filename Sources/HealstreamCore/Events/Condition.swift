/// What an anomaly is, by the table of conditions; in rising strength, so that the largest names an incident's type.
package enum Condition: UInt8, CaseIterable, Comparable, Sendable {
  /// Deliveries of the last 5 min > 1.5 × the preceding hour's, and unlikely by chance.
  case trafficSpike
  /// Failures of the last 5 min > 1.5 × the preceding hour's.
  case failureBurst
  /// Failures event by event pass the limit of a Bernoulli CUSUM.
  case failureStreak
  /// A tenant's failures > 5 × its 24 h.
  case tenantSpike
  /// An endpoint's failures > 10 × its 24 h.
  case endpointSpike
  /// Failures of the last 5 min > 10 × the preceding hour's.
  case failureCluster

  package var name: StaticString {
    switch self {
    case .trafficSpike: "traffic_spike"
    case .failureBurst: "failure_burst"
    case .failureStreak: "failure_streak"
    case .tenantSpike: "tenant_spike"
    case .endpointSpike: "endpoint_spike"
    case .failureCluster: "failure_cluster"
    }
  }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// What an incident or a statement is about.
package enum Scope: UInt8, CaseIterable, Sendable {
  case endpoint, tenant, platform

  package var name: StaticString {
    switch self {
    case .endpoint: "endpoint"
    case .tenant: "tenant"
    case .platform: "platform"
    }
  }
}

/// How many of each category.
package struct TriageDistribution: Equatable, Sendable {
  private var counts: [Int]

  package init() { counts = [Int](repeating: 0, count: Category.allCases.count) }

  package subscript(category: Category) -> Int {
    get { counts[Int(category.rawValue)] }
    set { counts[Int(category.rawValue)] = newValue }
  }

  package var total: Int { counts.reduce(0, +) }

  /// The share of a category, 0–1; 0 of nothing.
  package func ratio(of category: Category) -> Double { total == 0 ? 0 : Double(self[category]) / Double(total) }
}
