internal import CRdkafka

/// A record, borrowed for the length of the callback that it is passed to. All but its time and its headers is had without a call.
@safe package struct Message: ~Copyable, ~Escapable {
  /// Which of `Consumer.topics` this is from: comparing it costs nothing, unlike a name.
  package let topicIndex: Int
  package let partition: Int32
  package let offset: Int64
  /// `nil` is a null key; an empty one has no bytes.
  package let key: Span<UInt8>?
  /// `nil` is a tombstone.
  package let value: Span<UInt8>?
  private let record: UnsafePointer<rd_kafka_message_t>

  @_lifetime(borrow record)
  init(borrowing record: UnsafePointer<rd_kafka_message_t>, topicIndex: Int) {
    unsafe self.record = record
    self.topicIndex = topicIndex
    partition = unsafe record.pointee.partition
    offset = unsafe record.pointee.offset
    key = unsafe _overrideLifetime(Self.span(record.pointee.key, record.pointee.key_len), borrowing: record)
    value = unsafe _overrideLifetime(Self.span(record.pointee.payload, record.pointee.len), borrowing: record)
  }

  /// The producer's time, or the broker's where the topic has `message.timestamp.type=LogAppendTime`; -1 if it has none.
  package var timestampMillis: Int64 {
    var type = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
    return unsafe rd_kafka_message_timestamp(record, &type)
  }

  /// Parses and copies the headers, in their order: for rare paths, such as dead letters.
  package func headers() -> [Header] {
    var list: OpaquePointer?
    guard unsafe rd_kafka_message_headers(record, &list) == RD_KAFKA_RESP_ERR_NO_ERROR, let list = unsafe list else {
      return []
    }
    return unsafe (0..<rd_kafka_header_cnt(list)).compactMap { index in
      var name: UnsafePointer<CChar>?
      var value: UnsafeRawPointer?
      var count = 0
      guard unsafe rd_kafka_header_get_all(list, index, &name, &value, &count) == RD_KAFKA_RESP_ERR_NO_ERROR,
        let name = unsafe name
      else { return nil }
      let bytes = unsafe value.map { unsafe [UInt8](UnsafeRawBufferPointer(start: $0, count: count)) }
      return unsafe Header(name: String(cString: name), value: bytes)
    }
  }

  @_lifetime(immortal)
  private static func span(_ start: UnsafeMutableRawPointer?, _ count: Int) -> Span<UInt8>? {
    guard let start = unsafe start else { return nil }
    let bytes = unsafe Span<UInt8>(_unsafeStart: UnsafePointer(start.assumingMemoryBound(to: UInt8.self)), count: count)
    return unsafe _overrideLifetime(bytes, copying: ())
  }
}
