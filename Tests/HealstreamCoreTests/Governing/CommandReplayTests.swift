import Testing

@testable import HealstreamCore

struct CommandReplayTests {
  typealias Desk = CommandTests.Desk
  private static let other = "https://other.example/hook"

  /// Failures of two endpoints, heard of a minute ago and longer.
  private static func desk(_ configure: (inout GovernorSettings) -> Void = { _ in }) -> Desk {
    var desk = Desk(Stage(configure))
    var summary = FailureSummary(tenantID: "tenant-acme", minute: Stage.start)
    summary.candidates = [candidate("d1", 3), candidate("d2", 1), candidate("d3", 2), candidate("e1", 4, at: other)]
    desk.stage.say(.failures(summary))
    desk.stage.pass(110)
    return desk
  }

  private static func candidate(
    _ id: String, _ second: Int, at endpoint: String = hooks, category: Category = .transientEndpointDown,
    score: Int = 95
  ) -> LevelStatement.Candidate {
    LevelStatement.Candidate(
      deliveryID: id, endpoint: endpoint, failedAt: Stage.start + Int64(second) * 1000, category: category, score: score
    )
  }

  private static func args(_ ids: String...) -> String {
    "{\"delivery_ids\":[\(ids.map { "\"\($0)\"" }.joined(separator: ","))]}"
  }

  @Test func `what is asked for is replayed in steps, oldest first, one action for each endpoint`() throws {
    var desk = Self.desk()
    let said = desk.order("replay", Self.args("d1", "d2", "d3", "e1"), role: "operator")
    #expect(said.outcome == "accepted")
    #expect(said.reason == "4 deliveries are replayed, one first; 0 are not")
    #expect(said.deeds == ["REPLAY_RECENT canary", "REPLAY_RECENT canary"])
    #expect(said.actions.map { $0["plan"]?["deliveries"]?.array?.first?.string } == ["d2", "e1"])
    #expect(said.actions.allSatisfy { $0["incident_id"]?.isNull == true })
    #expect(said.audit.first { $0.action == "heal.canary" }?["operator_id"]?.string == "alice")
    try desk.stage.restart()
    let next = desk.stage.report(said.actions.first, succeeded: true).actions
    #expect(next.deeds == ["REPLAY_RECENT issued"])
    #expect(next.first?["plan"]?["deliveries"]?.array?.compactMap(\.string) == ["d3", "d1"])
    let settled = desk.stage.report(next.first, succeeded: true).actions
    #expect(settled.deeds == ["REPLAY_RECENT settled"])
    #expect(settled.first?["outcome"]?.string == "effective")
  }

  @Test func `what cannot be replayed is named with its reason, each`() {
    var desk = Self.desk()
    var summary = FailureSummary(tenantID: "tenant-b", minute: Stage.start)
    summary.candidates = [Self.candidate("d1", 5), Self.candidate("w1", 6, category: .rateLimited)]
    summary.candidates[1].notBefore = desk.stage.now + 1000
    desk.stage.say(.failures(summary))
    let said = desk.order("replay", Self.args("d1", "d2", "w1", "x"))
    #expect(said.outcome == "accepted")
    #expect(
      said.exceptions == [
        "x: no failure of it is known that a retry could mend",
        "d1: several tenants have a delivery of this id: name the tenant",
        "w1: \(hooks) of tenant-b asked to wait until \((desk.stage.now + 1000).rfc3339)",
      ])
    let again = desk.order("replay", "{\"delivery_ids\":[\"d1\",\"d2\"],\"tenant_id\":\"tenant-acme\"}")
    #expect(again.outcome == "rejected")
    #expect(again.exceptions == ["d2: it was replayed before", "d1: one that was asked for is under way"])
  }

  @Test func `what was delivered meanwhile is not replayed`() {
    var desk = Self.desk()
    var summary = FailureSummary(tenantID: "tenant-acme", minute: Stage.start)
    summary.delivered = ["d2"]
    desk.stage.say(.failures(summary))
    #expect(desk.order("replay", Self.args("d2")).outcome == "rejected")
  }

  @Test func `what its sender will try again is not replayed`() {
    var desk = Self.desk { $0.healing.sender.retryDelaysMillis = [3_600_000] }
    #expect(desk.order("replay", Self.args("d2")).exceptions == ["d2: its sender will try it again by itself"])
  }

  @Test(arguments: [
    CommandObstacle("kill_switch: Healing is off: switched off by alice") {
      $0.order("set-autoheal", "{\"enabled\":false}")
    },
    CommandObstacle("maintenance: tenant tenant-acme is in maintenance until \((Stage.start + 3_600_000).rfc3339)") {
      desk in
      desk.order(
        "set-maintenance", "{\"tenant_id\":\"tenant-acme\",\"until\":\"\((Stage.start + 3_600_000).rfc3339)\"}")
    },
    CommandObstacle("tenant_policy: The tenant's policy does not allow REPLAY_RECENT") { desk in
      desk.order(
        "set-tenant-policy", "{\"tenant_id\":\"tenant-acme\",\"policy\":{\"allowed_strategies\":[\"SILENCE_DUPES\"]}}")
    },
    CommandObstacle("blast_radius: Too much began to fail together (60/100 endpoints, 20/20 tenants)") { desk in
      desk.stage.progress.newlyFailingEndpoints = 60
      desk.stage.progress.newlyFailingTenants = 20
      desk.stage.pass(10)
    },
    CommandObstacle("strategy_limits: No live delivery has succeeded again, back-off ends in 1m") { desk in
      var summary = FailureSummary(tenantID: "tenant-acme", minute: Stage.start)
      summary.candidates = [CommandReplayTests.candidate("d2", desk.stage.second)]
      desk.stage.say(.failures(summary))
    },
  ])
  func `every guardrail but the approval judges what an operator asks for`(obstacle: CommandObstacle) {
    var desk = Self.desk()
    obstacle.make(&desk)
    let said = desk.order("replay", Self.args("d2"))
    #expect(said.begun.isEmpty)
    #expect(said.outcome == "rejected")
    #expect(said.exceptions == ["d2: \(obstacle.reason)"])
  }

  @Test func `neither a critical incident nor the share that is enforced stands in an operator's way`() {
    var desk = Self.desk { settings in
      settings.enforcementPercent = 0
      settings.healing.escalateFailures = 1000
    }
    desk.stage.say(Desk.critical)
    #expect(desk.order("replay", Self.args("d2")).deeds == ["REPLAY_RECENT canary"])
  }

  @Test func `of too many the oldest are replayed`() {
    var desk = Self.desk { $0.healing.maxReplays = 2 }
    let said = desk.order("replay", Self.args("d1", "d2", "d3"))
    #expect(said.exceptions == ["d1: at most 2 deliveries are in one replay"])
  }

  @Test func `under dry run nothing goes out, and nothing is remembered of it`() {
    var desk = Self.desk { $0.isDryRun = true }
    let said = desk.order("replay", Self.args("d2"))
    #expect(said.outcome == "accepted")
    #expect(said.actions.first?["dry_run"]?.bool == true)
    #expect(said.actions.first?["would_replay"]?.integer == 1)
    #expect(desk.stage.governor.actions.count == 0)
    #expect(desk.stage.governor.history.ledgerCount == 0)
  }

  @Test func `what is recommended is transient and sure`() {
    var desk = Self.desk()
    var summary = FailureSummary(tenantID: "tenant-b", minute: Stage.start)
    summary.candidates = [
      Self.candidate("a", 1), Self.candidate("b", 2, score: 80), Self.candidate("c", 3, category: .rateLimited),
    ]
    desk.stage.say(.failures(summary))
    let said = desk.order("replay-recommended", "{\"tenant_id\":\"tenant-b\"}", role: "operator")
    #expect(said.reason == "1 deliveries are replayed, one first; 0 are not")
    #expect(said.actions.first?["plan"]?["deliveries"]?.array?.compactMap(\.string) == ["a"])
    #expect(
      desk.order("replay-recommended", "{\"tenant_id\":\"tenant-c\"}").reason
        == "nothing of tenant-c is recommended for a replay")
  }

  // MARK: What is remembered

  @Test func `failures are remembered up to their bounds, in count, tenant and age`() throws {
    var failures = RecentFailures()
    let source = SourceID(SignalSource(topic: "deliveries", partition: 0, offset: 0, index: 0))
    for tenant in 0..<51 {
      for part in 0..<6 {
        var summary = FailureSummary(tenantID: "t\(tenant)", minute: Stage.start)
        summary.candidates = (0..<200).map { Self.candidate("d\(part * 200 + $0)", tenant) }
        failures.fold(summary, from: source)
        #expect(failures.all(of: "t\(tenant)").count == min(RecentFailures.maxPerTenant, (part + 1) * 200))
      }
    }
    #expect(failures.count == RecentFailures.maxFailures)
    #expect(failures.all(of: "t0").isEmpty)
    var state = StateWriter()
    state.write(failures)
    var reader = StateReader(state.bytes)
    let loaded: RecentFailures = try reader.read()
    #expect(loaded.count == failures.count)
    failures.pass(to: Stage.start + 10_000 + RecentFailures.maxAgeMillis)
    #expect(failures.all(of: "t9").isEmpty)
    #expect(failures.all(of: "t10").count == RecentFailures.maxPerTenant)
  }

  // MARK: Silences

  @Test func `an operator silences a tenant, and lifts it`() throws {
    var desk = Self.desk()
    let said = desk.order("silence", "{\"tenant_id\":\"tenant-acme\",\"minutes\":30,\"reason\":\"they move house\"}")
    #expect(said.outcome == "accepted")
    #expect(said.deeds == ["SILENCE_DUPES issued"])
    #expect(said.actions.first?["plan"]?["silence_s"]?.number == 1800)
    #expect(said.actions.first?["plan"]?["message"]?.string == "they move house")
    #expect(
      desk.order("silence", "{\"tenant_id\":\"tenant-acme\",\"minutes\":30,\"reason\":\"r\"}").outcome == "rejected")
    desk.stage.report(said.actions.first, .done)
    try desk.stage.restart()
    let lifted = desk.order("unsilence", "{\"tenant_id\":\"tenant-acme\"}", by: "bob")
    #expect(lifted.deeds == ["SILENCE_DUPES lifted"])
    #expect(lifted.actions.first?["action_id"] == said.actions.first?["action_id"])
    #expect(lifted.audit.first { $0.action == "heal.lifted" }?["operator_id"]?.string == "bob")
    #expect(desk.order("unsilence", "{\"tenant_id\":\"tenant-acme\"}").outcome == "rejected")
  }

  @Test func `a silence ends at its time, whatever becomes of the incident`() {
    var desk = Self.desk()
    desk.stage.say(.anomalous())
    let silenced = desk.order(
      "silence", "{\"tenant_id\":\"tenant-acme\",\"endpoint\":\"\(hooks)\",\"minutes\":10,\"reason\":\"r\"}")
    #expect(silenced.begun == ["SILENCE_DUPES issued"])
    desk.stage.report(silenced.actions.first, .done)
    #expect(!desk.stage.say(.anomalous().with(.normal)).deeds.contains("SILENCE_DUPES lifted"))
    #expect(!desk.stage.pass(590).deeds.contains("SILENCE_DUPES lifted"))
    #expect(desk.stage.pass(10).deeds == ["SILENCE_DUPES lifted"])
  }

  @Test func `the kill switch stops silences too`() {
    var desk = Self.desk()
    desk.order("set-autoheal", "{\"enabled\":false}")
    let said = desk.order("silence", "{\"tenant_id\":\"tenant-acme\",\"minutes\":30,\"reason\":\"r\"}")
    #expect(said.reason == "kill_switch: Healing is off: switched off by alice")
  }
}
