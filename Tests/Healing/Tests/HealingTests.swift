import Testing

@testable import healing

struct HealingTests {
  @Test func `healing loses less, keeps to its bounds, and makes nothing worse`() throws {
    let tally = try Sweep.run(1...2, threads: 2)
    #expect(tally.misses == [])
    #expect(tally.conduct.allAfterCanary.sent > 20)
  }
}
