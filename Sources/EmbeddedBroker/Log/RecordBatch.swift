/// One record batch of format 2 (KIP-98), kept as the bytes that a fetch returns. The records inside stay as the
/// producer packed them, compressed or not; only the header is ever read or changed.
///
///      0  base offset           8      27  base timestamp        8
///      8  length after this     4      35  max timestamp         8
///     12  partition leader epoch 4     43  producer id           8
///     16  magic (2)             1      51  producer epoch        2
///     17  CRC-32C of 21...      4      53  base sequence         4
///     21  attributes            2      57  record count          4
///     23  last offset delta     4      61  records
struct RecordBatch {
  static let headerBytes = 61
  private static let appendTimeBit: UInt16 = 0x08
  private static let transactionalBit: UInt16 = 0x10
  private static let controlBit: UInt16 = 0x20

  private(set) var bytes: [UInt8]
  private(set) var baseOffset: Int64 = 0
  private(set) var maxTimestamp: Int64
  private var attributes: UInt16
  let recordCount: Int32
  let producerID: Int64
  let producerEpoch: Int16
  let baseSequence: Int32

  /// - Throws: what a broker answers to a produced batch of the wrong size, format, checksum or kind.
  init(produced records: ArraySlice<UInt8>, maxBytes: Int) throws(ErrorCode) {
    guard records.count >= Self.headerBytes else { throw .corruptMessage }
    guard records.count <= maxBytes else { throw .messageTooLarge }
    self.init(unchecked: Array(records))
    guard bytes[16] == 2 else { throw .unsupportedForMessageFormat }
    // Since version 3 a produce request carries exactly one batch per partition.
    guard Int64(Self.integer(bytes, at: 8, Int32.self)) + 12 == bytes.count else { throw .invalidRecord }
    guard Self.integer(bytes, at: 17, UInt32.self) == computedChecksum else { throw .corruptMessage }
    guard recordCount > 0, Self.integer(bytes, at: 23, Int32.self) == recordCount - 1, !isControl else {
      throw .invalidRecord
    }
    guard producerID < 0 || (producerEpoch >= 0 && baseSequence >= 0) else { throw .invalidRecord }
    guard !isTransactional || producerID >= 0 else { throw .invalidRecord }
  }

  private init(unchecked bytes: [UInt8]) {
    self.bytes = bytes
    attributes = Self.integer(bytes, at: 21, UInt16.self)
    maxTimestamp = Self.integer(bytes, at: 35, Int64.self)
    producerID = Self.integer(bytes, at: 43, Int64.self)
    producerEpoch = Self.integer(bytes, at: 51, Int16.self)
    baseSequence = Self.integer(bytes, at: 53, Int32.self)
    recordCount = Self.integer(bytes, at: 57, Int32.self)
  }

  /// The control batch that ends a transaction in a partition. It takes one offset, which no consumer is shown.
  init(marking outcome: TransactionOutcome, producerID: Int64, producerEpoch: Int16, timestamp: Int64) {
    var writer = WireWriter()
    for _ in 0..<21 { writer.int8(0) }
    writer.int16(Int16(Self.transactionalBit | Self.controlBit))
    writer.int32(0)
    writer.int64(timestamp)
    writer.int64(timestamp)
    writer.int64(producerID)
    writer.int16(producerEpoch)
    writer.int32(-1)
    writer.int32(1)
    // Record: length 16, attributes, timestamp delta, offset delta, then a key of 4 and a value of 6 bytes, no headers.
    writer.varint(16)
    for _ in 0..<3 { writer.int8(0) }
    writer.varint(4)
    writer.int16(0)
    writer.int16(outcome == .committed ? 1 : 0)
    writer.varint(6)
    writer.int16(0)
    writer.int32(0)
    writer.varint(0)
    self.init(unchecked: writer.bytes)
    store(Int32(bytes.count - 12), at: 8)
    bytes[16] = 2
    store(computedChecksum, at: 17)
  }

  var endOffset: Int64 { baseOffset + Int64(recordCount) }
  var isTransactional: Bool { attributes & Self.transactionalBit != 0 }
  var isControl: Bool { attributes & Self.controlBit != 0 }
  var isIdempotent: Bool { producerID >= 0 }
  private var isCompressed: Bool { attributes & 0x07 != 0 }
  private var hasAppendTime: Bool { attributes & Self.appendTimeBit != 0 }
  private var computedChecksum: UInt32 { CRC32C.checksum(bytes.span.extracting(21...)) }

  /// Gives the batch its place in a log. The checksum does not cover these fields.
  mutating func assign(baseOffset: Int64) {
    self.baseOffset = baseOffset
    store(baseOffset, at: 0)
    store(Int32(0), at: 12)
  }

  /// Makes `millis` the time of every record, for topics with `message.timestamp.type=LogAppendTime`.
  mutating func stampAppendTime(_ millis: Int64) {
    attributes |= Self.appendTimeBit
    maxTimestamp = millis
    store(attributes, at: 21)
    store(millis, at: 35)
    store(computedChecksum, at: 17)
  }

  /// The first record at or after `time`; the first of the batch where its records are compressed, as none are unpacked
  /// here.
  func firstRecord(from time: Int64) -> (offset: Int64, timestamp: Int64) {
    guard !isCompressed, !hasAppendTime else { return (baseOffset, maxTimestamp) }
    let baseTimestamp = Self.integer(bytes, at: 27, Int64.self)
    var reader = WireReader(bytes[Self.headerBytes...])
    do throws(WireFailure) {
      for index in 0..<recordCount {
        var record = WireReader(try reader.take(Int(truncatingIfNeeded: try reader.varint())))
        _ = try record.int8()
        let timestamp = baseTimestamp &+ (try record.varint())
        if timestamp >= time { return (baseOffset + Int64(index), timestamp) }
      }
    } catch {}  // Records are the clients' own business: one that cannot be read ends the search.
    return (baseOffset, maxTimestamp)
  }

  private static func integer<T: FixedWidthInteger>(_ bytes: [UInt8], at offset: Int, _ type: T.Type) -> T {
    var value: T = 0
    for index in offset..<offset + T.bitWidth / 8 { value = value << 8 | T(truncatingIfNeeded: bytes[index]) }
    return value
  }

  private mutating func store<T: FixedWidthInteger>(_ value: T, at offset: Int) {
    for index in 0..<T.bitWidth / 8 {
      bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (T.bitWidth - 8 - 8 * index))
    }
  }
}
