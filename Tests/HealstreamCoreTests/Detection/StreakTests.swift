import Testing

@testable import HealstreamCore

@Suite struct StreakTests {
  // A delivery each 20 s for two hours, then failures only:  s s s s … s F F F F
  @Test func `an endpoint that has never failed is raised at its fifth failure in a row at the latest`() throws {
    var run = FleetRun()
    for second in stride(from: 0.0, to: 7200, by: 20) { run.deliver(.delivered, at: second) }
    for failure in 0..<5 { run.deliver(.failed, at: 7200 + Double(failure) * 20) }
    let raised = try #require(run.raised.first)
    #expect((4...5).contains(raised.level.recentFailures))
    #expect(raised.level.raisedAt == raised.at)
    #expect(raised.level.scope == .endpoint)
    #expect(raised.level.conditions.contains(.failureStreak))
    #expect(raised.level.candidates.count == raised.level.recentFailures)
    #expect(raised.level.explanation.contains("normally fails 0.5 % of the time"), "\(raised.level.explanation)")
  }

  @Test func `an endpoint seen for the first time is raised by failures alone`() {
    var run = FleetRun()
    for failure in 0..<6 { run.deliver(.failed, at: Double(failure) * 20) }
    #expect(run.raised.count == 1)
  }

  // Ten failures within a second count as three: a batch that fails as a whole is one event, or nearly.
  @Test func `a batch that fails within two seconds raises nothing by itself`() {
    var run = FleetRun()
    for second in stride(from: 0.0, to: 7200, by: 20) { run.deliver(.delivered, at: second) }
    for failure in 0..<10 { run.deliver(.failed, at: 7200 + Double(failure) / 10) }
    #expect(run.raised.isEmpty)
    run.deliver(.failed, at: 7203)
    #expect(run.raised.count == 1)
  }

  @Test func `retries of a failed delivery are not counted again`() {
    var run = FleetRun()
    for second in stride(from: 0.0, to: 7200, by: 20) { run.deliver(.delivered, at: second) }
    for retry in 0..<8 { run.deliver(.failed, at: 7200 + Double(retry) * 5, id: "d1", number: Int32(retry + 1)) }
    for retry in 0..<8 { run.deliver(.failed, at: 7300 + Double(retry) * 5, id: "d2", number: 1) }
    #expect(run.raised.isEmpty)
  }
}
