import HealstreamCore
import HealstreamRuntime
import SimulatedWorld
import Testing

@testable import healstream

struct StoryTests {
  /// The executor hears of an action after so many milliseconds of simulated time: at once, and as late as the pace allows.
  @Test(arguments: UInt64(1)...3, [Int64(2_000), Pace.storyLeadMillis])
  func `every strategy is seen, and incidents end after their replays arrived`(seed: UInt64, latencyMillis: Int64)
    throws
  {
    let story = try ToldStory(seed: seed, latencyMillis: latencyMillis)
    #expect(story.strategies == Set(Strategy.allCases.map(\.rawValue)))
    #expect(!story.ledger.healed.isEmpty)
    #expect(story.ledger.summary.replaysSucceeded > 0)
  }

  @Test func `a script's faults hit different tenants, within the round`() {
    let script = Script(seed: 9, rounds: 3, endingAt: Timestamp(millis: 1_790_000_000_000))
    #expect(script.faults.count == 3 * Script.plan.count)
    for round in 0..<3 {
      let start = script.storyStart + Int64(round) * Script.roundMillis
      let faults = script.faults.filter { $0.start >= start && $0.start < start + Script.roundMillis }
      #expect(Set(faults.map { Cast.endpoints[$0.endpoint].tenantID }).count == Script.plan.count)
      #expect(faults.allSatisfy { $0.end < start + Script.roundMillis })
    }
  }
}
