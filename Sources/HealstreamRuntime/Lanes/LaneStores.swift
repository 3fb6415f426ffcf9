/// What outlives a lane beside the log.
package struct LaneStores {
  package let snapshots: any SnapshotStore
  package let epochs: any EpochStore
  /// `nil`: no snapshots are made.
  package let writer: (any SnapshotWriter)?

  package init(snapshots: any SnapshotStore, epochs: any EpochStore, writer: (any SnapshotWriter)?) {
    self.snapshots = snapshots
    self.epochs = epochs
    self.writer = writer
  }
}
