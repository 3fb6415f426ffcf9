import Testing

@testable import simulate

struct SimulationTests {
  @Test(arguments: KnownSeeds.all.map(\.seed))
  func `a seed that once failed holds`(seed: UInt64) {
    let run = Simulation(seed: seed)
    if let failure = run.failure { report(seed, failure) }
  }

  @Test func `whatever goes wrong, the outputs are those of an undisturbed run`() {
    let sweep = Sweep(1...2000)
    sweep.run()
    if let failure = sweep.failures.first { report(failure.seed, failure.reason) }
    #expect(sweep.total.skips > 0 && sweep.total.snapshots > 0 && sweep.total.boundaries > 0 && sweep.total.losses > 0)
  }

  @Test func `a seed gives the same run, byte for byte`() {
    for seed in UInt64(1)...3 {
      #expect(Simulation(seed: seed, traced: true).trace == Simulation(seed: seed, traced: true).trace)
    }
  }

  private func report(_ seed: UInt64, _ failure: String) {
    let trace = Simulation(seed: seed, traced: true).trace.joined(separator: "\n")
    Issue.record("seed \(seed): \(failure)\n\(trace)")
  }
}
