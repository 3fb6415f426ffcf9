extension Incident {
  /// One line for a person, such as
  /// `Failure cluster: 115 failures to https://api.customer.com/webhook (57.5x normal), tenant tenant-acme`.
  package var message: String {
    var text =
      key.scope == .platform ? platformMessage : "\(title): \(counts)\(target) (\(comparison)), tenant \(key.tenantID)"
    if isEvidenceStale { text += "; evidence is \(evidenceAgeMillis / 1000) s old, nothing is healed on it" }
    return text
  }

  /// An open incident tells how it stands; a resolved one, how bad it was.
  private var shown: LevelStatement { isOpen ? evidence : worst }

  private var platformMessage: String {
    "Platform fault: \(shown.endpointsFailing) of \(shown.endpointsActive) endpoints began to fail together"
  }

  private var isTraffic: Bool { shown.type == .trafficSpike }

  private var title: String {
    switch shown.type {
    case .trafficSpike: "Traffic spike"
    case .failureBurst: "Failure burst"
    case .failureStreak: "Failure streak"
    case .tenantSpike: "Tenant spike"
    case .endpointSpike: "Endpoint spike"
    case .failureCluster: "Failure cluster"
    }
  }

  private var counts: String {
    isTraffic ? "\(shown.recentCount) deliveries" : "\(shown.recentFailures) failures"
  }

  private var target: String {
    if let endpoint = key.endpoint { return " to \(endpoint)" }
    return shown.endpointsActive > 0
      ? " to \(shown.endpointsFailing) of \(shown.endpointsActive) endpoints" : ""
  }

  private var comparison: String {
    guard let multiplier = isTraffic ? shown.spikeMultiplier : shown.failureMultiplier else {
      return "normally none"
    }
    return "\(readableDecimal(multiplier))x normal"
  }
}
