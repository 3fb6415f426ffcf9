import Foundation
import Testing

@testable import EmbeddedBroker

/// Retention and compaction, in a directory; `Clients/deletion.py` has them in memory.
@Suite final class CleaningTests {
  private let directory = FileManager.default.temporaryDirectory.appending(path: "embedded-broker-\(UUID().uuidString)")
  private var log: PartitionLog
  private var configuration = TopicConfiguration()
  private let now: Int64 = 1_000_000_000

  init() throws {
    try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
    log = PartitionLog(in: File(directory.appending(path: "t-0").path()))
  }

  deinit { try? FileManager.default.removeItem(at: directory) }

  private func configure(_ settings: [String: String]) throws {
    for (name, value) in settings { try configuration.set(name, to: value) }
  }

  @discardableResult
  private func append(
    _ values: [String], keys: [String] = [], at time: Int64 = 1_000_000_000, producer: Int64 = -1, sequence: Int32 = 0,
    transactional: Bool = false
  ) throws -> Int64 {
    let bytes = Records.batch(
      values, keys: keys, producerID: producer, epoch: producer < 0 ? -1 : 0, sequence: producer < 0 ? -1 : sequence,
      transactional: transactional, baseTimestamp: time, stepMillis: 0)
    return try log.append(try Records.parsed(bytes), appendTime: nil, configuration: configuration)
  }

  private func clean(at time: Int64? = nil) throws { try log.clean(configuration, now: time ?? now) }

  private func recover() throws {
    log = PartitionLog(in: log.directory)
    try log.recover()
  }

  /// `offset:key` of all that is left, and of markers `offset`.
  private func left() throws -> [String] {
    var (offset, found) = (log.startOffset, [String]())
    while offset < log.endOffset {
      let read = try log.read(from: offset, isolation: .readUncommitted, maxBytes: 1, always: true)
      guard let bytes = read.batches.first else { break }
      let batch = try RecordBatch(stored: bytes[...])
      #expect(batch.isIntact)
      found += batch.isControl ? ["\(batch.baseOffset)"] : batch.records.map { "\($0.offset):\($0.keyText)" }
      offset = batch.endOffset
    }
    return found
  }

  // MARK: Retention

  @Test func `segments older than retention go, and the log begins later`() throws {
    try configure(["retention.ms": "1000", "segment.bytes": "150"])
    for age in [5_000, 3_000, 1_001, 1_000, 0] as [Int64] {
      try append([String(repeating: "v", count: 80)], at: now - age)
    }
    try clean()
    #expect(log.startOffset == 3)
    try recover()
    #expect(log.startOffset == 3)
    #expect(log.endOffset == 5)
  }

  @Test func `a log whose records are all too old becomes empty, and keeps its end`() throws {
    try configure(["retention.ms": "1000"])
    for _ in 0..<3 { try append(["v"], at: now - 2_000) }
    try clean()
    #expect(log.startOffset == 3)
    #expect(log.byteCount == 0)
    try recover()
    #expect(log.startOffset == 3)
    #expect(try append(["w"]) == 3)
  }

  @Test func `as many bytes stay as retention allows, in whole segments`() throws {
    try configure(["retention.bytes": "400", "segment.bytes": "150", "retention.ms": "-1"])
    for _ in 0..<10 { try append([String(repeating: "v", count: 80)]) }
    let segmentBytes = log.segments[0].byteCount
    try clean()
    #expect(log.segments.count == (400 + segmentBytes - 1) / segmentBytes)
    #expect(log.byteCount >= 400)
  }

  @Test func `what a transaction may still abort stays`() throws {
    try configure(["retention.ms": "1000", "segment.bytes": "100"])
    try append(["plain"], at: 0)
    try append(["open"], at: 0, producer: 1, transactional: true)
    try append(["later"], at: 0)
    try clean()
    #expect(log.startOffset == 1)
    try log.endTransaction(.committed, by: Producer(id: 1, epoch: 0), now: 0)
    try clean()
    #expect(log.startOffset == 4)
  }

  @Test func `a log is cut to an offset within a segment, and to its end`() throws {
    try configure(["segment.bytes": "100"])
    for _ in 0..<3 { try append(["a", "b"]) }
    try log.cut(to: 3)
    #expect(log.startOffset == 3)
    #expect(log.segments[0].baseOffset == 2)
    #expect(try log.firstRecord(from: 0, isolation: .readCommitted)?.offset == 3)
    #expect(throws: ErrorCode.offsetOutOfRange) { try log.cut(to: 7) }
    try log.cut(to: 6)
    try log.cut(to: 1)
    #expect(log.startOffset == 6)
  }

  // MARK: Compaction

  private func compact(_ settings: [String: String] = [:]) throws {
    try configure(["cleanup.policy": "compact", "segment.bytes": "14", "delete.retention.ms": "1000"])
    try configure(settings)
  }

  @Test func `the last record of each key stays, at its offset`() throws {
    try compact()
    try append(["1", "2", "3"], keys: ["a", "b", "a"])
    try append(["4", "5"], keys: ["c", "b"])
    try append(["6"], keys: ["c"])
    try append(["active"], keys: ["a"])
    try clean()
    let expected = ["2:a", "4:b", "5:c", "6:a"]
    #expect(try left() == expected)
    try recover()
    #expect(try left() == expected)
    #expect(log.startOffset == 0)
    #expect(try append(["next"], keys: ["d"]) == 7)
    let read = try log.read(from: 1, isolation: .readCommitted, maxBytes: .max, always: true)
    #expect(read.batches.count == 1)
  }

