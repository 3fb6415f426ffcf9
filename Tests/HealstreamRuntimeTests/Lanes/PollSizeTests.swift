import Testing

@testable import HealstreamRuntime

struct PollSizeTests {
  @Test func `records that take long come in ever smaller polls, down to a bound, and quick ones in larger again`() {
    var size = PollSize()
    #expect(size.records == 1000)
    size.note(1000, millis: 50)
    #expect(size.records == 1000)
    size.note(1000, millis: 51)
    #expect(size.records == 500)
    for _ in 0..<20 { size.note(size.records, millis: 1000) }
    #expect(size.records == 15)
    size.note(14, millis: 0)
    #expect(size.records == 15, "a poll that was not full tells nothing of a larger one")
    size.note(15, millis: 26)
    #expect(size.records == 15)
    size.note(15, millis: 25)
    #expect(size.records == 30)
    for _ in 0..<20 { size.note(size.records, millis: 1) }
    #expect(size.records == 1000)
  }
}
