import HealstreamCore
import SimulatedWorld

/// A scenario and what came of it, line by line.
enum Trace {
  static func lines(of scenario: Scenario) -> [String] {
    let schedule = scenario.sender.retryDelaysMillis.map { "\($0 / 1000) s" }.joined(separator: ", ")
    return [
      "sender tries again after \(schedule.isEmpty ? "nothing" : schedule); executor \(scenario.executorLatencyMillis) ms late"
    ]
      + scenario.troubles.sorted { $0.start < $1.start }.map { trouble in
        let first = trouble.faults[0]
        let endpoint = scenario.endpoints[first.endpoint]
        let place = trouble.kind == .platform ? "platform" : "\(endpoint.url) \(readable(endpoint.ratePerMinute))/min"
        return "\(trouble.start.rfc3339) to \(trouble.end.rfc3339) \(trouble.kind.rawValue) \(first.kind) \(place)"
      }
  }

  static func lines(of event: ClosedLoop.Event) -> [String] {
    switch event {
    case .delivered(let delivery):
      guard delivery.healActionID != nil else { return [] }
      return [
        "\(delivery.at.rfc3339) replayed \(delivery.deliveryID) \(delivery.endpoint): \(delivery.status.rawValue)"
      ]
    case .said(.audit, let at, let value):
      guard let json = try? JSONValue(value.span) else { return [] }
      let parts = ["action", "tenant_id", "resource_id", "outcome", "reason"].map { json[$0]?.string ?? "-" }
      let guardrail = json["meta"]?["guardrail"]?.string ?? ""
      let strategy = json["meta"]?["strategy"]?.string ?? ""
      return ["\(at.rfc3339) \(parts.joined(separator: " ")) \(strategy) \(guardrail)"]
    case .said, .reported: return []
    }
  }

  /// Endpoints that lost something, with healing off and on.
  static func lines(of off: Fates, _ on: Fates, _ scenario: Scenario) -> [String] {
    scenario.endpoints.indices.compactMap { index in
      let here = off.byID.filter { $0.value.endpoint == index }
      let lostOff = here.count { !$0.value.isDelivered }
      let lostOn = here.count { id, _ in on.byID[id].map { !$0.isDelivered } ?? false }
      guard lostOff + lostOn > 0 else { return nil }
      return "\(scenario.endpoints[index].url): \(lostOff) lost with healing off, \(lostOn) with healing on"
    }
  }

  private static func readable(_ rate: Double) -> String { "\((rate * 10).rounded() / 10)" }
}
