import Testing

@testable import HealstreamCore

@Suite struct KnownPeaksTests {
  @Test func `a byte holds a count rounded up by a fourteenth at most, however busy the key`() {
    #expect(KnownPeaks.code(0) == 0)
    #expect(KnownPeaks.count(0) == 0)
    for count in [1, 2, 3, 5, 17, 100, 1000, 12_345, 60_000, 1_000_000, 44_000_000] as [UInt32] {
      let held = KnownPeaks.count(KnownPeaks.code(count))
      #expect(held >= Double(count) * 0.999_999 && held <= Double(count) * 1.072)
    }
  }

  // slot   0 (100 at minute 2)  1  2  3  …  11 | 0
  @Test func `a slot is learnt two slots late, and known an hour later`() {
    var peaks = KnownPeaks()
    for minute in Int64(0)..<60 {
      peaks.endMinute(minute, recent: minute == 2 ? 100 : 1)
      if minute < 14 { #expect(peaks.expected(at: minute + 1) < 2) }
    }
    #expect((90...105).contains(peaks.expected(at: 62)))
    #expect((90...105).contains(peaks.expected(at: 66)), "neighbours count too")
  }

  @Test func `a job of once a week is still known by half as much again`() {
    var peaks = KnownPeaks()
    for minute in Int64(0)..<10_080 { peaks.endMinute(minute, recent: minute == 600 ? 1000 : 10) }
    let expected = peaks.expected(at: 10_080 + 600)
    #expect(expected > 1000 / 1.5 && expected < 900, "\(expected)")
  }

  @Test func `what has been skipped has faded as if it had been stepped through`() {
    for length in [7, 61, 200, 3000, 20_000] as [Int64] {
      var stepped = KnownPeaks()
      for minute in Int64(0)..<90 { stepped.endMinute(minute, recent: UInt32(minute)) }
      var skipped = stepped
      for minute in 90..<90 + length { stepped.endMinute(minute, recent: 0) }
      skipped.skip(from: 90, to: 90 + length)
      for minute in stride(from: Int64(0), to: 1440, by: 5) {
        #expect(stepped.expected(at: minute) == skipped.expected(at: minute), "\(length)")
      }
    }
  }
}
