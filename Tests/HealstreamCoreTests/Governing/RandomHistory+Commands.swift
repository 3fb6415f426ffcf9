@testable import HealstreamCore

extension RandomHistory {
  /// One of all commands that there are, mostly one that is allowed and makes sense.
  mutating func command() -> [Stage.Said] {
    let any = CommandKind.all.randomElement(using: &random)
    guard let kind = oneIn(4) ? CommandKind.named("approve") : any else { return [] }
    if !oneIn(20) { commandCount += 1 }  // else an id comes again
    let role = oneIn(10) ? "viewer" : oneIn(3) ? "operator" : "admin"
    let isLate = oneIn(10)
    let expiry = isLate ? #","expires_at":"\#((stage.now - 1000).rfc3339)""# : ""
    let value = Array(
      """
      {"command_id":"c\(commandCount)","operator_id":"op-\(role)\(isLate ? "-late" : "")","role":"\(role)","command":"\(kind.name)",
      "args":{\(arguments(of: kind.name))},"issued_at":"\(stage.now.rfc3339)"\(expiry)}
      """.utf8)
    let record = InputRecord(partition: 0, offset: 0, timestamp: stage.now, key: nil, value: value.span)
    guard let command = try? Command(record) else { return [] }
    return stage.say(.command(command))
  }

  private mutating func arguments(of command: String) -> String {
    let place = RandomHistory.endpoints.randomElement(using: &random) ?? RandomHistory.endpoints[0]
    let subject = #""tenant_id":"\#(place.tenant)""# + (oneIn(2) ? #","endpoint":"\#(place.url)""# : "")
    switch command {
    case "acknowledge", "resolve": return #""incident_id":"\#(lastSaid(\.incidents, "incident_id"))""#
    case "approve", "reject":
      let proposal = stage.all.suffix(200).last { $0.event == "proposed" }
      let hash = oneIn(5) ? "another" : proposal?["plan_hash"]?.string ?? "none"
      return #""action_id":"\#(proposal?["action_id"]?.string ?? "none")","plan_hash":"\#(hash)""#
    case "replay":
      return subject + #","delivery_ids":["\#(lastSaid(\.actions, "action_id"))","d1","d2","d3"]"#
    case "replay-recommended": return #""tenant_id":"\#(place.tenant)""#
    case "run-cycle": return oneIn(2) ? #""dry_run":true"# : ""
    case "clear-cooldown", "end-maintenance", "unsilence": return subject
    case "set-maintenance":
      return subject + #","until":"\#((stage.now + Int64.random(in: 1...1_800, using: &random) * 1000).rfc3339)""#
    case "silence": return subject + #","minutes":\#(Int.random(in: 1...60, using: &random)),"reason":"known""#
    case "set-autoheal", "set-dry-run": return #""enabled":\#(command == "set-autoheal" ? !oneIn(3) : oneIn(3))"#
    case "set-enforcement": return #""percent":\#([0, 50, 100, 100].randomElement(using: &random) ?? 100)"#
    case "set-tenant-policy": return #""tenant_id":"\#(place.tenant)","policy":{"max_heals_per_hour":3}"#
    default: return ""
    }
  }

  private func lastSaid(_ topic: KeyPath<[Stage.Said], [Stage.Said]>, _ field: String) -> String {
    Array(stage.all.suffix(50))[keyPath: topic].last?[field]?.string ?? "none"
  }
}
