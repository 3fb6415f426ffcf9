import Foundation
import HealstreamCore
import Testing

@testable import HealstreamRuntime

struct TimeZoneTests {
  @Test(arguments: [
    // Central Europe turns its clocks at 01:00 UTC, on the last Sundays of March and October.
    ("Europe/Berlin", "2026-03-29T00:59:59.999Z", 3600), ("Europe/Berlin", "2026-03-29T01:00:00Z", 7200),
    ("Europe/Berlin", "2026-10-25T00:59:59.999Z", 7200), ("Europe/Berlin", "2026-10-25T01:00:00Z", 3600),
    // New York at 2 o'clock of its own, on the second Sunday of March and the first of November.
    ("America/New_York", "2026-03-08T06:59:59.999Z", -18_000), ("America/New_York", "2026-03-08T07:00:00Z", -14_400),
    ("America/New_York", "2026-11-01T05:59:59.999Z", -14_400), ("America/New_York", "2026-11-01T06:00:00Z", -18_000),
    ("America/New_York", "2040-07-01T00:00:00Z", -14_400), ("Asia/Kolkata", "2026-06-01T00:00:00Z", 19_800),
    ("Asia/Kolkata", "1990-01-01T00:00:00Z", 19_800), ("UTC", "2026-06-01T00:00:00Z", 0),
  ])
  func `a zone's offset is known to the second`(zone: String, at: String, seconds: Int) throws {
    let offsets = try #require(UTCOffsets(timeZone: zone))
    #expect(offsets.seconds(at: try #require(Timestamp(rfc3339: at))) == seconds)
  }

  @Test(arguments: ["Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "Africa/Casablanca"])
  func `the table says what the system says, on every day of it`(name: String) throws {
    let offsets = try #require(UTCOffsets(timeZone: name))
    let zone = try #require(TimeZone(identifier: name))
    for second in stride(from: 946_684_800, to: 2_840_140_800, by: 86_400) {
      let expected = zone.secondsFromGMT(for: Date(timeIntervalSince1970: TimeInterval(second)))
      #expect(offsets.seconds(at: Timestamp(millis: Int64(second) * 1000)) == expected, "\(second)")
    }
  }

  @Test func `an unknown zone is refused, and near ones are named`() {
    func failure(_ hours: String) -> ConfigurationError? {
      do {
        _ = try Configuration(json5: Data("{healing: {business_hours: \(hours)}}".utf8))
        return nil
      } catch { return error }
    }
    guard
      case .invalid("healing.business_hours.time_zone", let expected, "\"Europe/Berln\"") = failure(
        "{start: '09:00', end: '17:00', time_zone: 'Europe/Berln'}")
    else {
      Issue.record("expected a refusal")
      return
    }
    #expect(expected.contains("near ones are Europe/Berlin, "))
    #expect(failure("{start: '09:00', end: '17:00', time_zone: 'Europe/Berlin'}") == nil)
    #expect(failure("{start: '09:00', end: '17:00', time_zone: 'GMT+1'}") != nil)
    #expect(failure("{start: '09:00', end: '17:00', time_zone: 'UTC', utc_offset_minutes: 0}") != nil)
  }

  /// 9 to 17 o'clock in Berlin begins at 8:00 UTC in winter and at 7:00 in summer.
  @Test(arguments: [("2026-03-27", "08:00"), ("2026-03-30", "07:00"), ("2026-10-23", "07:00"), ("2026-10-26", "08:00")])
  func `business hours follow daylight saving`(day: String, start: String) throws {
    let text = "{healing: {business_hours: {start: '09:00', end: '17:00', time_zone: 'Europe/Berlin'}}}"
    let hours = try #require(try Configuration(json5: Data(text.utf8)).governing.businessHours)
    let begin = try #require(Timestamp(rfc3339: "\(day)T\(start):00Z"))
    #expect(hours.contain(begin) && !hours.contain(begin - 1))
    #expect(hours.contain(begin + 28_799_999) && !hours.contain(begin + 28_800_000))
  }
}
