@testable import EmbeddedBroker

/// Record batches as a producer packs them.
enum Records {
  static func batch(
    _ values: [String], producerID: Int64 = -1, epoch: Int16 = -1, sequence: Int32 = -1, transactional: Bool = false,
    baseTimestamp: Int64 = 1_000, stepMillis: Int64 = 1
  ) -> ArraySlice<UInt8> {
    var covered = WireWriter()
    covered.int16(transactional ? 0x10 : 0)
    covered.int32(Int32(values.count - 1))
    covered.int64(baseTimestamp)
    covered.int64(baseTimestamp + stepMillis * Int64(values.count - 1))
    covered.int64(producerID)
    covered.int16(epoch)
    covered.int32(sequence)
    covered.int32(Int32(values.count))
    var writer = WireWriter()
    writer.int64(0)
    var body = covered.bytes
    for (index, value) in values.enumerated() {
      body += record(value, delta: Int64(index), millis: stepMillis * Int64(index))
    }
    writer.int32(Int32(body.count + 9))
    writer.int32(-1)
    writer.int8(2)
    writer.int32(Int32(bitPattern: CRC32C.checksum(body.span)))
    return (writer.bytes + body)[...]
  }

  private static func record(_ value: String, delta: Int64, millis: Int64) -> [UInt8] {
    var writer = WireWriter()
    writer.int8(0)
    writer.varint(millis)
    writer.varint(delta)
    writer.varint(-1)  // no key
    writer.varint(Int64(value.utf8.count))
    for byte in value.utf8 { writer.int8(Int8(bitPattern: byte)) }
    writer.varint(0)  // no headers
    var length = WireWriter()
    length.varint(Int64(writer.bytes.count))
    return length.bytes + writer.bytes
  }

  static func parsed(_ bytes: ArraySlice<UInt8>, maxBytes: Int = 1 << 20) throws(ErrorCode) -> RecordBatch {
    try RecordBatch(produced: bytes, maxBytes: maxBytes)
  }
}
