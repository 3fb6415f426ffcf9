import Kafka

/// Where snapshots are kept.
package struct SnapshotSettings: Equatable, Sendable {
  package enum Store: String, CaseIterable, Sendable {
    /// A compacted topic: any process, on any machine, can go on from there.
    case topic
    /// Of one machine.
    case directory
    case none
  }

  package var store = Store.topic
  package var directory = ""

  package init() {}

  func check() throws(ConfigurationError) {
    switch store {
    case .directory:
      guard directory.isEmpty else { return }
      throw .inconsistent(
        "snapshots.store is \"directory\", and snapshots.directory does not say which: set it to a path")
    case .topic, .none:
      guard !directory.isEmpty else { return }
      throw .inconsistent(
        "snapshots.directory is \"\(directory)\", but snapshots.store is \"\(store.rawValue)\": set snapshots.store to "
          + "\"directory\", or leave the directory out")
    }
  }
}

extension Configuration {
  /// Opens the store that is configured.
  /// - Throws: where it is a directory that cannot be used; a topic shows its faults when it is read.
  package func openSnapshots(brokers: String, patience: StorePatience) throws(StoreFailure) -> any SnapshotInventory {
    switch snapshots.store {
    case .topic: TopicSnapshots(ClientSettings(brokers: brokers, self), topics, patience: patience)
    case .directory: try DirectorySnapshots(directory: snapshots.directory)
    case .none: NoSnapshots()
    }
  }
}
