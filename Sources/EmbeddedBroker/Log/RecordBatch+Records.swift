extension RecordBatch {
  /// What compaction looks at in a record.
  struct Record {
    let offset: Int64
    let timestamp: Int64
    let key: ArraySlice<UInt8>?
    let isTombstone: Bool
    let bytes: ArraySlice<UInt8>  // with the length before it
  }

  /// The records of a batch that is not compressed. They are the clients' own business: one that cannot be read ends the
  /// list.
  var records: [Record] {
    guard !isCompressed else { return [] }
    var reader = WireReader(bytes[Self.headerBytes...])
    var records: [Record] = []
    for _ in 0..<recordCount {
      guard let record = try? record(&reader) else { break }
      records.append(record)
    }
    return records
  }

  /// A record is its length, attributes, time and offset since the batch's, key, value and headers.
  private func record(_ reader: inout WireReader) throws(WireFailure) -> Record {
    let start = reader.offset
    var body = WireReader(try reader.take(Int(truncatingIfNeeded: try reader.varint())))
    _ = try body.take(1)
    let timestamp = baseTimestamp &+ (try body.varint())
    let delta = try body.varint()
    guard (0..<endOffset - baseOffset).contains(delta) else {
      throw .invalidLength(at: start, found: Int(truncatingIfNeeded: delta))
    }
    let key = try body.content()
    return Record(
      offset: baseOffset + delta, timestamp: timestamp, key: key, isTombstone: try body.content() == nil,
      bytes: bytes[Self.headerBytes + start..<Self.headerBytes + reader.offset])
  }

  /// The batch with these of its records alone, at their offsets. It needs at least one.
  func keeping(_ kept: [Record]) throws(ErrorCode) -> RecordBatch {
    var bytes = Array(bytes[..<Self.headerBytes])
    for record in kept { bytes += record.bytes }
    bytes.store(Int32(bytes.count - 12), at: 8)
    bytes.store(Int32(kept.count), at: 57)
    bytes.store(Int32(bitPattern: CRC32C.checksum(bytes.span.extracting(21...))), at: 17)
    return try RecordBatch(stored: bytes[...])
  }
}

extension WireReader {
  /// A key or a value of a record; nil for null.
  fileprivate mutating func content() throws(WireFailure) -> ArraySlice<UInt8>? {
    let length = try varint()
    return length < 0 ? nil : try take(Int(truncatingIfNeeded: length))
  }
}
