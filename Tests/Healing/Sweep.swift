import Dispatch
import Synchronization

/// Plays many scenarios at once.
package enum Sweep {
  package static func run(_ seeds: ClosedRange<UInt64>, _ size: Scenario.Size = .full, threads: Int) throws -> Tally {
    let seeds = Array(seeds)
    let state = Mutex((next: 0, tally: Tally(), failure: nil as (any Error)?))
    @Sendable func takeNext() -> UInt64? {
      state.withLock { state in
        guard state.next < seeds.count, state.failure == nil else { return nil }
        defer { state.next += 1 }
        return seeds[state.next]
      }
    }
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      while let seed = takeNext() {
        let result = Result { try Comparison(seed: seed, size) }
        state.withLock { state in
          switch result {
          case .success(let comparison): state.tally.add(comparison)
          case .failure(let error): state.failure = error
          }
        }
      }
    }
    return try state.withLock { state in
      if let failure = state.failure { throw failure }
      return state.tally
    }
  }
}
