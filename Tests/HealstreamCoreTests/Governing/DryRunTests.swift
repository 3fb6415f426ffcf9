import Testing

@testable import HealstreamCore

struct DryRunTests {
  static func stage(_ configure: (inout GovernorSettings) -> Void = { _ in }) -> Stage {
    Stage { settings in
      settings.isDryRun = true
      configure(&settings)
    }
  }

  static func settled(_ said: [Stage.Said]) -> Stage.Said? { said.actions.first("settled") }

  @Test func `a dry replay is scored as soon as all of its deliveries came through anyway`() throws {
    var stage = DryRunTests.stage()
    let issued = stage.say(DecisionTests.ready).actions.first
    #expect(stage.say(ReplayTests.delivered(["d0", "other"], at: stage.now)).actions.isEmpty)
    try stage.restart()
    let score = try #require(DryRunTests.settled(stage.say(ReplayTests.delivered(["d1", "d2"], at: stage.now))))
    #expect(score["action_id"] == issued?["action_id"])
    #expect(score["dry_run"]?.bool == true)
    #expect(score["delivered_anyway"]?.integer == 3)
    #expect(score["outcome"]?.string == "ineffective")
    #expect(
      score["evidence"]?.string
        == "3 of 3 deliveries that would have been replayed were delivered anyway (100 %)")
    let audit = stage.all.audit.last
    #expect(audit?.action == "heal.settled" && audit?["outcome"]?.string == "dry_run")
    #expect(stage.governor.actions.watchedDeliveries == 0)
  }

  @Test(arguments: [(true, "effective", " although the endpoint recovered"), (false, "inconclusive", "")])
  func `what did not come through in 30 min might have been saved`(
    hasRecovered: Bool, outcome: String, words: String
  ) throws {
    var stage = DryRunTests.stage()
    let raised = LevelStatement.anomalous(raisedAt: Stage.start - 10_000)
    let issued = stage.say(raised.with(candidates: 3).changed { $0.lastSuccessAt = Stage.start - 5000 })
    #expect(issued.deeds == ["REPLAY_RECENT issued"])
    stage.pass(60)
    stage.say(ReplayTests.delivered(["d2"], at: stage.now))
    if hasRecovered { stage.say(.anomalous().with(.normal)) }
    #expect(DryRunTests.settled(stage.pass(1730)) == nil)
    let score = try #require(DryRunTests.settled(stage.pass(20)))
    #expect(score["outcome"]?.string == outcome)
    #expect(
      score["evidence"]?.string
        == "1 of 3 deliveries that would have been replayed were delivered anyway (33 %), 2 were not\(words)")
  }

  @Test func `while a dry replay is watched it is not decided again, and a live one is not held up by it`() throws {
    var stage = DryRunTests.stage()
    stage.say(DecisionTests.ready)
    #expect(stage.pass(300).actions.isEmpty)
    let live = GovernorSettings()
    try stage.restart(live)
    let fresh = DecisionTests.ready.with(candidates: 3, failedBefore: stage.now)
    #expect(stage.say(fresh).deeds == ["REPLAY_RECENT canary"])
    #expect(stage.governor.actions.count == 2)
  }

  @Test func `what dry runs did about an incident does not keep it from being escalated in earnest`() throws {
    var stage = DryRunTests.stage()
    let statement = LevelStatement.anomalous(failures: 60, count: 100)
    let dry = stage.say(statement).actions.first
    #expect(dry?.event == "issued" && dry?["dry_run"]?.bool == true && dry?["payloads"] == .null)
    #expect(stage.pass(3600).actions.isEmpty)
    try stage.restart(GovernorSettings())
    let live = stage.say(statement).actions.first
    #expect(live?.event == "issued" && live?["dry_run"]?.bool == false)
    #expect(live?["action_id"] != dry?["action_id"])
    #expect(Set(stage.say(statement.with(.normal)).deeds) == ["ESCALATE_OPERATOR lifted"])
    #expect(stage.governor.actions.count == 0)
  }

  @Test func `dry deferrals end in a dry escalation, and count against nothing`() {
    var stage = DryRunTests.stage()
    stage.say(.anomalous(failures: 3))
    stage.pass(600)
    #expect(stage.all.deeds.count { $0 == "DEFER_AND_MONITOR issued" } == 3)
    #expect(stage.all.deeds.last == "ESCALATE_OPERATOR issued")
    let subject = HealSubject(tenantID: "tenant-acme", endpoint: hooks)
    #expect(stage.governor.history.streak(of: subject, at: stage.now) == 0)
    #expect(stage.governor.history.keyCount == 0)
    #expect(stage.governor.incidents.openKeys.allSatisfy { stage.governor.incidents[$0]?.deferrals == 0 })
  }

  @Test func `of more deliveries than there is room for dry runs are not scored`() throws {
    var stage = DryRunTests.stage { $0.healing.maxWatchedDeliveries = 4 }
    stage.say(DecisionTests.ready)
    stage.say(DecisionTests.ready.changed { $0.endpoint = "https://b/" }.with(candidates: 2, prefix: "b"))
    #expect(stage.governor.actions.watchedDeliveries == 3)
    try stage.restart()
    let over = stage.pass(1800).actions
    #expect(over.deeds.filter { $0.hasPrefix("REPLAY") } == ["REPLAY_RECENT settled", "REPLAY_RECENT expired"])
  }

  @Test func `a dry replay outlives its incident, everything else ends with it`() throws {
    var stage = DryRunTests.stage()
    stage.say(DecisionTests.ready)
    stage.say(.anomalous("https://b/", failures: 3))
    #expect(stage.say(DecisionTests.ready.with(.normal)).actions.isEmpty)
    #expect(stage.say(.anomalous("https://b/").with(.normal)).deeds == ["DEFER_AND_MONITOR cancelled"])
    #expect(stage.pass(1800).deeds == ["REPLAY_RECENT settled"])
  }
}
