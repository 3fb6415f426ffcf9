import Testing

@testable import HealstreamCore

struct CommandHistoryTests {
  /// Endpoints that fail and recover while operators ask for everything there is, sensibly or not.
  struct History {
    private(set) var desk = CommandTests.Desk()
    /// What came out at each step, with the kill switch as it stood when the step was over.
    private(set) var steps: [(isOn: Bool, said: [Stage.Said])] = []
    private(set) var highestLiveHeals = 0
    private(set) var sent = 0
    private var random: SeededGenerator
    private var born = 0

    init(seed: UInt64, steps count: Int, disturb: (inout Stage) throws -> Void = { _ in }) throws {
      random = SeededGenerator(seed: seed)
      for _ in 0..<count {
        desk.stage.skip(Int.random(in: 0...40, using: &random))
        try disturb(&desk.stage)
        let wasOn = desk.stage.governor.killSwitch.isHealingOn
        let said =
          Int.random(in: 0..<3, using: &random) == 0 ? level() : Bool.random(using: &random) ? command() : idle()
        steps.append((wasOn || desk.stage.governor.killSwitch.isHealingOn, said))
        highestLiveHeals = max(highestLiveHeals, desk.stage.governor.actions.liveHeals)
      }
    }

    private mutating func any<Element>(_ elements: [Element]) -> Element {
      elements[Int.random(in: elements.indices, using: &random)]
    }

    private var tenants: [String] { ["tenant-0", "tenant-1", "tenant-2"] }
    private var endpoints: [String] { ["https://0/", "https://1/", "https://2/", "https://3/"] }

    private mutating func candidate(at endpoint: String) -> LevelStatement.Candidate {
      born += 1
      return LevelStatement.Candidate(
        deliveryID: "d\(born)", endpoint: endpoint,
        failedAt: desk.stage.now - Int64.random(in: 0...300_000, using: &random),
        category: any([.transientEndpointDown, .transientEndpointDown, .rateLimited]), score: any([70, 90]))
    }

    private mutating func level() -> [Stage.Said] {
      let (tenant, endpoint) = (any(tenants), any(endpoints))
      let candidates = (0..<Int.random(in: 0...5, using: &random)).map { _ in candidate(at: endpoint) }
      if Int.random(in: 0..<3, using: &random) == 0 {
        var summary = FailureSummary(tenantID: tenant, minute: desk.stage.now)
        summary.candidates = candidates
        summary.delivered = born > 3 ? ["d\(Int.random(in: 1...born, using: &random))"] : []
        return desk.stage.say(.failures(summary))
      }
      var statement = LevelStatement.anomalous(
        endpoint, of: tenant, failures: any([4, 8, 60]), count: 60, raisedAt: desk.stage.now)
      statement.level = any([.anomalous, .anomalous, .anomalous, .recovering, .normal, .silent])
      statement.candidates = candidates
      statement.candidateCount = candidates.count
      if Bool.random(using: &random) { statement.lastSuccessAt = desk.stage.now }
      if Bool.random(using: &random) { statement.signatureShare = 1 }
      return desk.stage.say(statement)
    }

    private mutating func idle() -> [Stage.Said] {
      desk.stage.progress.streamTime = desk.stage.now
      return desk.stage.say(.progress(desk.stage.progress))
    }

