import Synchronization

@testable import HealstreamRuntime

/// Snapshots in memory, which can be damaged and lost.
final class MemorySnapshots: SnapshotStore {
  private let stored = Mutex<[SnapshotID: [UInt8]]>([:])

  func list(_ task: TaskID) -> [SnapshotID] {
    stored.withLock { $0.keys.filter { $0.task == task }.sorted { $1.isOlder(than: $0) } }
  }

  func read(_ id: SnapshotID) throws(StoreFailure) -> [UInt8] {
    guard let bytes = stored.withLock({ $0[id] }) else { throw StoreFailure("\(id) is not there") }
    return bytes
  }

  func write(_ bytes: [UInt8], as id: SnapshotID) { stored.withLock { $0[id] = bytes } }
  func delete(_ id: SnapshotID) { stored.withLock { $0[id] = nil } }

  /// By age, the newest first.
  var all: [SnapshotID] { stored.withLock { $0.keys.sorted { $1.isOlder(than: $0) } } }

  func change(_ id: SnapshotID, _ body: (inout [UInt8]) -> Void) {
    stored.withLock { stored in
      if var bytes = stored[id] {
        body(&bytes)
        stored[id] = bytes
      }
    }
  }
}

final class MemoryEpochs: EpochStore {
  private let epochs = Mutex<[EpochID: Epoch]>([:])
  func write(_ epoch: Epoch) { epochs.withLock { $0[epoch.id] = epoch } }
  func read(_ id: EpochID) -> Epoch? { epochs.withLock { $0[id] } }
  func lose(_ id: EpochID) { epochs.withLock { $0[id] = nil } }
}

/// Has written when it is asked to.
final class ImmediateSnapshotWriter: SnapshotWriter {
  private let store: any SnapshotStore
  private var results: [SnapshotResult] = []

  init(_ store: any SnapshotStore) { self.store = store }

  let isBusy = false

  func write(_ snapshot: consuming Snapshot) {
    let id = snapshot.id
    let bytes = snapshot.sealed()
    var failure: StoreFailure?
    do throws(StoreFailure) { try store.add(bytes, as: id) } catch { failure = error }
    results.append(SnapshotResult(id, bytes: bytes, millis: 0, failure: failure))
  }

  func takeResults() -> [SnapshotResult] {
    defer { results = [] }
    return results
  }

  func finish(withinMillis: Int64) {}
}
