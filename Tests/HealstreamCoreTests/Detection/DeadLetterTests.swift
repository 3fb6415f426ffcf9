import Testing

@testable import HealstreamCore

@Suite struct DeadLetterTests {
  // A delivery each 20 s; from the 300th on each ends as a dead letter.
  @Test func `a sender that tells only how deliveries end has its outages found`() throws {
    var run = FleetRun()
    for number in 0..<310 { run.deliver(number < 300 ? .delivered : .deadLetter, at: Double(number) * 20) }
    let raised = try #require(run.raised.first)
    #expect((303...305).contains(Int((raised.at - Traffic.start) / 20_000)))
    #expect(raised.level.triage.total == raised.level.recentFailures && raised.level.recentFailures >= 4)
  }

  // Nine failed attempts in the past; their dead letters come all at once a day later.
  @Test func `dead letters of attempts that were told of count no second time`() {
    var run = FleetRun()
    for number in 0..<2000 {
      run.deliver(number % 200 == 100 ? .failed : .delivered, at: Double(number) * 20, id: "d\(number)")
    }
    let before = run.fleet.window.recent
    for number in 0..<9 {
      run.deliver(.deadLetter, at: 40_000 + Double(number), id: "d\(number * 200 + 100)", number: 9)
    }
    #expect(run.raised.isEmpty)
    #expect(run.fleet.window.recent.failures == before.failures && run.fleet.window.recent.attempts <= before.attempts)
  }

  @Test func `a dead letter that is sent twice counts once`() {
    var run = FleetRun()
    run.deliver(.delivered, at: 0)
    for second in 1...9 { run.deliver(.deadLetter, at: Double(second), id: "d") }
    #expect(run.fleet.window.recent == (2, 1))
    #expect(run.raised.isEmpty)
  }
}
