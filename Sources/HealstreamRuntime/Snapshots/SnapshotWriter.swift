/// Puts snapshots into a store without holding up the lane that made them.
package protocol SnapshotWriter: AnyObject {
  /// One is being written, and another cannot be taken.
  var isBusy: Bool { get }

  /// Begins to write; the checksum is taken here, too.
  /// - Precondition: it is not busy.
  func write(_ snapshot: Snapshot)

  /// What has been written since the last call, or why it was not.
  func takeResults() -> [SnapshotResult]

  /// Waits for what is being written, at most so long.
  func finish(withinMillis: Int64)
}

package struct SnapshotResult: Sendable {
  package let id: SnapshotID
  package let byteCount: Int
  package let millis: Int64
  /// `nil`: it is durable.
  package let failure: StoreFailure?

  package init(_ id: SnapshotID, byteCount: Int, millis: Int64, failure: StoreFailure?) {
    self.id = id
    self.byteCount = byteCount
    self.millis = millis
    self.failure = failure
  }
}
