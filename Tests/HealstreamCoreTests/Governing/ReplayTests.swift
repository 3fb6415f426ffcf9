import Testing

@testable import HealstreamCore

struct ReplayTests {
  /// Time line, in seconds: the endpoint fails at 0, a live delivery succeeds at 20, the canary goes out then.
  static func recovered(_ statement: LevelStatement = .anomalous().with(candidates: 9)) -> LevelStatement {
    statement.with(.recovering).changed { $0.lastSuccessAt = Stage.start + 20_000 }
  }

  static func stageAtCanary(_ configure: (inout GovernorSettings) -> Void = { _ in }) -> (Stage, Stage.Said?) {
    var stage = Stage(configure)
    stage.say(.anomalous().with(candidates: 9))
    stage.pass(20)
    let canary = stage.say(recovered()).actions.first("canary")
    return (stage, canary)
  }

  @Test func `nothing is replayed while the endpoint is down and its back-off runs`() {
    var stage = Stage()
    let said = stage.say(.anomalous().with(candidates: 9))
    #expect(said.actions.isEmpty)
    #expect(said.reasons == ["No live delivery has succeeded again, back-off ends in 1.5m"])
  }

  @Test func `the canary goes out when a live delivery has succeeded`() throws {
    let canary = try #require(ReplayTests.stageAtCanary().1)
    #expect(canary["plan"]?["deliveries"]?.array == [.string("d0")])
    #expect(canary["plan"]?["step"]?.integer == 1)
    #expect(canary["replayed"]?.integer == 1)
    #expect(canary["probability"]?.number == 0.625)
    #expect(canary["expires_at"]?.timestamp == Stage.start + 140_000)
  }

  /// Two deliveries a minute: three gaps are 90 s, longer than the back-off of 60 s.
  @Test func `where nothing live comes any more, the canary asks in its place after back-off and three gaps`() {
    var stage = Stage()
    let statement = LevelStatement.anomalous().with(candidates: 9)
    stage.say(statement)
    #expect(stage.pass(85).actions.isEmpty)
    #expect(stage.say(statement).actions.isEmpty)
    #expect(stage.pass(5).actions.isEmpty, "what is not stated is not proven")
    #expect(stage.say(statement).deeds == ["REPLAY_RECENT canary"])
  }

  @Test func `while live deliveries fail there is no canary, however long it takes`() {
    var stage = Stage()
    stage.say(.anomalous().with(candidates: 9))
    for _ in 0..<20 {
      stage.pass(120)
      let now = stage.now
      let failing = LevelStatement.anomalous().with(candidates: 9, failedBefore: now).changed { $0.lastEventAt = now }
      #expect(!stage.say(failing).deeds.contains("REPLAY_RECENT canary"))
    }
  }

