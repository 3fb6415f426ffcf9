@testable import EmbeddedBroker

/// Record batches as a producer packs them.
enum Records {
  static func batch(
    _ values: [String], keys: [String] = [], producerID: Int64 = -1, epoch: Int16 = -1, sequence: Int32 = -1,
    transactional: Bool = false,
    baseTimestamp: Int64 = 1_000, stepMillis: Int64 = 1
  ) -> ArraySlice<UInt8> {
    let (count, maxTimestamp) = (Int32(values.count), baseTimestamp + stepMillis * Int64(values.count - 1))
    var covered = WireWriter()
    covered.write(Int16(transactional ? 0x10 : 0), count - 1, baseTimestamp, maxTimestamp)
    covered.write(producerID, epoch, sequence, count)
    var body = covered.bytes
    for (index, value) in values.enumerated() {
      let key = keys.isEmpty ? nil : keys[index]
      body += record(key, value, delta: Int64(index), millis: stepMillis * Int64(index))
    }
    var writer = WireWriter()
    writer.write(Int64(0), Int32(body.count + 9), Int32(-1), Int8(2), Int32(bitPattern: CRC32C.checksum(body.span)))
    return (writer.bytes + body)[...]
  }

  /// A value that is empty stands for none: a tombstone.
  private static func record(_ key: String?, _ value: String, delta: Int64, millis: Int64) -> [UInt8] {
    var writer = WireWriter()
    writer.write(Int8(0))
    writer.varint(millis)
    writer.varint(delta)
    writer.content(key)
    writer.content(value.isEmpty ? nil : value)
    writer.varint(0)  // no headers
    var length = WireWriter()
    length.varint(Int64(writer.bytes.count))
    return length.bytes + writer.bytes
  }

  static func parsed(_ bytes: ArraySlice<UInt8>, maxBytes: Int = 1 << 20) throws(ErrorCode) -> RecordBatch {
    try RecordBatch(produced: bytes, maxBytes: maxBytes)
  }
}

extension WireWriter {
  /// A zigzag varint, as records hold them.
  mutating func varint(_ value: Int64) { unsignedVarint(UInt64(bitPattern: value << 1 ^ value >> 63)) }

  fileprivate mutating func content(_ text: String?) {
    varint(Int64(text?.utf8.count ?? -1))
    append(Array((text ?? "").utf8))
  }
}

extension RecordBatch.Record {
  var keyText: String { String(decoding: key ?? [], as: UTF8.self) }
}

extension PartitionLog.Read {
  /// Its bytes, batch by batch.
  var batches: [[UInt8]] {
    var (rest, batches) = (bytes, [[UInt8]]())
    while let size = RecordBatch.Frame(in: rest)?.size {
      batches.append(Array(rest.prefix(size)))
      rest = rest.dropFirst(size)
    }
    return batches
  }
}
