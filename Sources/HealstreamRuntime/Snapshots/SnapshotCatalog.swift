import HealstreamCore

/// What the manifests of a topic of snapshots say, record by record.
struct SnapshotCatalog {
  /// The offset from which on manifests are still to be read.
  var next: Int64 = 0
  private var entries: [SnapshotID: Entry] = [:]

  private struct Entry {
    let manifest: SnapshotManifest
    let writtenAt: Timestamp
  }

  /// A record of the partition of manifests; a chunk, which may lie there too, or anything else is passed over.
  mutating func take(key: Span<UInt8>?, value: Span<UInt8>?, at: Timestamp) {
    guard let key, key.count <= Self.maxKeyBytes, let id = SnapshotID(String(decoding: key.bytes(), as: UTF8.self))
    else { return }
    entries[id] = nil
    guard let value, let manifest = SnapshotManifest(value) else { return }
    entries[id] = Entry(manifest: manifest, writtenAt: at)
  }

  subscript(id: SnapshotID) -> SnapshotManifest? { entries[id]?.manifest }

  /// Those that are complete, by task, the newest state first.
  var snapshots: [StoredSnapshot] {
    entries.filter { $0.value.manifest.isComplete }
      .map { StoredSnapshot($0, byteCount: $1.manifest.byteCount, writtenAt: $1.writtenAt) }
      .sorted { SnapshotID.precedes($0.id, $1.id) }
  }

  /// What writes of older states left behind that were not finished.
  func leftovers(before id: SnapshotID) -> [SnapshotID] {
    entries.filter { $0.key.task == id.task && !$0.value.manifest.isComplete && $0.key.isOlder(than: id) }
      .map(\.key).sorted(by: SnapshotID.precedes)
  }

  private static let maxKeyBytes = 300
}
