import Testing

@testable import HealstreamCore

@Suite struct RoundedCountTests {
  @Test func `counting up one by one is exact to 4095, and near it above`() {
    var count = RoundedCount()
    var sum: UInt32 = 0
    for number in UInt32(1)...1_000_000 {
      sum += count.increment(tick: UInt16(truncatingIfNeeded: number))
      #expect(count.value == sum)
      if number <= 4095 {
        #expect(sum == number)
      } else {
        #expect((Double(sum) / Double(number) - 1).magnitude < 0.002)
      }
    }
  }

  @Test func `it saturates, and says that nothing was added`() {
    var count = RoundedCount(.max)
    #expect(count.value == RoundedCount.maxCount)
    for tick in UInt16(0)...UInt16.max { #expect(count.increment(tick: tick) == 0) }
    #expect(count.value == RoundedCount.maxCount)
  }

  @Test func `it holds the nearest of what it can`() {
    for number in [0, 1, 4095, 4096, 8191, 65_535, 1 << 26] as [UInt32] {
      #expect((Double(RoundedCount(number).value) - Double(number)).magnitude <= Double(number) / 4096)
    }
  }
}
