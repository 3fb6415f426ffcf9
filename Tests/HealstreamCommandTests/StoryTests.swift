import HealstreamCore
import HealstreamRuntime
import Testing

@testable import healstream

struct StoryTests {
  /// The executor hears of an action after so many milliseconds of simulated time: at once, and as late as the pace allows.
  @Test(arguments: UInt64(1)...3, [Int64(2_000), Pace.storyLeadMillis])
  func `every strategy is seen, and incidents end after their replays arrived`(seed: UInt64, latencyMillis: Int64)
    throws
  {
    var loop = try ClosedLoop(seed: seed, latencyMillis: latencyMillis)
    loop.run()
    #expect(loop.strategies == Set(Strategy.allCases.map(\.rawValue)))
    #expect(!loop.ledger.healed.isEmpty)
    #expect(loop.ledger.summary.replaysSucceeded > 0)
  }

  @Test func `a script's faults hit different tenants, within the round`() {
    let script = Script(seed: 9, rounds: 3, endingAt: Timestamp(millis: 1_790_000_000_000))
    #expect(script.faults.count == 3 * Fault.Kind.allCases.count)
    for round in 0..<3 {
      let start = script.storyStart + Int64(round) * Script.roundMillis
      let faults = script.faults.filter { $0.start >= start && $0.start < start + Script.roundMillis }
      #expect(Set(faults.map { SimulatedEndpoint.all[$0.endpoint].tenantID }).count == Fault.Kind.allCases.count)
      #expect(faults.allSatisfy { $0.end < start + Script.roundMillis })
    }
  }
}
