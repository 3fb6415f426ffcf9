@testable import HealstreamCore

extension CommandTests.Desk {
  /// Sends a command with arguments of its own.
  @discardableResult
  mutating func order(
    _ name: String, _ args: String = "{}", id: String? = nil, role: String = "admin", by operatorID: String = "alice",
    more: String = ""
  ) -> [Stage.Said] {
    send(
      """
      {"command_id":"\(id ?? "c-\(outcomes.count)")","operator_id":"\(operatorID)","role":"\(role)","command":"\(name)",\
      "args":\(args),"issued_at":"\(Stage.start.rfc3339)"\(more)}
      """)
  }

  /// A small failing endpoint's replay waits for an approval: critical, but nobody is told.
  static func withProposal() -> (desk: Self, proposal: Stage.Said?) {
    var desk = Self(Stage { $0.healing.escalateFailures = 1000 })
    let proposal = desk.stage.say(critical).actions.first
    return (desk, proposal)
  }

  static let critical = DecisionTests.ready.changed { statement in
    statement.recentFailures = 60
    statement.recentCount = 60
    statement.triage[.transientEndpointDown] = 60
  }
}

extension [Stage.Said] {
  /// Of a command, from the audit.
  var answer: Stage.Said? { audit.first { $0["resource_type"]?.string == "command" } }
  var outcome: String? { answer?["outcome"]?.string }
  var reason: String? { answer?["reason"]?.string }
  var exceptions: [String] {
    answer?["meta"]?["exceptions"]?.array?.compactMap { entry in
      "\(entry["subject"]?.string ?? ""): \(entry["reason"]?.string ?? "")"
    } ?? []
  }
  /// What was begun, and not what ended.
  var begun: [String] { deeds.filter { $0.hasSuffix("issued") || $0.hasSuffix("canary") || $0.hasSuffix("proposed") } }
  var control: [Stage.Said] { filter { $0.topic == .control } }
}

extension Stage.Said? {
  /// Names the proposal that this record made, as `approve` and `reject` take it.
  var proposalArgs: String {
    "{\"action_id\":\"\(self?["action_id"]?.string ?? "")\",\"plan_hash\":\"\(self?["plan_hash"]?.string ?? "")\"}"
  }

  var incidentID: String { self?["incident_id"]?.string ?? "" }
}
