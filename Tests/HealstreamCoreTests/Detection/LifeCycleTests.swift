import Testing

@testable import HealstreamCore

@Suite struct LifeCycleTests {
  /// Two hours of successes each 20 s, then an outage up to second 7500.
  static func outage(_ settings: DetectorSettings = DetectorSettings()) -> FleetRun {
    var run = FleetRun(settings)
    for second in stride(from: 0.0, to: 7200, by: 20) { run.deliver(.delivered, at: second) }
    for second in stride(from: 7200.0, to: 7500, by: 20) { run.deliver(.failed, at: second) }
    return run
  }

  // 7500: successes again each 20 s. Half of the limit after some ten, over five minutes later.
  @Test func `an alarm is over after level and evidence have held for five minutes`() throws {
    var run = Self.outage()
    for second in stride(from: 7500.0, to: 9000, by: 20) { run.deliver(.delivered, at: second) }
    let order = run.levels.map(\.level)
    #expect(order.first == .anomalous && order.last == .normal)
    let recovering = try #require(run.statements.first { $0.statement.level == .recovering })
    let normal = try #require(run.statements.first { $0.statement.level == .normal })
    #expect(normal.at - recovering.at >= 270_000)
    #expect(normal.statement.levelStatement?.successes ?? 0 >= 5)
    #expect(run.fleet.alarms.count == 0)
  }

  @Test func `retries and replays that succeed are evidence, but no level`() throws {
    var run = Self.outage()
    for second in 0..<20 { run.deliver(.delivered, at: 7500 + Double(second), replayOf: "x\(second)", action: "a1") }
    for minute in 1..<50 { run.pass(to: 7500 + Double(minute) * 60) }
    #expect(run.levels.last?.level == .anomalous)
    #expect(run.levels.last?.successes == 20)
    #expect(!run.levels.contains { $0.level == .normal })
  }

  // 7500: twenty successes, which the level is content with; ten minutes later: forty more.
  @Test func `an alarm is not over before the successes asked for have come`() {
    var settings = DetectorSettings()
    settings.minRecoverySuccesses = 50
    var run = Self.outage(settings)
    for second in 0..<20 { run.deliver(.delivered, at: 7500 + Double(second)) }
    for minute in 1..<15 { run.pass(to: 7520 + Double(minute) * 60) }
    #expect(run.levels.last?.level == .recovering)
    for delivery in 0..<40 { run.deliver(.delivered, at: 8400 + Double(delivery) * 20) }
    #expect(run.levels.last?.level == .normal)
  }

  // The last event at 7480; silent from 7480 + 1 h, vanished from 7480 + 24 h.
  @Test func `silence is never recovery`() {
    var run = Self.outage()
    for minute in 1..<1600 { run.pass(to: 7500 + Double(minute) * 60) }
    let order = run.levels.map(\.level)
    #expect(!order.contains(.normal) && !order.contains(.recovering))
    #expect(order.last == .vanished)
    let silent = run.statements.first { $0.statement.level == .silent }
    #expect((silent?.at ?? Traffic.start) - Traffic.start == 7500_000 + 60 * 60_000)
    #expect(run.fleet.alarms.count == 0)
  }

  @Test func `a year of silence ends it as well as a day does`() {
    var run = Self.outage()
    run.pass(to: 7500 + 366 * 86_400)
    #expect(run.levels.last?.level == .vanished)
    run.deliver(.failed, at: 7600 + 366 * 86_400)
    #expect(run.levels.last?.level == .vanished, "one failure after it raises nothing")
  }

  @Test func `an alarm is stated each half minute while something happens, and each five minutes while nothing does`() {
    var run = Self.outage()
    let before = run.levels.count
    for second in stride(from: 7500.0, to: 7800, by: 10) { run.deliver(.failed, at: second) }
    #expect((9...11).contains(run.levels.count - before))
    let busy = run.levels.count
    for second in stride(from: 7810.0, to: 7810 + 1800, by: 10) { run.pass(to: second) }
    #expect((6...7).contains(run.levels.count - busy))
  }

  // 3 min of failures, 3 min of successes, and so on
  @Test func `three minutes on and three off are at least four changes in a quarter of an hour`() {
    var run = FleetRun()
    for second in stride(from: 0.0, to: 7200, by: 3) { run.deliver(.delivered, at: second) }
    for second in stride(from: 7200.0, to: 9000, by: 3) {
      run.deliver(Int(second - 7200) / 180 % 2 == 0 ? .failed : .delivered, at: second)
    }
    #expect(run.levels.map(\.levelChanges).max() ?? 0 >= 4)
    #expect(run.raised.count == 1)
  }

  @Test func `a steady partial outage does not flap`() {
    var run = FleetRun()
    var random = SeededGenerator(seed: 11)
    for second in stride(from: 0.0, to: 7200, by: 3) { run.deliver(.delivered, at: second) }
    for second in stride(from: 7200.0, to: 10_800, by: 3) {
      run.deliver(random.chance(0.6) ? .failed : .delivered, at: second)
    }
    #expect(run.raised.count == 1)
    #expect(run.levels.map(\.levelChanges).max() ?? 0 < 4)
  }

  // evaluations  on off on off on | off off | on on        only what holds for two of them counts
  @Test func `a change counts when it has held for two evaluations`() {
    var changes = LevelChanges(raisedAt: Traffic.start)
    for (number, isOn) in [true, false, true, false, true, false, false, true, true].enumerated() {
      changes.evaluate(isOn: isOn, at: Traffic.start + Int64(number + 1) * 30_000)
    }
    #expect(changes.count(since: Traffic.start) == 3)
    #expect(changes.count(since: Traffic.start + 240_000) == 1)
  }

  @Test func `what was normal is not learnt anew while it fails`() throws {
    var run = Self.outage()
    for second in stride(from: 7500.0, to: 20_000, by: 20) { run.deliver(.failed, at: second) }
    let last = try #require(run.levels.last)
    #expect(last.level == .anomalous)
    #expect(last.baselineFailures == 0 && last.failureMultiplier == nil)
    #expect(last.explanation.contains("normally fails 0.5 %"), "\(last.explanation)")
  }
}

extension Signal.Statement {
  var levelStatement: LevelStatement? { if case .level(let level) = self { level } else { nil } }
  var level: LevelStatement.Level? { levelStatement?.level }
}
