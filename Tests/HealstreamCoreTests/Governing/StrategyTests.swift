import Testing

@testable import HealstreamCore

struct StrategyTests {
  @Test func `the table is in the order of priority and complete`() {
    #expect(StrategyTable.all.map(\.kind) == Strategy.allCases)
    #expect(StrategyTable.all.map(\.baseProbability) == [0.90, 0.75, 0.75, 0.75, 0.60])
  }

  struct Choice: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let statement: LevelStatement
    let expected: Strategy
    init(_ name: String, _ statement: LevelStatement, _ expected: Strategy) {
      testDescription = name
      self.statement = statement
      self.expected = expected
    }
  }

  static let choices = [
    Choice("50 failures", .anomalous(failures: 50, count: 100), .deferAndMonitor),
    Choice("51 failures", .anomalous(failures: 51, count: 100), .escalateOperator),
    Choice(
      "permanent ratio 0.8", .anomalous(failures: 10) { $0.triage = mixed(.permanent4xx, 8, of: 10) }, .deferAndMonitor),
    Choice(
      "permanent ratio 0.9", .anomalous(failures: 10) { $0.triage = mixed(.permanent4xx, 9, of: 10) }, .escalateOperator
    ),
    Choice("25 candidates", .anomalous().with(candidates: 25), .replayRecent),
    Choice("26 candidates", .anomalous().with(candidates: 26), .deferAndMonitor),
    Choice("no candidate", .anomalous(), .deferAndMonitor),
    Choice(
      "transient ratio 0.7",
      .anomalous(failures: 10) { $0.triage = mixed(.transientEndpointDown, 7, of: 10) }.with(candidates: 5),
      .deferAndMonitor),
    Choice(
      "transient ratio 0.8",
      .anomalous(failures: 10) { $0.triage = mixed(.transientEndpointDown, 8, of: 10) }.with(candidates: 5),
      .replayRecent),
    Choice("signature share 0.9", .anomalous { $0.signatureShare = 0.9 }, .deferAndMonitor),
    Choice("signature share 0.91", .anomalous { $0.signatureShare = 0.91 }, .silenceDupes),
    Choice("4 like errors", .anomalous(failures: 4) { $0.signatureShare = 1 }, .deferAndMonitor),
    Choice(
      "a spike without failures", .anomalous(failures: 0, count: 900) { $0.conditions = [.trafficSpike] },
      .deferAndMonitor),
    Choice(
      "a spike with most failures", .anomalous(failures: 50, count: 900) { $0.conditions = [.trafficSpike] },
      .deferAndMonitor),
    Choice(
      "a replay goes before a silence", .anomalous { $0.signatureShare = 1 }.with(candidates: 3), .replayRecent),
    Choice(
      "an escalation goes before a replay", .anomalous(failures: 60, count: 100).with(candidates: 3), .escalateOperator),
  ]

  @Test(arguments: choices)
  func `the first strategy that fits is chosen`(choice: Choice) {
    var stage = Stage()
    stage.pass(10)  // 100 failures in all
    let said = stage.say(choice.statement)
    #expect((said.actions + said.refusals).first?.strategy == choice.expected.rawValue)
  }

  @Test func `a flooding tenant with more than half of all failures is held to half its rate, then let go`() throws {
    var stage = Stage()
    stage.progress.recentFailures = 60
    stage.pass(10)
    let flood = LevelStatement.anomalous(failures: 31, count: 100) { $0.conditions = [.trafficSpike, .failureStreak] }
    let issued = try #require(stage.say(flood).actions.first)
    #expect(issued.strategy == "RATE_LIMIT_SOURCE")
    #expect(issued["endpoint"] == .null)
    #expect(issued["plan"]?["factor"]?.number == 0.5)
    #expect(issued["plan"]?["duration_s"]?.integer == 1800)
    #expect(stage.report(issued, .done).actions.first?["outcome"]?.string == "effective")
    let rest = stage.pass(1790).actions.filter { $0.strategy == "RATE_LIMIT_SOURCE" }
    #expect(rest.isEmpty)
    let lifted = stage.pass(20).actions.first { $0.strategy == "RATE_LIMIT_SOURCE" }
    #expect(lifted?.event == "lifted")
    #expect(lifted?["action_id"] == issued["action_id"])
  }

  @Test func `a throttle is lifted when its incident is over`() {
    var stage = Stage()
    stage.progress.recentFailures = 40
    stage.pass(10)
    let flood = LevelStatement.anomalous(failures: 31, count: 100) { $0.conditions = [.trafficSpike, .failureStreak] }
    stage.say(flood)
    stage.pass(60)
    #expect(stage.say(flood.with(.normal)).actions.deeds == ["RATE_LIMIT_SOURCE lifted"])
  }

  @Test func `a silence that its executor refused is never in force`() {
    var stage = Stage()
    let statement = LevelStatement.anomalous { $0.signatureShare = 1 }
    let issued = stage.say(statement).actions.first
    #expect(issued?["plan"]?["silence_s"]?.integer == 900)
    #expect(stage.report(issued, .refused).deeds == ["SILENCE_DUPES settled"])
    #expect(!stage.pass(1200).deeds.contains("SILENCE_DUPES lifted"))
    #expect(stage.report(issued, .done).isEmpty)
  }

  @Test func `a throttle or silence without a word from its executor is inconclusive after 5 minutes`() {
    var stage = Stage()
    stage.say(.anomalous { $0.signatureShare = 1 })
    #expect(!stage.pass(290).deeds.contains("SILENCE_DUPES settled"))
    let settled = stage.pass(10).actions.first("settled")
    #expect(settled?["outcome"]?.string == "inconclusive")
  }

  @Test func `three deferrals, each looked at again after 2 minutes, and the fourth escalates`() throws {
    var stage = Stage()
    let statement = LevelStatement.anomalous(failures: 3)
    let first = try #require(stage.say(statement).actions.first)
    #expect(first["plan"]?["recheck_s"]?.integer == 120)
    #expect(first["plan"]?["priority"]?.string == "low")
    stage.pass(900)
    let deferrals = stage.all.actions.filter { $0.strategy == "DEFER_AND_MONITOR" && $0.event == "issued" }
    #expect(deferrals.count == 3)
    #expect(deferrals.last?["plan"]?["priority"]?.string == "warning")
    let escalations = stage.all.actions.filter { $0.strategy == "ESCALATE_OPERATOR" }
    #expect(escalations.count == 1)
    #expect(escalations.first?["plan"]?["priority"]?.string == "high")
    #expect(stage.all.audit.contains { $0["reason"]?.string == "deferred 3 times" })
  }

  @Test func `an incident escalates once, and the page is withdrawn when it is over`() {
    var stage = Stage()
    let statement = LevelStatement.anomalous(failures: 60, count: 100)
    let issued = stage.say(statement).actions.first
    #expect(issued?.strategy == "ESCALATE_OPERATOR")
    stage.pass(600)
    stage.report(issued, .done)
    #expect(stage.all.deeds == ["ESCALATE_OPERATOR issued", "ESCALATE_OPERATOR settled"])
    let over = stage.say(statement.with(.normal)).actions.first { $0.event == "lifted" }
    #expect(over?["plan"]?["dedup_key"] == issued?["plan"]?["dedup_key"])
    #expect(over?["outcome"]?.string == "effective")
    stage.pass(60)
    #expect(stage.say(statement).deeds == ["ESCALATE_OPERATOR issued"])
  }

  @Test func `more than five failed heals and deferrals in a row escalate, across incidents`() {
    var stage = Stage { $0.incidents.reopenMillis = 0 }
    var escalated: [Int] = []
    for round in 0..<7 {
      let said = stage.say(.anomalous(failures: 3, raisedAt: stage.now))
      if said.deeds.contains("ESCALATE_OPERATOR issued") { escalated.append(round) }
      stage.say(.anomalous(failures: 3).with(.normal))
      stage.pass(60)
    }
    #expect(escalated == [6])
  }

  @Test func `the tenth silence is the last, then it escalates`() {
    var stage = Stage { settings in
      settings.healing.failedHealsToBlock = 1000
      settings.healing.escalateStreak = 1000
      settings.healing.maxCooldownMillis = settings.healing.cooldownMillis
    }
    stage.say(.anomalous { $0.signatureShare = 1 })
    stage.pass(11 * 15 * 60)
    #expect(stage.all.actions.count { $0.strategy == "SILENCE_DUPES" && $0.event == "issued" } == 10)
    #expect(stage.all.audit.contains { $0["reason"]?.string == "the same error was silenced 10 times" })
  }
}

func mixed(_ category: HealstreamCore.Category, _ count: Int, of total: Int) -> TriageDistribution {
  var triage = TriageDistribution()
  triage[category] = count
  triage[.unknown] = total - count
  return triage
}
