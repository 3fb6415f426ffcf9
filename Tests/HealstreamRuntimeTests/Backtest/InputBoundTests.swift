import HealstreamCore
import Testing

@testable import HealstreamRuntime

struct InputBoundTests {
  @Test func `digits are an offset, anything else a time`() {
    #expect(InputBound("0") == .offset(0))
    #expect(InputBound("1700000000000") == .offset(1_700_000_000_000))
    #expect(InputBound("2026-03-01T11:00:00Z") == .time(Timestamp(millis: 1_772_362_800_000)))
    #expect(InputBound("2026-03-01T12:00:00+01:00") == .time(Timestamp(millis: 1_772_362_800_000)))
  }

  @Test(arguments: ["", "-1", "yesterday", "2026-03-01", "1.5"])
  func `what is neither is refused`(text: String) { #expect(InputBound(text) == nil) }
}
