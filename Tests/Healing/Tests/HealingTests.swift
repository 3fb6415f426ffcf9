import Testing

@testable import healing

struct HealingTests {
  @Test func `healing loses less, keeps to its bounds, and makes nothing worse`() throws {
    let tally = try Sweep.run(7...8, .small, threads: 2)
    #expect(tally.misses == [])
    #expect(tally.conduct.allAfterCanary.sent > 20)
    #expect(tally.total.byHand < tally.total.withHealingOff)
  }
}
