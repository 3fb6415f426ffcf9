import Foundation
import HealstreamCore
package import Kafka
import Synchronization

/// Snapshots in a compacted topic, for processes on many machines.
///
/// ```
/// partition 0            ROLE/TOPIC/PARTITION/BOUNDARIES/OFFSET          → manifest
/// one of the others      ROLE/TOPIC/PARTITION/BOUNDARIES/OFFSET/INDEX    → chunk, at most 512 KiB
/// ```
///
/// Only manifests are read to list; a manifest says where its chunks begin, so only these are read then. A snapshot is there once
/// its manifest is complete, which is sent when all chunks are durable. Two processes that write the same snapshot at once write
/// the same chunks: whichever of them compaction leaves, they make the snapshot, and its checksum guards against the rest.
package final class TopicSnapshots: SnapshotInventory {
  private let topic: String
  private let client: ClientSettings
  private let patience: StorePatience
  private let maxChunkBytes: Int
  private let reading: Mutex<Reading>
  private let writing: Mutex<Writing>

  private struct Reading {
    let reader: CompactedTopicReader
    var catalog = SnapshotCatalog()
  }

  private struct Writing {
    let writer: CompactedTopicWriter
    var partitionCount: Int32?
  }

  package convenience init(
    _ client: ClientSettings, _ topics: TopicSettings, patience: StorePatience = StorePatience()
  ) {
    self.init(client, topics, patience: patience, maxChunkBytes: 512 << 10)
  }

  init(_ client: ClientSettings, _ topics: TopicSettings, patience: StorePatience, maxChunkBytes: Int) {
    topic = topics.name(Topic.snapshots)
    self.client = client
    self.patience = patience
    self.maxChunkBytes = maxChunkBytes
    reading = Mutex(Reading(reader: CompactedTopicReader(client, group: topics.name(.snapshots), patience: patience)))
    writing = Mutex(Writing(writer: CompactedTopicWriter(client, patience: patience)))
  }

  package func inventory() throws(StoreFailure) -> [StoredSnapshot] { try catalog().snapshots }

  package func list(_ task: TaskID) throws(StoreFailure) -> [SnapshotID] {
    try catalog().snapshots.map(\.id).filter { $0.task == task }
  }

  package func read(_ id: SnapshotID) throws(StoreFailure) -> [UInt8] {
    try reading.withLock { reading throws(StoreFailure) in
      try refresh(&reading)
      guard let manifest = reading.catalog[id], manifest.isComplete else {
        throw StoreFailure("cannot read \(id): it is not in \(topic)")
      }
      return try chunks(id, manifest, reading.reader)
    }
  }

  package func write(_ bytes: [UInt8], as id: SnapshotID) throws(StoreFailure) {
    let chunkPartition = try partition(for: id.task)
    let catalog = try catalog()
    let from = try reading.withLock { reading throws(StoreFailure) in
      try reading.reader.bounds(of: partition(chunkPartition)).upperBound
    }
    var manifest = SnapshotManifest(
      isComplete: false, byteCount: bytes.count, chunkCount: (bytes.count + maxChunkBytes - 1) / maxChunkBytes,
      partition: chunkPartition, from: from)
    try writing.withLock { writing throws(StoreFailure) in
      // One that is there already stays listed while the same is written again.
      if catalog[id]?.isComplete != true { try put(manifest, id, writing.writer) }
      for index in 0..<manifest.chunkCount {
        let range = index * maxChunkBytes..<min((index + 1) * maxChunkBytes, bytes.count)
        try writing.writer.put(key(id, index), bytes.span.extracting(range), to: partition(chunkPartition))
      }
      try writing.writer.flush(topic)
      manifest.isComplete = true
      try put(manifest, id, writing.writer)
    }
    for leftover in catalog.leftovers(before: id) { try delete(leftover) }
  }

  /// The chunks first: what cannot be deleted now stays known.
  package func delete(_ id: SnapshotID) throws(StoreFailure) {
    var known = reading.withLock { $0.catalog[id] }
    if known == nil { known = try catalog()[id] }
    guard let manifest = known else { return }
    try writing.withLock { writing throws(StoreFailure) in
      for index in 0..<manifest.chunkCount {
        try writing.writer.put(key(id, index), nil, to: partition(manifest.partition))
      }
      try writing.writer.flush(topic)
      try writing.writer.put(id.text, nil, to: partition(Self.manifests))
      try writing.writer.flush(topic)
    }
  }

  // MARK: Reading

  private func catalog() throws(StoreFailure) -> SnapshotCatalog {
    try reading.withLock { reading throws(StoreFailure) in
      try refresh(&reading)
      return reading.catalog
    }
  }

  /// Reads the manifests that came since the last time.
  private func refresh(_ reading: inout Reading) throws(StoreFailure) {
    let bounds = try reading.reader.bounds(of: partition(Self.manifests))
    // A log that ends before where it was read to has been made anew.
    if bounds.upperBound < reading.catalog.next { reading.catalog = SnapshotCatalog() }
    let start = max(reading.catalog.next, bounds.lowerBound)
    var catalog = reading.catalog
    try reading.reader.read(partition(Self.manifests), start..<max(start, bounds.upperBound)) { message in
      catalog.take(key: message.key, value: message.value, at: Timestamp(millis: message.timestampMillis))
      return true
    }
    catalog.next = bounds.upperBound
    reading.catalog = catalog
  }

  private func chunks(
    _ id: SnapshotID, _ manifest: SnapshotManifest, _ reader: CompactedTopicReader
  ) throws(StoreFailure) -> [UInt8] {
    let bounds = try reader.bounds(of: partition(manifest.partition))
    let start = min(max(manifest.from, bounds.lowerBound), bounds.upperBound)
    let prefix = Array("\(id.text)/".utf8)
    var chunks = ChunkCollection(manifest)
    guard !chunks.isComplete else { return [] }
    try reader.read(partition(manifest.partition), start..<bounds.upperBound) { message in
      if let key = message.key, let value = message.value, let index = Self.index(key, after: prefix) {
        chunks.take(value, at: index)
      }
      return !chunks.isComplete
    }
    guard chunks.isComplete, chunks.bytes.count == manifest.byteCount else {
      let found = chunks.isComplete ? "\(chunks.bytes.count) bytes" : "no chunk \(chunks.missing)"
      throw StoreFailure(
        "cannot read \(id): expected \(manifest.byteCount) bytes in \(manifest.chunkCount) chunks in "
          + "\(partition(manifest.partition)), found \(found)")
    }
    return chunks.bytes
  }

  private static func index(_ key: Span<UInt8>, after prefix: [UInt8]) -> Int? {
    guard key.count > prefix.count, prefix.indices.allSatisfy({ key[$0] == prefix[$0] }) else { return nil }
    return Int(String(decoding: key.extracting(prefix.count...).bytes(), as: UTF8.self))
  }

  // MARK: Writing

  private func put(
    _ manifest: SnapshotManifest, _ id: SnapshotID, _ writer: CompactedTopicWriter
  ) throws(StoreFailure) {
    try writer.put(id.text, manifest.value.span, to: partition(Self.manifests))
    try writer.flush(topic)
  }

  private func key(_ id: SnapshotID, _ index: Int) -> String { "\(id.text)/\(index)" }

  // MARK: Partitions

  private static let manifests: Int32 = 0

  private func partition(_ index: Int32) -> TopicPartition { TopicPartition(topic: topic, partition: index) }

  /// Any would do, since the manifest tells which; by the task, so that they are spread.
  private func partition(for task: TaskID) throws(StoreFailure) -> Int32 {
    let count = try writing.withLock { writing throws(StoreFailure) in
      if let known = writing.partitionCount { return known }
      let count = try countPartitions()
      writing.partitionCount = count
      return count
    }
    guard count > 1 else { return Self.manifests }
    var digest = DerivedID.Builder("task")
    digest.add(task.text)
    return 1 + Int32(digest.finish().high % UInt64(count - 1))
  }

  private func countPartitions() throws(StoreFailure) -> Int32 {
    let topics: [TopicDescription]
    do throws(KafkaError) {
      topics = try Admin(client).listTopics(timeoutMillis: Int(min(patience.millis, 10_000)))
    } catch {
      throw StoreFailure("cannot describe \(topic): \(error)", isPassing: error.severity == .retriable)
    }
    guard let found = topics.first(where: { $0.name == topic }) else {
      throw StoreFailure("there is no topic \(topic); healstream topics create makes it", isPassing: true)
    }
    return found.partitions
  }
}