  @Test func `a success that a failure has followed is no recovery`() {
    var stage = Stage()
    stage.say(.anomalous().with(candidates: 9))
    stage.pass(20)
    #expect(stage.say(ReplayTests.recovered().changed { $0.lastEventAt = Stage.start + 20_001 }).actions.isEmpty)
    #expect(
      stage.say(ReplayTests.recovered().changed { $0.lastEventAt = Stage.start + 20_000 }).deeds
        == ["REPLAY_RECENT canary"])
  }

  @Test func `one action goes in steps of 1, 3 and what the budget allows, and settles as effective`() throws {
    var (stage, step) = ReplayTests.stageAtCanary()
    let id = step?["action_id"]
    step = stage.report(step, succeeded: true).actions.first
    #expect(step?.event == "issued")
    #expect(step?["plan"]?["step"]?.integer == 2)
    #expect(step?["plan"]?["deliveries"]?.array?.compactMap(\.string) == ["d1", "d2", "d3"])
    let third = stage.report(step, succeeded: true).actions.first
    #expect(third?["plan"]?["deliveries"]?.array?.compactMap(\.string) == ["d4"])  // five a minute
    stage.report(third, succeeded: true)
    stage.say(ReplayTests.recovered())
    let fourth = try #require(stage.pass(90).actions.first)
    #expect(fourth["plan"]?["deliveries"]?.array?.compactMap(\.string) == ["d5", "d6", "d7", "d8"])
    let settled = try #require(stage.report(fourth, succeeded: true).actions.first)
    #expect(settled.event == "settled")
    #expect(settled["outcome"]?.string == "effective")
    #expect(settled["replayed"]?.integer == 9)
    #expect(settled["succeeded"]?.integer == 9)
    #expect(stage.all.actions.allSatisfy { $0["action_id"] == id && $0["plan_hash"] == step?["plan_hash"] })
    #expect(stage.all.actions.count == 5)
  }

  @Test func `a canary that fails again settles as ineffective and nothing follows`() {
    var (stage, canary) = ReplayTests.stageAtCanary()
    let said = stage.report(canary, succeeded: false)
    #expect(said.deeds == ["REPLAY_RECENT settled"])
    #expect(said.actions.first?["outcome"]?.string == "ineffective")
    #expect(said.actions.first?["failed"]?.integer == 1)
    canary = stage.pass(60).actions.first
    #expect(canary == nil)
  }

  @Test(arguments: [(1, "issued"), (2, "settled")])
  func `a step goes on only where 80 percent of it were delivered`(failing: Int, event: String) {
    var (stage, canary) = ReplayTests.stageAtCanary { settings in
      settings.healing.replaySteps = [5, 3]
      settings.healing.replayBudgetMinPerMinute = 100
      settings.healing.replayStepConfidence = 0.5
    }
    stage.report(canary, succeeded: false, only: failing)
    let rest = canary?["plan"]?["deliveries"]?.array?.dropFirst(failing).compactMap(\.string) ?? []
    for delivery in rest { stage.report(delivery, of: canary, succeeded: true) }
    canary = stage.all.actions.last
    #expect(canary?.event == event)
  }

  @Test(arguments: [(-1, true), (1, false)])
  func `no step goes out where a live delivery has failed since the one before`(second: Int64, goesOn: Bool) {
    let (begun, canary) = ReplayTests.stageAtCanary()
    var stage = begun
    stage.pass(5)
    let failedAt = Stage.start + 20_000 + second * 1000
    stage.say(ReplayTests.recovered().changed { $0.lastEventAt = failedAt })
    stage.say(
      ReplayTests.recovered().changed { statement in
        statement.lastSuccessAt = failedAt + 2000
        statement.lastEventAt = failedAt + 2000
      })
    let said = stage.report(canary, succeeded: true)
    #expect(said.deeds == (goesOn ? ["REPLAY_RECENT issued"] : []))
    #expect(said.reasons == (goesOn ? [] : ["A live delivery has failed since the step before"]))
  }

  @Test func `the steps after the canary need a confidence of 0_7`() {
    var (stage, canary) = ReplayTests.stageAtCanary { $0.healing.replayStepConfidence = 0.71 }
    let said = stage.report(canary, succeeded: true)
    #expect(said.actions.isEmpty)
    #expect(said.reasons == ["Confidence too low (0.71 < 0.71)"])
    #expect(stage.pass(60).refusals.isEmpty)
    canary = stage.pass(240).actions.first
    #expect(canary?.event == "settled")
    #expect(canary?["outcome"]?.string == "effective")
  }

  @Test func `without a sample in 5 minutes a replay is inconclusive`() {
    var (stage, _) = ReplayTests.stageAtCanary()
    #expect(!stage.pass(290).deeds.contains("REPLAY_RECENT settled"))
    #expect(stage.pass(10).actions.first("settled")?["outcome"]?.string == "inconclusive")
  }

  @Test func `an id is never replayed twice, but 28 hours later`() {
    var (stage, canary) = ReplayTests.stageAtCanary { $0.incidents.heartbeatMillis = .max }
    stage.report(canary, succeeded: false)
    stage.pass(700)
    let again = LevelStatement.anomalous().with(candidates: 9, failedBefore: stage.now)
    let said = stage.say(ReplayTests.recovered(again))
    #expect(said.actions.first?["plan"]?["deliveries"]?.array?.compactMap(\.string) == ["d1"])
    stage.report(said.actions.first, succeeded: false)
    stage.skip(28 * 3600)
    stage.pass(60)
    let later = LevelStatement.anomalous().with(candidates: 1, failedBefore: stage.now)
    canary = stage.say(ReplayTests.recovered(later)).actions.first("canary")
    #expect(canary?["plan"]?["deliveries"]?.array?.compactMap(\.string) == ["d0"])
  }

  /// Time line, in hours: canaries fail at 0, 1 and 2; none is sent at 3; the last failure is four hours old at 6.1.
  @Test func `three failed canaries keep an endpoint out for four hours, and no longer`() {
    var stage = Stage()
    func recover(_ outage: Int) -> Stage.Said? {
      let failing = LevelStatement.anomalous(raisedAt: stage.now).with(
        candidates: 3, failedBefore: stage.now, prefix: "outage-\(outage)-")
      stage.say(failing)
      stage.pass(20)
      let now = stage.now
      let recovering = failing.with(.recovering).changed { statement in
        statement.lastSuccessAt = now
        statement.lastEventAt = now
      }
      return stage.say(recovering).actions.first("canary")
    }
    for outage in 0..<3 {
      let canary = recover(outage)
      #expect(canary != nil)
      stage.report(canary, succeeded: false)
      stage.pass(3_600)
    }
    #expect(recover(3) == nil)
    stage.pass(11_160)
    let canary = recover(4)
    #expect(canary?["probability"]?.number == 0.625)
    #expect(stage.report(canary, succeeded: true).first("issued")?["plan"]?["step"]?.integer == 2)
  }

  @Test func `where every candidate was replayed before, the ledger refuses`() {
    var stage = Stage { $0.healing.cooldownMillis = 0 }
    stage.pass(20)
    let one = ReplayTests.recovered(.anomalous().with(candidates: 1))
    stage.say(.anomalous())
    let canary = stage.say(one).actions.first("canary")
    stage.report(canary, succeeded: true)
    #expect(stage.say(one).reasons == ["All candidates were replayed before"])
  }

  @Test func `nothing is replayed that was delivered meanwhile`() {
    var (stage, canary) = ReplayTests.stageAtCanary()
    var summary = FailureSummary(tenantID: "tenant-acme", minute: stage.now)
    summary.delivered = ["d1", "d2"]
    stage.say(.failures(summary))
    let fewer = ReplayTests.recovered().changed { statement in
      statement.candidates.removeAll { $0.deliveryID == "d3" }
      statement.candidateCount = statement.candidates.count
    }
    stage.say(fewer)
    canary = stage.report(canary, succeeded: true).actions.first
    #expect(canary?["plan"]?["deliveries"]?.array?.compactMap(\.string) == ["d4", "d5", "d6"])
  }

  @Test(arguments: [(600, 2), (601, 1)])
  func `only what failed within 10 minutes is replayed, oldest first`(age: Int, count: Int) {
    var stage = Stage()
    stage.pass(700)
    var statement = LevelStatement.anomalous().with(candidates: 1, failedBefore: stage.now - 1000)
    statement.candidates.append(
      LevelStatement.Candidate(
        deliveryID: "old", endpoint: hooks, failedAt: stage.now - Int64(age) * 1000, category: .transientEndpointDown,
        score: 90))
    statement.candidateCount = 2
    let canary = stage.say(statement).actions.first("canary")
    #expect(canary?["plan"]?["deliveries"]?.array == [.string(count == 2 ? "old" : "d0")])
  }

  @Test(arguments: [(599, false), (601, true)])
  func `those that a statement has no room for count unless they must be too old`(oldest: Int, isChosen: Bool) {
    var stage = Stage()
    stage.pass(700)
    var statement = LevelStatement.anomalous().with(candidates: 2, failedBefore: stage.now)
    statement.candidates[0].failedAt = stage.now - Int64(oldest) * 1000
    statement.candidateCount = 500
    #expect(stage.say(statement).deeds.contains("REPLAY_RECENT canary") == isChosen)
  }

  @Test func `only verdicts that a retry can mend are replayed, and not before their time`() {
    var stage = Stage()
    stage.pass(100)
    var statement = LevelStatement.anomalous().with(candidates: 4, failedBefore: stage.now)
    statement.candidates[0].category = .permanent4xx
    statement.candidates[1].category = .unknown
    statement.candidates[2].notBefore = stage.now + 1
    statement.candidates[3].category = .rateLimited
    statement.candidates[3].notBefore = stage.now
    let canary = stage.say(statement).actions.first("canary")
    #expect(canary?["plan"]?["deliveries"]?.array == [.string("d3")])
  }

  /// Retries after 60 s, and after 10 min; a tenth later at most, with 30 s until their outcomes are known.
  @Test(arguments: [
    (1, false, 95, false), (1, false, 97, true), (2, false, 97, false), (3, false, 1, true), (2, true, 1, true),
  ])
  func `what its sender will try again by itself is not replayed`(
    attempt: Int32, isLast: Bool, age: Int, isReplayed: Bool
  ) {
    var stage = Stage { settings in
      settings.healing.sender.retryDelaysMillis = [60_000, 600_000]
      settings.healing.sender.jitter = 0.1
      settings.healing.sender.graceMillis = 30_000
    }
    stage.pass(100)
    var statement = LevelStatement.anomalous().with(candidates: 1, failedBefore: stage.now - Int64(age) * 1000)
    statement.candidates[0].attempt = attempt
    statement.candidates[0].isLast = isLast
    let said = stage.say(statement.changed { $0.lastSuccessAt = stage.now })
    #expect(said.deeds == [isReplayed ? "REPLAY_RECENT canary" : "DEFER_AND_MONITOR issued"])
    guard !isReplayed else { return }
    #expect(
      said.audit.contains {
        $0["reason"]?.string == "the sender will try 1 of the failed deliveries again by itself"
      })
  }

  @Test func `a delivery that its sender takes up again leaves the replay`() {
    var (stage, canary) = ReplayTests.stageAtCanary { $0.healing.sender.retryDelaysMillis = [] }
    var settings = stage.governor.settings
    settings.healing.sender.retryDelaysMillis = [1, 600_000]
    #expect(throws: Never.self) { try stage.restart(settings) }
    let more = ReplayTests.recovered().changed { statement in
      for index in statement.candidates.indices { statement.candidates[index].isLast = true }
      statement.candidates[1].isLast = false
      statement.candidates[1].attempt = 2
    }
    stage.say(more)
    canary = stage.report(canary, succeeded: true).actions.first
    #expect(canary?["plan"]?["deliveries"]?.array?.compactMap(\.string) == ["d2", "d3", "d4"])
  }

  @Test func `the cooldown doubles with each failed heal and three block the strategy and escalate`() {
    var stage = Stage { settings in
      settings.incidents.updateMillis = .max
      settings.healing.deferMillis = 1
      settings.healing.escalationRepeatMillis = 0
    }
    var canaries: [Int] = []
    for second in stride(from: 0, through: 4800, by: 30) {
      let candidates = LevelStatement.anomalous().with(candidates: 3, failedBefore: stage.now, prefix: "at\(second)-")
      let said = stage.say(candidates.changed { $0.lastSuccessAt = stage.now + 1 }) + stage.pass(30)
      guard let canary = said.actions.first("canary") else { continue }
      stage.report(canary, succeeded: false)
      canaries.append(Int((canary["decided_at"]?.timestamp ?? Stage.start) - Stage.start) / 60_000)
    }
    #expect(canaries == [0, 10, 30])
    #expect(stage.all.reasons.contains("Cooldown active (0.5m < 10m)"))
    #expect(stage.all.deeds.count { $0 == "ESCALATE_OPERATOR issued" } == 1)
    let blocked = stage.all.refusals.last?["meta"]?["trace"]?.array?.first {
      $0["guardrail"]?.string == "strategy_blocked"
    }
    #expect(blocked?["verdict"]?.string == "refuse")
  }

  @Test func `a replay goes on when its incident recovers, and stops when a wider one supersedes it`() {
    var (stage, canary) = ReplayTests.stageAtCanary()
    stage.say(ReplayTests.recovered().with(.normal))
    #expect(stage.report(canary, succeeded: true).deeds == ["REPLAY_RECENT issued"])
    (stage, canary) = ReplayTests.stageAtCanary()
    stage.say(.anomalous(nil, scope: .tenant, failures: 20))
    #expect(stage.report(canary, succeeded: true).deeds == ["REPLAY_RECENT settled"])
  }

  // MARK: Overtaken by the sender's own retry

  static func delivered(_ ids: [String], at: Timestamp) -> Signal.Statement {
    var summary = FailureSummary(tenantID: "tenant-acme", minute: at)
    summary.delivered = ids
    return .failures(summary)
  }

  @Test func `a canary that the executor need not send is withdrawn, and counts for nothing`() throws {
    var (stage, canary) = ReplayTests.stageAtCanary()
    let said = stage.say(
      .actionOutcome(
        ActionOutcome(actionID: canary?["action_id"]?.string ?? "", outcome: .refused, detail: "it has arrived")))
    #expect(said.deeds == ["REPLAY_RECENT cancelled"])
    let over = try #require(said.actions.first)
    #expect(over["outcome"] == .null)
    #expect(over["withdrawn"]?.integer == 1)
    #expect(
      over["evidence"]?.string
        == "1 needed no replay any more, 8 were not sent; the executor says refused: it has arrived")
    let subject = HealSubject(tenantID: "tenant-acme", endpoint: hooks)
    #expect(stage.governor.history.cooldown(of: .replayRecent, for: subject, at: stage.now)?.lengthMillis == 300_000)
    #expect(stage.governor.history.failedHeals(of: .replayRecent, for: subject, at: stage.now) == 0)
    #expect(stage.governor.history.streak(of: subject, at: stage.now) == 0)
    canary = stage.pass(60).actions.first
    #expect(canary == nil)
  }

  @Test func `where the sender's retry delivered the canary the replay goes on, and is judged by the rest`() throws {
    var (stage, step) = ReplayTests.stageAtCanary()
    step = stage.say(ReplayTests.delivered(["d0"], at: stage.now)).actions.first
    #expect(step?["plan"]?["deliveries"]?.array?.compactMap(\.string) == ["d1"])  // a canary again
    #expect(step?["plan"]?["step"]?.integer == 2)
    step = stage.report(step, succeeded: true).actions.first
    #expect(step?["plan"]?["deliveries"]?.array?.compactMap(\.string) == ["d2", "d3", "d4"])
    stage.say(ReplayTests.delivered(["d2", "d5", "d6", "d7", "d8"], at: stage.now))
    stage.report("d3", of: step, succeeded: false)
    let settled = try #require(stage.report("d4", of: step, succeeded: false).actions.first)
    #expect(settled.event == "settled")
    #expect(settled["outcome"]?.string == "ineffective")
    #expect(settled["withdrawn"]?.integer == 2)
    #expect(
      settled["evidence"]?.string
        == "1 of 3 replayed deliveries were delivered (33 % < 80 %), 2 failed again, 2 needed no replay any more")
  }

  @Test func `a step that the executor could not send is a failed heal, one that came too late proves nothing`() {
    for (outcome, expected) in [(ActionOutcome.Outcome.failed, "ineffective"), (.expired, "inconclusive")] {
      var (stage, canary) = ReplayTests.stageAtCanary()
      canary = stage.report(canary, outcome).actions.first
      #expect(canary?["outcome"]?.string == expected)
      let subject = HealSubject(tenantID: "tenant-acme", endpoint: hooks)
      #expect(stage.governor.history.failedHeals(of: .replayRecent, for: subject, at: stage.now) == 1)
    }
  }

  @Test func `what was delivered after its statement is not planned`() throws {
    var stage = Stage()
    let later = LevelStatement.anomalous().with(candidates: 2).changed { statement in
      statement.lastSuccessAt = Stage.start + 1
      for index in statement.candidates.indices { statement.candidates[index].notBefore = Stage.start + 50_000 }
    }
    stage.say(later)
    try stage.restart()
    stage.say(ReplayTests.delivered(["d0"], at: stage.now))
    try stage.restart()
    let canary = stage.pass(60).actions.first("canary")
    #expect(canary?["plan"]?["deliveries"]?.array?.compactMap(\.string) == ["d1"])
    #expect(canary?["trace"]?.array?.contains { $0["value"]?.string == "1 new" } == true)
  }

  @Test func `the ledger and a replay under way outlive a restart`() throws {
    var (stage, step) = ReplayTests.stageAtCanary()
    try stage.restart()
    stage.say(ReplayTests.delivered(["d1"], at: stage.now))
    try stage.restart()
    step = stage.report(step, succeeded: true).actions.first
    #expect(step?["plan"]?["deliveries"]?.array?.compactMap(\.string) == ["d2", "d3", "d4"])
    try stage.restart()
    #expect(stage.governor.history.wasReplayed("d0", of: "tenant-acme"))
    #expect(stage.governor.history.ledgerCount == 4)
  }

  /// Two endpoints' replays of one tenant's incident, ten percent of whose rate would be 100 a minute.
  @Test func `of a tenant's rate an endpoint gets no share`() {
    var stage = Stage { $0.healing.requireApprovalForCritical = false }
    stage.pass(20)
    let statement = LevelStatement.anomalous(nil, scope: .tenant).with(candidates: 20, failedBefore: stage.now)
    var step = stage.say(
      statement.changed {
        $0.liveRatePerMinute = 1000
        $0.lastSuccessAt = stage.now
      }
    ).actions.first
    var sent = 0
    while let now = step, now.event != "settled" {
      sent += now["plan"]?["deliveries"]?.array?.count ?? 0
      step = stage.report(now, succeeded: true).actions.first
    }
    #expect(sent == 5)
  }

  @Test func `the plan says until when an endpoint had asked to wait`() {
    var stage = Stage()
    stage.pass(100)
    var statement = LevelStatement.anomalous().with(candidates: 3, failedBefore: stage.now)
    statement.candidates[1].category = .rateLimited
    statement.candidates[1].notBefore = stage.now - 1000
    let canary = stage.say(statement.changed { $0.lastSuccessAt = stage.now }).actions.first("canary")
    #expect(canary?["plan"]?["not_before"]?.timestamp == stage.now - 1000)
  }

  @Test func `a step waits while dry run is on`() throws {
    var (stage, canary) = ReplayTests.stageAtCanary()
    var settings = GovernorSettings()
    settings.isDryRun = true
    #expect(try stage.restart(settings).contains { $0.topic == .control && $0["dry_run"]?.bool == true })
    let said = stage.report(canary, succeeded: true)
    #expect(said.actions.isEmpty)
    #expect(said.reasons == ["Dry run is on"])
  }

  @Test func `an outcome that nothing waits for is counted`() {
    var (stage, canary) = ReplayTests.stageAtCanary()
    stage.report(canary, succeeded: false)
    stage.report(canary, succeeded: true)
    #expect(stage.governor.counters.unmatchedOutcomes == 1)
  }
}
