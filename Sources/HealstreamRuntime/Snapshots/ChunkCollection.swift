import HealstreamCore

/// Puts the chunks of one snapshot together, in whatever order and however often they come: where two processes wrote the same
/// snapshot at once, compaction may leave some of each.
struct ChunkCollection {
  private var gathered: StateWriter
  private let count: Int
  private var next = 0
  /// Chunks behind a gap.
  private var ahead: [Int: [UInt8]] = [:]

  init(_ manifest: SnapshotManifest) {
    count = manifest.chunkCount
    gathered = StateWriter(capacity: min(manifest.byteCount, Self.maxReservedBytes))
  }

  /// Of the chunks up to the first that has not come.
  var bytes: [UInt8] { gathered.bytes }
  var isComplete: Bool { next == count }
  /// The first that has not come.
  var missing: Int { next }

  mutating func take(_ chunk: Span<UInt8>, at index: Int) {
    guard index == next else {
      if index > next, index < count { ahead[index] = chunk.bytes() }
      return
    }
    gathered.append(chunk)
    next += 1
    while let waiting = ahead.removeValue(forKey: next) {
      gathered.append(waiting.span)
      next += 1
    }
  }

  private static let maxReservedBytes = 1 << 30
}
