import Dispatch
import Synchronization

/// Runs many seeds on all cores.
package final class Sweep: Sendable {
  package struct Failure: Sendable {
    package let seed: UInt64
    package let reason: String
  }

  private let seeds: [UInt64]
  private let state = Mutex(State())

  private struct State: Sendable {
    var next = 0
    var failures: [Failure] = []
    var total = Simulation.Summary()
  }

  package init(_ seeds: some Sequence<UInt64>) { self.seeds = Array(seeds) }

  package var count: Int { seeds.count }
  package var failures: [Failure] { state.withLock { $0.failures.sorted { $0.seed < $1.seed } } }
  package var total: Simulation.Summary { state.withLock { $0.total } }

  package func run(threads: Int = 2) {
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while let seed = takeNext() {
        let run = Simulation(seed: seed)
        state.withLock { state in
          state.total.add(run.summary)
          if let reason = run.failure { state.failures.append(Failure(seed: seed, reason: reason)) }
        }
      }
    }
  }

  private func takeNext() -> UInt64? {
    state.withLock { state in
      guard state.next < seeds.count, state.failures.count < Self.maxFailures else { return nil }
      defer { state.next += 1 }
      return seeds[state.next]
    }
  }

  private static let maxFailures = 20
}

extension Simulation.Summary {
  mutating func add(_ other: Self) {
    transactions += other.transactions
    outputs += other.outputs
    snapshots += other.snapshots
    boundaries += other.boundaries
    skips += other.skips
    innocentSkips += other.innocentSkips
    losses += other.losses
    heals += other.heals
    processes += other.processes
    turns += other.turns
  }
}
