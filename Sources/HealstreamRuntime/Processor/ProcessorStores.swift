import Synchronization

/// The stores that all lanes of a process share.
struct ProcessorStores: Sendable {
  private let snapshots: any SnapshotStore = NoSnapshots()
  let epochs: any EpochStore = MemoryEpochs()

  func forLane() -> LaneStores {
    LaneStores(snapshots: snapshots, epochs: epochs, writer: nil)
  }
}

private final class MemoryEpochs: EpochStore {
  let epochs = Mutex<[EpochID: Epoch]>([:])
  func write(_ epoch: Epoch) { epochs.withLock { $0[epoch.id] = epoch } }
  func read(_ id: EpochID) -> Epoch? { epochs.withLock { $0[id] } }
}