    private mutating func command() -> [Stage.Said] {
      sent += 1
      let incident = desk.stage.all.incidents.last(where: { _ in true }).incidentID
      let proposal = desk.stage.all.actions.last { $0.event == "proposed" }
      let (tenant, endpoint) = (any(tenants), any(endpoints))
      let place = "\"tenant_id\":\"\(tenant)\"" + (Bool.random(using: &random) ? ",\"endpoint\":\"\(endpoint)\"" : "")
      let until = (desk.stage.now + Int64.random(in: -1000...600_000, using: &random)).rfc3339
      let flag = Bool.random(using: &random)
      let (name, args) = any([
        ("acknowledge", "{\"incident_id\":\"\(incident)\",\"known_issue\":\(flag)}"),
        ("resolve", "{\"incident_id\":\"\(incident)\"}"), ("approve", proposal.proposalArgs),
        ("approve", proposal.proposalArgs), ("reject", proposal.proposalArgs),
        ("replay", "{\"delivery_ids\":[\"d\(max(1, born - 2))\",\"d\(born + 1)\"]}"),
        ("replay-recommended", "{\"tenant_id\":\"\(tenant)\"}"), ("run-cycle", "{\"dry_run\":\(flag)}"),
        ("clear-cooldown", "{\(place)}"), ("set-maintenance", "{\(place),\"until\":\"\(until)\"}"),
        ("end-maintenance", "{\(place)}"), ("silence", "{\"tenant_id\":\"\(tenant)\",\"minutes\":20,\"reason\":\"r\"}"),
        ("unsilence", "{\"tenant_id\":\"\(tenant)\"}"), ("set-autoheal", "{\"enabled\":\(flag)}"),
        ("set-autoheal", "{\"enabled\":true}"),
        ("set-dry-run", "{\"enabled\":\(flag)}"), ("set-dry-run", "{\"enabled\":false}"),
        ("set-enforcement", "{\"percent\":\(Int.random(in: 0...110, using: &random))}"),
        ("set-tenant-policy", "{\"tenant_id\":\"\(tenant)\",\"policy\":\(flag ? "null" : "{\"max_replays\":3}")}"),
      ])
      return desk.order(name, args, id: "random-\(sent)", role: any(["admin", "admin", "operator", "viewer"]))
    }
  }

  static let seeds = Array(UInt64(1)...20)
  static let histories = seeds.map { seed in Result { try History(seed: seed, steps: 300) } }

  @Test(arguments: seeds)
  func `every command is answered once, the audit has no gap, and nothing is begun with healing off`(seed: UInt64)
    throws
  {
    let history = try Self.histories[Int(seed) - 1].get()
    let all = history.steps.flatMap(\.said)
    let answered = all.audit.filter { $0["resource_type"]?.string == "command" }.compactMap {
      $0["resource_id"]?.string
    }
    #expect(answered.count == history.sent && Set(answered).count == answered.count, "seed \(seed)")
    let numbers = history.desk.stage.all.audit.compactMap { $0["meta"]?["sequence"]?.integer }
    #expect(numbers == Array(0..<Int64(numbers.count)), "seed \(seed)")
    for step in history.steps where !step.isOn { #expect(step.said.begun.isEmpty, "seed \(seed)") }
    #expect(history.highestLiveHeals <= 5, "seed \(seed)")
    #expect(Set(history.desk.stage.all.map(\.id)).count == history.desk.stage.all.count, "seed \(seed): an id twice")
    let deliveries = all.actions.filter { ["canary", "issued"].contains($0.event) && $0["dry_run"]?.bool == false }
      .flatMap { action in
        (action["plan"]?["deliveries"]?.array ?? []).map { "\(action["tenant_id"]?.string ?? "") \($0)" }
      }
    #expect(Set(deliveries).count == deliveries.count, "seed \(seed): replayed twice")
  }

  @Test func `the histories do try all of it`() throws {
    let said = try Self.histories.flatMap { try $0.get().desk.stage.all }
    let accepted = said.audit.filter { $0.action == "command.accepted" }.compactMap { $0["meta"]?["command"]?.string }
    #expect(Set(accepted) == Set(CommandKind.all.map(\.name)))
    #expect(said.deeds.contains { $0.hasSuffix(" approved") })
  }

  @Test(arguments: seeds.prefix(6))
  func `a governor that is reloaded before every record says the same`(seed: UInt64) throws {
    let first = try Self.histories[Int(seed) - 1].get()
    let second = try History(seed: seed, steps: 300) { try $0.reload() }
    #expect(first.desk.stage.all.map(\.text) == second.desk.stage.all.map(\.text))
    #expect(first.desk.stage.state == second.desk.stage.state)
  }
}
