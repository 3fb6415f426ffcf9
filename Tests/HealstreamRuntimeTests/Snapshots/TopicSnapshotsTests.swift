import Dispatch
import HealstreamCore
import Kafka
import Testing

@testable import HealstreamRuntime

struct TopicSnapshotsTests {
  private let cluster: StoreCluster
  private let task = TaskID(.detect, Partition(topic: "deliveries", index: 3))

  init() throws { cluster = try StoreCluster() }

  private func id(_ offset: Int64, _ boundaries: Int = 1) -> SnapshotID {
    SnapshotID(task, offset: offset, boundaries: boundaries)
  }

  /// Each as a process of its own would have it.
  private func store(chunks maxChunkBytes: Int = 1000, patience: Int64 = 10_000) -> TopicSnapshots {
    TopicSnapshots(
      cluster.client, cluster.topics, patience: StorePatience(millis: patience), maxChunkBytes: maxChunkBytes)
  }

  private func bytes(_ count: Int, seed: Int = 0) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: ($0 &+ seed) &* 31 >> 3) }
  }

  private func failure(_ store: TopicSnapshots, reading id: SnapshotID) -> String {
    do throws(StoreFailure) {
      _ = try store.read(id)
      return "read"
    } catch {
      return error.description
    }
  }

  @Test(arguments: [0, 1, 999, 1000, 1001, 25_000])
  func `what is written is read again, by another process`(count: Int) throws {
    try store().write(bytes(count), as: id(7))
    #expect(try store().list(task) == [id(7)])
    #expect(try store().read(id(7)) == bytes(count))
  }

  @Test func `a snapshot of many megabytes comes back whole`() throws {
    let bytes = bytes(9 << 20)
    try store(chunks: 512 << 10).write(bytes, as: id(7))
    #expect(try store().read(id(7)) == bytes)
    #expect(try cluster.records(.snapshots).allSatisfy { ($0.value?.count ?? 0) <= 512 << 10 })
  }

  @Test func `the newest state comes first, boundaries before offsets, and tasks do not mix`() throws {
    let other = SnapshotID(TaskID(.govern, Partition(topic: "signals", index: 0)), offset: 4, boundaries: 9)
    let store = store()
    for id in [id(100, 2), id(99, 2), other, id(1000, 1), id(5, 10)] { try store.write([1], as: id) }
    #expect(try store.list(task) == [id(5, 10), id(100, 2), id(99, 2), id(1000, 1)])
    #expect(try store.list(other.task) == [other])
    #expect(try self.store().inventory().map(\.id) == [id(5, 10), id(100, 2), id(99, 2), id(1000, 1), other])
    #expect(try store.inventory().allSatisfy { $0.byteCount == 1 && $0.writtenAt.millis > 0 })
  }

  @Test func `two generations stay, and of the others nothing`() throws {
    let store = store()
    for offset in Int64(1)...5 { try store.add(bytes(2500, seed: Int(offset)), as: id(offset)) }
    #expect(try store.list(task) == [id(5), id(4)])
    #expect(try self.store().read(id(4)) == bytes(2500, seed: 4))
    #expect(failure(store, reading: id(3)).hasSuffix("it is not in healstream.snapshots"))
    let live = try cluster.live(.snapshots).keys.sorted()
    let expected = [4, 5].flatMap { offset in ["", "/0", "/1", "/2"].map { "detect/deliveries/3/1/\(offset)\($0)" } }
    #expect(live == expected)
  }

  @Test func `without its manifest a snapshot is not there`() throws {
    let store = store()
    try store.write(bytes(2500), as: id(1))
    try cluster.put(.snapshots, "detect/deliveries/3/1/1", nil, partition: 0)
    #expect(try store.list(task) == [])
    #expect(try self.store().list(task) == [])
    #expect(failure(store, reading: id(1)).hasSuffix("it is not in healstream.snapshots"))
  }

  @Test func `an interrupted write is not listed, and the next one clears it away`() throws {
    let begun = SnapshotManifest(isComplete: false, byteCount: 2500, chunkCount: 3, partition: 2, from: 0)
    try cluster.put(.snapshots, id(1).text, begun.value, partition: 0)
    for index in 0..<2 { try cluster.put(.snapshots, "\(id(1).text)/\(index)", bytes(1000), partition: 2) }
    let store = store()
    #expect(try store.list(task) == [])
    #expect(failure(store, reading: id(1)).hasSuffix("it is not in healstream.snapshots"))
    try store.write([1], as: id(2))
    #expect(try cluster.live(.snapshots).keys.sorted() == [id(2).text, "\(id(2).text)/0"])
  }

  @Test func `an interrupted write of a newer state is somebody else's`() throws {
    let begun = SnapshotManifest(isComplete: false, byteCount: 2500, chunkCount: 3, partition: 2, from: 0)
    try cluster.put(.snapshots, id(9).text, begun.value, partition: 0)
    try store().add([1], as: id(2))
    #expect(try cluster.live(.snapshots).keys.contains(id(9).text))
  }

  @Test func `a missing chunk is named`() throws {
    let store = store()
    try store.write(bytes(2500), as: id(1))
    let chunk = try #require(try cluster.records(.snapshots).first { $0.key == "\(id(1).text)/1" })
    // Compaction has taken it away before it could be read: its offset is no chunk any more.
    try cluster.put(.snapshots, id(2).text, manifest(of: id(1), in: chunk.partition), partition: 0)
    for index in [0, 2] {
      try cluster.put(.snapshots, "\(id(2).text)/\(index)", bytes(1000), partition: chunk.partition)
    }
    let words = failure(store, reading: id(2))
    #expect(words.contains("found no chunk 1"), "\(words)")
    #expect(try store.read(id(1)) == bytes(2500))
  }

  private func manifest(of id: SnapshotID, in partition: Int32) -> [UInt8] {
    SnapshotManifest(isComplete: true, byteCount: 2500, chunkCount: 3, partition: partition, from: 0).value
  }

  @Test func `chunks that do not make up the bytes are refused`() throws {
    try cluster.put(.snapshots, id(2).text, manifest(of: id(2), in: 1), partition: 0)
    for index in 0..<3 { try cluster.put(.snapshots, "\(id(2).text)/\(index)", bytes(1000), partition: 1) }
    #expect(failure(store(), reading: id(2)).hasSuffix("found 3000 bytes"))
  }

  @Test func `foreign records are passed over`() throws {
    try store().write([1, 2], as: id(1))
    for key in [
      "", "detect/deliveries/3/1", "detect/deliveries/3/01/1", "x/deliveries/3/1/9", String(repeating: "/", count: 500),
    ] {
      try cluster.put(.snapshots, key, Array("{}".utf8), partition: 0)
    }
    for value in [
      "", "{}", "[]", #"{"complete":true,"bytes":-1,"chunks":0,"partition":1,"from":0}"#,
      #"{"complete":true,"bytes":99999999999999,"chunks":9,"partition":1,"from":0}"#,
      #"{"complete":true,"bytes":4,"chunks":5,"partition":1,"from":0}"#,
    ] {
      try cluster.put(.snapshots, id(9).text, Array(value.utf8), partition: 0)
      #expect(try store().list(task) == [id(1)], "\(value)")
    }
    #expect(try store().read(id(1)) == [1, 2])
  }

  @Test func `two processes may write the same snapshot at once`() throws {
    let bytes = bytes(50_000)
    let stores = [store(), store()]
    let id = id(1)
    DispatchQueue.concurrentPerform(iterations: 2) { index in
      for _ in 0..<5 {
        do { try stores[index].write(bytes, as: id) } catch { Issue.record(error) }
      }
    }
    #expect(try store().read(id) == bytes)
    #expect(try store().list(task) == [id])
  }

  @Test func `what compaction leaves of two writers makes one snapshot`() {
    let whole = bytes(5)
    var chunks = ChunkCollection(
      SnapshotManifest(isComplete: true, byteCount: 5, chunkCount: 5, partition: 1, from: 0))
    for index in [3, 1, 3, 4, 0, 0, 2] {
      #expect(!chunks.isComplete)
      chunks.take([whole[index]].span, at: index)
    }
    #expect(chunks.isComplete)
    #expect(chunks.bytes == whole)
  }

  @Test func `chunks of two different states under one name are caught by the checksum`() throws {
    let states = (0..<2).map { seed in
      var state = StateWriter()
      state.write(SnapshotHeader(id(1), epoch: EpochID(7)))
      state.append(bytes(2400, seed: seed).span)
      return state.sealed()
    }
    let manifest = SnapshotManifest(
      isComplete: true, byteCount: states[0].count, chunkCount: 3, partition: 1, from: 0)
    try cluster.put(.snapshots, id(1).text, manifest.value, partition: 0)
    for (index, state) in [0, 1, 0].enumerated() {
      let range = index * 1000..<min((index + 1) * 1000, states[0].count)
      try cluster.put(.snapshots, "\(id(1).text)/\(index)", Array(states[state][range]), partition: 1)
    }
    let mixed = try store().read(id(1))
    #expect(mixed.count == states[0].count)
    #expect(throws: StateError.self) { try OpenSnapshot(mixed) }
    try store().write(states[0], as: id(1))
    #expect(throws: Never.self) { try OpenSnapshot(store().read(id(1))) }
  }

  @Test func `a topic that was made anew is read from its beginning`() throws {
    let store = store()
    for offset in Int64(1)...3 { try store.write([1], as: id(offset)) }
    #expect(try store.list(task).count == 3)
    let name = cluster.topics.name(Topic.snapshots)
    let admin = try Admin(cluster.client)
    #expect(try admin.deleteTopics([name], timeoutMillis: 10_000) == [name: .done])
    let plan = TopicPlan(.snapshots, cluster.topics)
    #expect(try admin.createTopics([plan.description(replication: 1)], timeoutMillis: 10_000) == [name: .done])
    try self.store().write([1], as: id(9))
    #expect(try store.list(task) == [id(9)])
  }

  @Test func `a cluster that is away is waited for so long, then named`() throws {
    cluster.stopBroker()
    let store = store(patience: 500)
    let started = ContinuousClock.now
    let failure = #expect(throws: StoreFailure.self) { try store.list(task) }
    #expect(failure?.isPassing == true)
    #expect(failure?.description.contains("healstream.snapshots[0]") == true)
    #expect(throws: StoreFailure.self) { try store.write([1], as: id(1)) }
    #expect(ContinuousClock.now - started < .seconds(15))
  }
}
