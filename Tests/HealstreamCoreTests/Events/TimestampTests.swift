import HealstreamCore
import Testing

@Suite struct TimestampTests {
  @Test(
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.001Z", 1), ("1969-12-31T23:59:59.999Z", -1),
      ("2026-11-09T01:26:12Z", 1_794_187_572_000),
      ("2026-11-09t01:26:12z", 1_794_187_572_000), ("2026-11-09T02:26:12+01:00", 1_794_187_572_000),
      ("2026-11-08T15:56:12-09:30", 1_794_187_572_000), ("2026-11-10T01:25:12+23:59", 1_794_187_572_000),
      ("2026-11-09T01:26:12-00:00", 1_794_187_572_000), ("2026-11-09T01:26:12.3Z", 1_794_187_572_300),
      ("2026-11-09T01:26:12.3456Z", 1_794_187_572_345),
      ("2026-11-09T01:26:12.9999999999999999999999999Z", 1_794_187_572_999),
      ("1969-12-31T23:59:58.9999Z", -1001), ("2000-02-29T00:00:00Z", 951_782_400_000),
      ("2024-02-29T00:00:00Z", 1_709_164_800_000),
      ("0000-01-01T00:00:00Z", -62_167_219_200_000), ("0000-02-29T00:00:00Z", -62_162_121_600_000),
      ("9999-12-31T23:59:59.999Z", 253_402_300_799_999), ("1990-12-31T23:59:60Z", 662_687_999_999),
      ("1990-12-31T15:59:60.7-08:00", 662_687_999_999), ("1972-06-30T23:59:60Z", 78_796_799_999),
      ("0000-01-01T00:00:00-01:00", -62_167_215_600_000),
    ] as [(String, Int64)])
  func `a date-time of RFC 3339 is read`(text: String, millis: Int64) {
    #expect(Timestamp(rfc3339: text)?.millis == millis)
  }

  @Test(arguments: [
    "", "2026", "2026-11-09", "2026-11-09T01:26Z", "2026-11-09T01:26:12", "2026-11-09 01:26:12Z",
    "2026-11-09T01:26:12.Z",
    "2026-11-09T01:26:12,5Z", "2026-11-09T24:00:00Z", "2026-11-09T01:60:00Z", "2026-11-09T01:26:61Z",
    "2026-11-09T01:26:60Z",
    "2026-13-09T01:26:12Z", "2026-00-09T01:26:12Z", "2026-11-00T01:26:12Z", "2026-11-31T01:26:12Z",
    "2026-02-29T01:26:12Z",
    "1900-02-29T00:00:00Z", "2100-02-29T00:00:00Z", "2026-11-09T01:26:12+0100", "2026-11-09T01:26:12+01",
    "2026-11-09T01:26:12+24:00",
    "2026-11-09T01:26:12+01:60", "2026-11-09T01:26:12Z ", " 2026-11-09T01:26:12Z", "2026-11-09T01:26:12ZZ",
    "+026-11-09T01:26:12Z",
    "2026-1-09T01:26:12ZZ", "2026/11/09T01:26:12Z", "2026-11-09T01.26.12Z", "2026-11-09X01:26:12Z",
    "２026-11-09T01:26:12Z",
    "2026-11-09T01:26:12.5", "2026-11-09T01:26:12.5+", "2026-11-09T01:26:12\u{0}", "0000-01-01T00:00:00+00:01",
    "9999-12-31T23:59:59-00:01", "2026-11-09T1:26:12ZZ", "2026-11-09T01:26:1ZZ", "20261109T012612Z",
    "2026-W45-1T01:26:12Z",
    "2026-11-09T01:26:1:Z", "2026-11-0:T01:26:12Z", "2026-11-09T01:2/:12Z", "202\u{8B0}-11-09T01:26:12Z",
  ])
  func `what is no date-time of RFC 3339 is not read`(text: String) {
    #expect(Timestamp(rfc3339: text) == nil)
  }

  @Test func `every day of four centuries and the ends of the range are read as they are written`() throws {
    for day in stride(from: Int64(-146_097 * 2), through: 146_097 * 2, by: 1) where day % 7 == 0 || abs(day) < 800 {
      let moment = Timestamp(millis: day * 86_400_000 + (day & 0xFFFF) * 1_317)
      #expect(Timestamp(rfc3339: moment.rfc3339) == moment)
    }
    for moment in [Timestamp.range.lowerBound, Timestamp.range.upperBound] {
      #expect(Timestamp(rfc3339: moment.rfc3339) == moment)
    }
  }

  @Test(arguments: ["2026-11-09T01:26:12Z", "2026-11-09T01:26:12.345Z"])
  func `a byte changed in a date-time is a digit's change or none`(text: String) {
    let good = Array(text.utf8)
    let moment = Timestamp(rfc3339: text)
    #expect(moment != nil)
    for at in good.indices {
      for byte in UInt8.min...UInt8.max where byte != good[at] {
        var changed = good
        changed[at] = byte
        let isDigit = (0x30...0x39).contains(byte) && (0x30...0x39).contains(good[at])
        let isLetter = byte == good[at] | 0x20 && (at == 10 || at == good.count - 1)
        if Timestamp(rfc3339: changed.span) != nil { #expect(isDigit || isLetter, "\(at): \(byte)") }
        if isLetter { #expect(Timestamp(rfc3339: changed.span) == moment) }
      }
    }
  }

  @Test func `periods round towards the past`() {
    #expect(Timestamp(millis: -1).period(ofMillis: 1000) == -1)
    #expect(Timestamp(millis: -1000).period(ofMillis: 1000) == -1)
    #expect(Timestamp(millis: 999).period(ofMillis: 1000) == 0)
  }
}
