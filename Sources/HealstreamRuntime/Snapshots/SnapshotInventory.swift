package import HealstreamCore

/// A store that can tell what it holds, to operators.
package protocol SnapshotInventory: SnapshotStore {
  /// Everything, by task, the newest state first.
  func inventory() throws(StoreFailure) -> [StoredSnapshot]
}

/// What can be said of a snapshot without reading it.
package struct StoredSnapshot: Equatable, Sendable {
  package let id: SnapshotID
  package let byteCount: Int
  package let writtenAt: Timestamp

  package init(_ id: SnapshotID, byteCount: Int, writtenAt: Timestamp) {
    self.id = id
    self.byteCount = byteCount
    self.writtenAt = writtenAt
  }
}
