extension Incident {
  /// One line for a person, such as
  /// `Failure cluster: 115 failures to https://api.customer.com/webhook (57.5x normal), tenant tenant-acme`.
  package var message: String {
    var text =
      key.scope == .platform ? platformMessage : "\(title): \(counts)\(target) (\(comparison)), tenant \(key.tenantID)"
    if isEvidenceStale { text += "; evidence is \(evidenceAgeMillis / 1000) s old, nothing is healed on it" }
    return text
  }

  private var platformMessage: String {
    "Platform fault: \(evidence.endpointsFailing) of \(evidence.endpointsActive) endpoints began to fail together"
  }

  private var isTraffic: Bool { evidence.type == .trafficSpike }

  private var title: String {
    switch evidence.type {
    case .trafficSpike: "Traffic spike"
    case .failureBurst: "Failure burst"
    case .failureStreak: "Failure streak"
    case .tenantSpike: "Tenant spike"
    case .endpointSpike: "Endpoint spike"
    case .failureCluster: "Failure cluster"
    }
  }

  private var counts: String {
    isTraffic ? "\(evidence.recentCount) deliveries" : "\(evidence.recentFailures) failures"
  }

  private var target: String {
    if let endpoint = key.endpoint { return " to \(endpoint)" }
    return evidence.endpointsActive > 0
      ? " to \(evidence.endpointsFailing) of \(evidence.endpointsActive) endpoints" : ""
  }

  private var comparison: String {
    guard let multiplier = isTraffic ? evidence.spikeMultiplier : evidence.failureMultiplier else {
      return "normally none"
    }
    return "\(readableDecimal(multiplier))x normal"
  }
}
