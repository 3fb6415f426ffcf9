import Testing

@testable import HealstreamCore

struct BusinessHoursTests {
  /// Fridays and Saturdays, from 22 o'clock until 6 in the morning.
  @Test(arguments: [
    ("2026-11-06T21:59:59.999Z", false), ("2026-11-06T22:00:00Z", true), ("2026-11-07T00:00:00Z", true),
    ("2026-11-07T05:59:59.999Z", true), ("2026-11-07T06:00:00Z", false), ("2026-11-08T00:00:00Z", false),
  ])
  func `hours may go over midnight; the day is that of the moment`(at: String, isInside: Bool) throws {
    let hours = BusinessHours(
      startMinute: 22 * 60, endMinute: 6 * 60, weekdays: [false, false, false, false, true, true, false])
    #expect(hours.contain(try #require(Timestamp(rfc3339: at))) == isInside)
  }

  @Test func `an offset holds from its change on, the first one before all changes`() {
    let at = { (millis: Int64) in Timestamp(millis: millis) }
    let offsets = UTCOffsets(
      seconds: 3600, changes: [.init(at: at(1000), seconds: 7200), .init(at: at(2000), seconds: 3600)])
    #expect(
      [.min, 999, 1000, 1999, 2000, .max].map { offsets.seconds(at: at($0)) } == [3600, 3600, 7200, 7200, 3600, 3600])
    #expect(UTCOffsets(seconds: -60).seconds(at: at(0)) == -60)
  }
}
