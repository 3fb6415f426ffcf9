import Dispatch
import Kafka

/// The stores that all lanes of a process share. Epochs lie on the cluster wherever snapshots do.
struct ProcessorStores: Sendable {
  private let snapshots: any SnapshotStore
  private let epochs: any EpochStore
  private let makesSnapshots: Bool

  /// - Throws: where the directory of snapshots cannot be used.
  init(_ configuration: Configuration, _ client: ClientSettings, until stop: StopRequest) throws(StoreFailure) {
    let patience = StorePatience(isStopping: { stop.isRequested })
    snapshots = try configuration.openSnapshots(brokers: client.brokers, patience: patience)
    makesSnapshots = configuration.snapshots.store != .none
    epochs = TopicEpochs(client, configuration.topics, patience: patience)
  }

  func forLane() -> LaneStores {
    let writer = makesSnapshots ? ThreadedSnapshotWriter(snapshots) : nil
    return LaneStores(snapshots: snapshots, epochs: epochs, writer: writer)
  }

  /// Makes the epoch durable: nothing may be folded under it before. Waits for the cluster, until it is asked to stop.
  func keep(_ epoch: Epoch, _ journal: Journal, until stop: StopRequest) throws(StoreFailure) {
    while !stop.isRequested {
      do throws(StoreFailure) {
        return try epochs.write(epoch)
      } catch {
        guard error.isPassing else { throw error }
        journal.warning("epoch_unwritten", ("reason", "\(error)"))
      }
      stop.wait(until: .now() + .seconds(1))
    }
  }
}
