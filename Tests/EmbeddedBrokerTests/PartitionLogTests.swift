import Testing

@testable import EmbeddedBroker

@Suite struct PartitionLogTests {
  private var log = PartitionLog()

  private mutating func append(
    _ values: [String], producer: Int64 = -1, epoch: Int16 = 0, sequence: Int32 = 0, transactional: Bool = false,
    appendTime: Int64? = nil
  ) throws -> Int64 {
    let bytes = Records.batch(
      values, producerID: producer, epoch: producer < 0 ? -1 : epoch, sequence: producer < 0 ? -1 : sequence,
      transactional: transactional)
    return try log.append(try Records.parsed(bytes), appendTime: appendTime)
  }

  @Test mutating func `batches get consecutive offsets and are read whole`() throws {
    #expect(try append(["a", "b", "c"]) == 0)
    #expect(try append(["d"]) == 3)
    #expect(log.endOffset == 4)
    let both = try log.read(from: 0, isolation: .readUncommitted, maxBytes: .max, always: false).batches
    #expect(both.count == 2)
    #expect(both[1][0..<8] == [0, 0, 0, 0, 0, 0, 0, 3])
    #expect(try log.read(from: 2, isolation: .readUncommitted, maxBytes: .max, always: false).batches == both)
    #expect(try log.read(from: 3, isolation: .readUncommitted, maxBytes: .max, always: false).batches == [both[1]])
    #expect(try log.read(from: 4, isolation: .readUncommitted, maxBytes: .max, always: true).batches == [])
  }

