/// Puts snapshots into a store without holding up the lane that made them.
package protocol SnapshotWriter: AnyObject {
  /// One is being written, and another cannot be taken.
  var isBusy: Bool { get }

  /// Begins to write; the checksum is taken here, too.
  /// - Precondition: it is not busy.
  func write(_ snapshot: consuming Snapshot)

  /// What has been written since the last call, or why it was not.
  func takeResults() -> [SnapshotResult]

  /// Waits for what is being written, at most so long.
  func finish(withinMillis: Int64)
}

package struct SnapshotResult: Sendable {
  package let id: SnapshotID
  package let millis: Int64
  /// `nil`: it is durable.
  package let failure: StoreFailure?
  /// What was written; its memory may be used again.
  package var bytes: [UInt8]

  package init(_ id: SnapshotID, bytes: [UInt8], millis: Int64, failure: StoreFailure?) {
    self.id = id
    self.bytes = bytes
    self.millis = millis
    self.failure = failure
  }
}
