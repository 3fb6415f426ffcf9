import Testing

@testable import HealstreamCore

@Suite struct StreamClockTests {
  @Test func `an event time runs ahead of its record by the lead at most`() {
    var clock = StreamClock(maxLeadMillis: 60_000)
    let recorded = Timestamp(millis: 1_000_000)
    #expect(clock.hold(recorded + 60_000, recordedAt: recorded) == recorded + 60_000)
    #expect(clock.heldCount == 0)
    #expect(clock.hold(recorded + 60_001, recordedAt: recorded) == recorded + 60_000)
    #expect(clock.hold(Timestamp.range.upperBound, recordedAt: recorded) == recorded + 60_000)
    #expect(clock.heldCount == 2)
    #expect(clock.hold(nil, recordedAt: recorded) == recorded)
    #expect(clock.hold(recorded - 86_400_000, recordedAt: recorded) == recorded - 86_400_000)
  }

  @Test func `stream time never goes back`() {
    var clock = StreamClock(maxLeadMillis: 0)
    #expect(clock.advance(to: Timestamp(millis: -5)) == Timestamp(millis: -5))
    #expect(clock.advance(to: Timestamp(millis: 10)) == Timestamp(millis: 10))
    #expect(clock.advance(to: Timestamp(millis: 7)) == Timestamp(millis: 10))
  }
}
