/// One record batch of format 2 (KIP-98), kept as the bytes that a fetch returns. The records inside stay as the
/// producer packed them, compressed or not; only the header is ever changed.
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
  private static let appendTimeBit: Int16 = 0x08
  private static let transactionalBit: Int16 = 0x10
  private static let controlBit: Int16 = 0x20

  private(set) var bytes: [UInt8]
  private(set) var baseOffset: Int64
  private(set) var maxTimestamp: Int64
  private var attributes: Int16
  private let lastOffsetDelta: Int32
  let baseTimestamp: Int64
  let producer: Producer
  let baseSequence: Int32
  let recordCount: Int32

  /// Reads a batch that must fill `records`.
  /// - Throws: what a broker answers to a batch of the wrong size, format or kind.
  private init(_ records: ArraySlice<UInt8>) throws(ErrorCode) {
    var reader = WireReader(records)
    let length: Int32
    let magic: Int8
    do throws(WireFailure) {
      (baseOffset, length, _, magic, _) = try reader.read(
        Int64.self, Int32.self, Int32.self, Int8.self, Int32.self)
      (attributes, lastOffsetDelta, baseTimestamp, maxTimestamp, producer, baseSequence, recordCount) = try reader.read(
        Int16.self, Int32.self, Int64.self, Int64.self, Producer.self, Int32.self, Int32.self)
    } catch { throw .corruptMessage }
    bytes = Array(records)
    guard magic == 2 else { throw .unsupportedForMessageFormat }
    // Since version 3 a produce request carries exactly one batch per partition.
    guard Int(length) + 12 == bytes.count else { throw .invalidRecord }
    guard recordCount > 0, lastOffsetDelta >= recordCount - 1 else { throw .invalidRecord }
    guard !isIdempotent || producer.epoch >= 0 else { throw .invalidRecord }
    guard !isTransactional || isIdempotent else { throw .invalidRecord }
  }

  /// - Throws: what a broker answers to a produced batch of the wrong size, format, checksum or kind.
  init(produced records: ArraySlice<UInt8>, maxBytes: Int) throws(ErrorCode) {
    guard records.count <= maxBytes else { throw .messageTooLarge }
    try self.init(records)
    guard isIntact else { throw .corruptMessage }
    guard lastOffsetDelta == recordCount - 1, !isControl else { throw .invalidRecord }
    guard !isIdempotent || baseSequence >= 0 else { throw .invalidRecord }
  }

  /// A batch as a log holds it. Whether it ``isIntact`` is left to the caller: it costs a look at every byte.
  init(stored bytes: ArraySlice<UInt8>) throws(ErrorCode) {
    try self.init(bytes)
    guard baseOffset >= 0, baseOffset <= .max - Int64(lastOffsetDelta) - 1 else { throw .invalidRecord }
    guard !isControl || isIdempotent && bytes.count > Self.markerTypeIndex else { throw .invalidRecord }
  }

  /// The control batch that ends a transaction in a partition. It takes one offset, which no consumer is shown.
  init(marking outcome: TransactionOutcome, by producer: Producer, timestamp: Int64) {
    // Length 16 (as a zigzag varint: 32), attributes, timestamp delta, offset delta; then a key of 4 bytes, which are
    // version and type, a value of 6, which are version and the coordinator's epoch; and no headers.
    let record: [UInt8] = [32, 0, 0, 0, 8, 0, 0, 0, outcome == .committed ? 1 : 0, 12, 0, 0, 0, 0, 0, 0, 0]
    self.producer = producer
    (attributes, baseTimestamp, maxTimestamp) = (Self.transactionalBit | Self.controlBit, timestamp, timestamp)
    (baseOffset, lastOffsetDelta, baseSequence, recordCount) = (0, 0, -1, 1)
    var writer = WireWriter()
    writer.write(Int64(0), Int32(49 + record.count), Int32(0), Int8(2), Int32(0))
    writer.write(attributes, Int32(0), timestamp, timestamp, producer, baseSequence, recordCount)
    writer.append(record)
    bytes = writer.bytes
    bytes.store(computedChecksum, at: 17)
  }

  private static let markerTypeIndex = 69  // the second byte of the type in the key

  /// Of a batch that is a marker.
  var outcome: TransactionOutcome { bytes[Self.markerTypeIndex] == 1 ? .committed : .aborted }
  var endOffset: Int64 { baseOffset + Int64(lastOffsetDelta) + 1 }
  /// Sequences wrap from `Int32.max` to 0. Compaction takes records out, but no sequence.
  var nextSequence: Int32 { Int32((Int64(baseSequence) + Int64(lastOffsetDelta) + 1) & Int64(Int32.max)) }
  var isTransactional: Bool { attributes & Self.transactionalBit != 0 }
  var isControl: Bool { attributes & Self.controlBit != 0 }
  var isIdempotent: Bool { producer.id >= 0 }
  var isCompressed: Bool { attributes & 0x07 != 0 }
  var hasAppendTime: Bool { attributes & Self.appendTimeBit != 0 }
  /// Whether the checksum fits.
  var isIntact: Bool { bytes[17..<21].reduce(0) { $0 << 8 | Int32($1) } == computedChecksum }
  private var computedChecksum: Int32 { Int32(bitPattern: CRC32C.checksum(bytes.span.extracting(21...))) }

  /// Gives the batch its place in a log. The checksum does not cover these fields.
  mutating func assign(baseOffset: Int64) {
    self.baseOffset = baseOffset
    bytes.store(baseOffset, at: 0)
    bytes.store(Int32(0), at: 12)
  }

  /// Makes `millis` the time of every record, for topics with `message.timestamp.type=LogAppendTime`.
  mutating func stampAppendTime(_ millis: Int64) {
    attributes |= Self.appendTimeBit
    maxTimestamp = millis
    bytes.store(attributes, at: 21)
    bytes.store(millis, at: 35)
    bytes.store(computedChecksum, at: 17)
  }

  /// The first record at or after `time` and `offset`; the first of the batch where its records are compressed, as none
  /// are unpacked here.
  func firstRecord(from time: Int64, at offset: Int64) -> (offset: Int64, timestamp: Int64) {
    let found = isCompressed || hasAppendTime ? nil : records.first { $0.timestamp >= time && $0.offset >= offset }
    return (found?.offset ?? max(baseOffset, offset), found?.timestamp ?? maxTimestamp)
  }
}
