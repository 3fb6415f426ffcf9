internal import CRdkafka

/// The producing half of both producers: topics by name, records by copy, waiting while the queue is full.
@safe final class RecordSink {
  let client: Client
  private let queueFullTimeoutMillis = 30_000
  private var topics: [String: TopicHandle] = [:]

  init(_ client: Client) {
    self.client = client
  }

  /// - Parameter serve: called with a time in milliseconds while the queue is full, to let it drain.
  func produce(
    topic: String, partition: Int32?, key: Span<UInt8>?, value: Span<UInt8>?, headers: [Header],
    timestampMillis: Int64, serve: (_ timeoutMillis: Int) -> Void
  ) throws(KafkaError) {
    let operation = KafkaError.Operation(.produce, topic: topic, partition: partition)
    let handle = try self.handle(topic, operation)
    var waitedMillis = 0
    while true {
      let list = HeaderList(headers)
      let error = unsafe withBytes(key) { (key, keyCount) in
        unsafe withBytes(value) { (value, valueCount) in
          unsafe crdkafka_produce(
            client.handle, handle.handle, partition ?? -1, key, keyCount, value, valueCount, list.handle,
            timestampMillis)
        }
      }
      guard let error = unsafe error else { return list.handOver() }
      let failure = unsafe KafkaError(adopting: error, from: client, during: operation)
      guard failure.code == RD_KAFKA_RESP_ERR__QUEUE_FULL.rawValue, waitedMillis < queueFullTimeoutMillis else {
        throw failure
      }
      serve(10)
      waitedMillis += 10
    }
  }

  private func handle(_ topic: String, _ operation: KafkaError.Operation) throws(KafkaError) -> TopicHandle {
    if let known = topics[topic] { return known }
    guard let created = TopicHandle(topic, of: client) else {
      throw KafkaError(RD_KAFKA_RESP_ERR__INVALID_ARG, "the topic's name is not valid", during: operation)
    }
    topics[topic] = created
    return created
  }

  /// Lends the bytes to C: a null pointer for `nil`, any other for an empty span.
  private func withBytes<Result>(_ span: Span<UInt8>?, _ body: (UnsafeRawPointer?, Int) -> Result) -> Result {
    guard let span else { return body(nil, 0) }
    return unsafe span.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else {
        var nothing: UInt8 = 0
        return unsafe withUnsafeBytes(of: &nothing) { unsafe body($0.baseAddress, 0) }
      }
      return unsafe body(start, bytes.count)
    }
  }
}
