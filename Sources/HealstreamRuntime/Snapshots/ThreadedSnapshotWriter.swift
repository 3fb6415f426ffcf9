import Dispatch
import Foundation
import Synchronization

/// Writes one snapshot at a time, on a thread of its own that lives as long as that takes.
package final class ThreadedSnapshotWriter: SnapshotWriter, Sendable {
  private let store: any SnapshotStore
  private let state = Mutex(State())
  private let running = DispatchGroup()

  private struct State: Sendable {
    var isBusy = false
    var pending: Snapshot?
    var results: [SnapshotResult] = []
  }

  package init(_ store: any SnapshotStore) { self.store = store }

  package var isBusy: Bool { state.withLock { $0.isBusy } }

  package func write(_ snapshot: consuming Snapshot) {
    var given: Snapshot? = consume snapshot
    state.withLock { state in
      precondition(!state.isBusy, "snapshots are written one at a time")
      state.isBusy = true
      state.pending = given.take()
    }
    running.enter()
    let thread = Thread { [self] in
      // Taken out, so that its memory has one owner and is not copied.
      guard let snapshot = state.withLock({ $0.pending.take() }) else {
        preconditionFailure("a snapshot is written once")
      }
      let result = put(consume snapshot)
      state.withLock { state in
        state.isBusy = false
        state.results.append(result)
      }
      running.leave()
    }
    thread.name = "snapshot"
    thread.start()
  }

  package func takeResults() -> [SnapshotResult] {
    state.withLock { state in
      defer { state.results.removeAll() }
      return state.results
    }
  }

  package func finish(withinMillis millis: Int64) { _ = running.wait(timeout: .now() + .milliseconds(Int(millis))) }

  private func put(_ snapshot: consuming Snapshot) -> SnapshotResult {
    let started = ContinuousClock.now
    let id = snapshot.id
    let bytes = snapshot.sealed()
    var failure: StoreFailure?
    do throws(StoreFailure) { try store.add(bytes, as: id) } catch { failure = error }
    let millis = (ContinuousClock.now - started) / .milliseconds(1)
    return SnapshotResult(id, bytes: bytes, millis: Int64(millis), failure: failure)
  }
}