  @Test mutating func `the byte limit holds except for a first batch that must come`() throws {
    _ = try append(["a"])
    _ = try append(["b"])
    let size = try log.read(from: 1, isolation: .readUncommitted, maxBytes: .max, always: false).batches[0].count
    for (limit, always, count) in [
      (size, false, 1), (2 * size - 1, false, 1), (2 * size, false, 2), (1, false, 0), (1, true, 1),
    ] {
      #expect(
        try log.read(from: 0, isolation: .readUncommitted, maxBytes: limit, always: always).batches.count == count)
    }
  }

  @Test mutating func `the last stable offset waits for the oldest open transaction`() throws {
    _ = try append(["plain"])
    _ = try append(["x", "y"], producer: 1, transactional: true)  // 1, 2
    _ = try append(["z"], producer: 2, transactional: true)  // 3
    #expect(log.lastStableOffset == 1)
    try log.endTransaction(.aborted, by: Producer(id: 2, epoch: 0), now: 5)  // 4
    #expect(log.lastStableOffset == 1)
    #expect(try log.read(from: 1, isolation: .readCommitted, maxBytes: .max, always: true).batches == [])
    try log.endTransaction(.committed, by: Producer(id: 1, epoch: 0), now: 5)  // 5
    #expect(log.lastStableOffset == 6)
    let read = try log.read(from: 0, isolation: .readCommitted, maxBytes: .max, always: true)
    #expect(read.aborted == [PartitionLog.AbortedTransaction(producerID: 2, firstOffset: 3, lastOffset: 4)])
    #expect(try log.read(from: 5, isolation: .readCommitted, maxBytes: .max, always: true).aborted == [])
    #expect(try log.read(from: 0, isolation: .readCommitted, maxBytes: 1, always: true).aborted == [])
    #expect(try log.read(from: 0, isolation: .readUncommitted, maxBytes: .max, always: true).aborted == [])
  }

  @Test mutating func `a marker is a control batch with a valid checksum`() throws {
    try log.endTransaction(.committed, by: Producer(id: 9, epoch: 3), now: 77)
    let marker = try log.read(from: 0, isolation: .readUncommitted, maxBytes: .max, always: true).batches[0]
    #expect(marker.count == 78)
    #expect(marker[22] == 0x30)
    #expect(Array(marker[17..<21]) == Self.bigEndian(CRC32C.checksum(marker.span.extracting(21...))))
    #expect(Array(marker[66..<70]) == [0, 0, 0, 1])  // key: version 0, type 1: a commit
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  @Test mutating func `a sequence gap is refused, a repeated batch is known for five batches`() throws {
    for sequence in Int32(0)..<7 { #expect(try append(["v"], producer: 1, sequence: sequence) == Int64(sequence)) }
    #expect(try append(["v"], producer: 1, sequence: 2) == 2)
    #expect(try append(["v"], producer: 1, sequence: 6) == 6)
    #expect(log.endOffset == 7)
    #expect(throws: ErrorCode.outOfOrderSequenceNumber) { try append(["v"], producer: 1, sequence: 1) }
    #expect(throws: ErrorCode.outOfOrderSequenceNumber) { try append(["v"], producer: 1, sequence: 8) }
    #expect(try append(["v"], producer: 1, sequence: 7) == 7)
  }

  @Test mutating func `a newer epoch starts at sequence 0 and fences the older`() throws {
    _ = try append(["v"], producer: 1, epoch: 4, sequence: 0)
    #expect(throws: ErrorCode.outOfOrderSequenceNumber) { try append(["v"], producer: 1, epoch: 5, sequence: 1) }
    _ = try append(["v"], producer: 1, epoch: 5, sequence: 0)
    #expect(throws: ErrorCode.invalidProducerEpoch) { try append(["v"], producer: 1, epoch: 4, sequence: 1) }
    try log.endTransaction(.aborted, by: Producer(id: 1, epoch: 6), now: 0)
    #expect(throws: ErrorCode.invalidProducerEpoch) { try append(["v"], producer: 1, epoch: 5, sequence: 1) }
  }

  @Test mutating func `sequences wrap to 0 after the largest`() throws {
    _ = try append(["v", "w"], producer: 1, sequence: .max - 1)
    #expect(try append(["x"], producer: 1, sequence: 0) == 2)
    _ = try append(["a", "b", "c"], producer: 2, sequence: .max - 1)
    #expect(try append(["d"], producer: 2, sequence: 1) == 6)
  }

  @Test mutating func `append time is stamped, with the bit and a new checksum`() throws {
    _ = try append(["a", "b"], appendTime: 123_456)
    let stored = try log.read(from: 0, isolation: .readUncommitted, maxBytes: .max, always: true).batches[0]
    #expect(stored[22] == 0x08)
    #expect(try Records.parsed(stored[...]).maxTimestamp == 123_456)  // which checks the checksum
    #expect(try log.firstRecord(from: 123_456, isolation: .readUncommitted)?.offset == 0)
  }

  @Test mutating func `a record is found by its time`() throws {
    _ = try append(["a", "b", "c"])  // at 1000, 1001, 1002
    for (time, offset) in [(0, 0), (1_000, 0), (1_001, 1), (1_002, 2)] as [(Int64, Int64)] {
      #expect(try log.firstRecord(from: time, isolation: .readUncommitted)?.offset == offset)
    }
    #expect(try log.firstRecord(from: 1_003, isolation: .readUncommitted) == nil)
  }

  @Test func `a damaged batch is refused with the reason`() {
    let good = Records.batch(["value"])
    func with(_ index: Int, _ byte: UInt8) -> ArraySlice<UInt8> {
      var bytes = good
      bytes[index] = byte
      return bytes
    }
    #expect(throws: ErrorCode.corruptMessage) { try Records.parsed(with(65, 0xff)) }
    #expect(throws: ErrorCode.corruptMessage) { try Records.parsed(good.prefix(60)) }
    #expect(throws: ErrorCode.unsupportedForMessageFormat) { try Records.parsed(with(16, 1)) }
    #expect(throws: ErrorCode.invalidRecord) { try Records.parsed(good + good) }
    #expect(throws: ErrorCode.messageTooLarge) { try Records.parsed(good, maxBytes: good.count - 1) }
    #expect(throws: Never.self) { try Records.parsed(good, maxBytes: good.count) }
  }
}