  @Test func `a segment of which nothing is left goes, and readers pass over the gap`() throws {
    try compact()
    for index in 0..<5 { try append(["\(index)"], keys: ["same"]) }
    try clean()
    #expect(try left() == ["3:same", "4:same"])
    #expect(log.segments.map(\.baseOffset) == [0, 3, 4])
    for offset in Int64(0)...3 {
      let read = try log.read(from: offset, isolation: .readCommitted, maxBytes: 1, always: true)
      #expect(try RecordBatch(stored: read.batches[0][...]).baseOffset == 3)
    }
  }

  @Test func `a reader in a gap of a large segment finds what comes next`() throws {
    try compact(["segment.bytes": "100000"])
    for index in 0..<30 {
      try append([String(repeating: "v", count: 3_000)], keys: [index % 3 == 0 ? "k\(index)" : "same"])
    }
    try log.roll()
    try clean()
    #expect(try left().count == 11)
    for offset in Int64(0)..<30 {
      let read = try log.read(from: offset, isolation: .readCommitted, maxBytes: 1, always: true)
      let found = try RecordBatch(stored: try #require(read.batches.first)[...]).baseOffset
      #expect(found == min(29, (offset + 2) / 3 * 3))
    }
  }

  @Test func `tombstones stay for their time, and then go`() throws {
    try compact()
    try append(["1", ""], keys: ["a", "a"], at: now)
    try append(["active"], keys: ["b"], at: now)
    try clean(at: now + 1_000)
    #expect(try left() == ["1:a", "2:b"])
    try clean(at: now + 1_001)
    #expect(try left() == ["2:b"])
  }

  @Test func `records of aborted transactions go, their markers later, and nothing of an open one`() throws {
    try compact(["segment.ms": "9000000000000"])
    let producer = Producer(id: 1, epoch: 0)
    try append(["keep"], keys: ["a"])  // 0
    try append(["aborted"], keys: ["a"], producer: 1, transactional: true)  // 1
    try log.endTransaction(.aborted, by: producer, now: now)  // 2
    try append(["committed"], keys: ["b"], producer: 1, sequence: 1, transactional: true)  // 3
    try log.endTransaction(.committed, by: producer, now: now)  // 4
    try append(["open"], keys: ["b"], producer: 2, transactional: true)  // 5
    try append(["last"], keys: ["b"], producer: 1, sequence: 2, transactional: true)  // 6
    try append(["active"], keys: ["c"])  // 7
    try clean()
    #expect(try left() == ["0:a", "2", "3:b", "4", "5:b", "6:b", "7:c"])
    try clean(at: now + 1_001)
    #expect(try left() == ["0:a", "3:b", "4", "5:b", "6:b", "7:c"])
    #expect(try log.read(from: 0, isolation: .readCommitted, maxBytes: .max, always: true).aborted == [])
    try recover()
    #expect(log.lastStableOffset == 5)
    #expect(log.aborted == [])
  }

  @Test func `the last batch of a producer stays, so that its sequence is known after a restart`() throws {
    try compact()
    try append(["old"], keys: ["a"], producer: 1, sequence: 0)
    try append(["new"], keys: ["a"])
    try append(["active"], keys: ["b"])
    try clean()
    try recover()
    #expect(try append(["old"], keys: ["a"], producer: 1, sequence: 0) == 0)
    #expect(throws: ErrorCode.outOfOrderSequenceNumber) { try append(["x"], keys: ["a"], producer: 1, sequence: 2) }
  }

  @Test(arguments: UInt64(1)...5)
  func `a compacted log tells the same last values as the whole one`(seed: UInt64) throws {
    var random = SeededGenerator(state: seed &* 0x9e37_79b9_7f4a_7c15)
    try compact(["segment.bytes": "1000"])
    var (expected, sequences) = ([String: Int64](), [Int64: Int32]())
    for _ in 0..<300 {
      let keys = (0..<Int.random(in: 1...8, using: &random)).map { _ in "k\(Int.random(in: 0..<40, using: &random))" }
      let producer = Int64.random(in: 1...3, using: &random)
      let base = try append(
        keys, keys: keys, producer: producer, sequence: sequences[producer, default: 0], transactional: true)
      sequences[producer, default: 0] += Int32(keys.count)
      let outcome: TransactionOutcome = Bool.random(using: &random) ? .committed : .aborted
      try log.endTransaction(outcome, by: Producer(id: producer, epoch: 0), now: now)
      if outcome == .committed { for (index, key) in keys.enumerated() { expected[key] = base + Int64(index) } }
      if Int.random(in: 0..<20, using: &random) == 0 {
        try clean(at: now + Int64.random(in: 0...2_000, using: &random))
      }
      if Int.random(in: 0..<40, using: &random) == 0 { try recover() }
    }
    #expect(try committedLastOffsets() == expected)
    let size = log.byteCount
    try log.roll()
    try clean()
    #expect(log.byteCount < size)
    #expect(try committedLastOffsets() == expected)
  }

  /// As a consumer that reads committed records learns them, by the aborted ranges of each fetch.
  private func committedLastOffsets() throws -> [String: Int64] {
    var (offset, found) = (log.startOffset, [String: Int64]())
    while offset < log.endOffset {
      let read = try log.read(from: offset, isolation: .readCommitted, maxBytes: 2_000, always: true)
      guard !read.batches.isEmpty else { break }
      for bytes in read.batches {
        let batch = try RecordBatch(stored: bytes[...])
        offset = batch.endOffset
        let isAborted = read.aborted.contains {
          $0.producerID == batch.producer.id && ($0.firstOffset...$0.lastOffset).contains(batch.baseOffset)
        }
        guard !batch.isControl, !isAborted else { continue }
        for record in batch.records { found[record.keyText] = record.offset }
      }
    }
    return found
  }
}
