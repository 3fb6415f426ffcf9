/// What is known of a partition's snapshots.
struct SnapshotReading: Sendable {
  private(set) var written = 0
  private(set) var failed = 0
  private(set) var byteCount = 0
  /// Where the newest state stands from which a restore would begin.
  private(set) var offset: Int64
  /// Monotonic: when it became durable, or else when the partition was taken over.
  private(set) var sinceMillis: Int64

  init(offset: Int64, sinceMillis: Int64) {
    self.offset = offset
    self.sinceMillis = sinceMillis
  }

  mutating func count(_ result: SnapshotResult, at now: Int64) {
    guard result.failure == nil else { return failed += 1 }
    written += 1
    byteCount = result.bytes.count
    offset = result.id.offset
    sinceMillis = now
  }
}
