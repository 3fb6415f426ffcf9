internal import CRdkafka

/// An idempotent producer without transactions, for what need not be atomic; owned by one thread.
package final class Producer {
  private let client: Client
  private let sink: RecordSink
  private let events: Queue
  private var failure: KafkaError?

  package init(_ settings: ClientSettings) throws(KafkaError) {
    let configuration = try ClientConfiguration(settings, Self.defaults, events: RD_KAFKA_EVENT_DR)
    client = try configuration.makeClient(RD_KAFKA_PRODUCER)
    sink = RecordSink(client)
    events = Queue.producerEvents(of: client)
  }

  /// Enqueues a copy of the record; waits up to 30 s while librdkafka's queue is full. Delivery is `flush`'s to report.
  /// - Parameters:
  ///   - partition: `nil`: by the key's murmur2 hash, as Java's clients do; at random for a null key.
  ///   - timestampMillis: since 1970; 0 is now.
  package func produce(
    topic: String, partition: Int32? = nil, key: Span<UInt8>?, value: Span<UInt8>?, headers: [Header] = [],
    timestampMillis: Int64
  ) throws(KafkaError) {
    try sink.produce(
      topic: topic, partition: partition, key: key, value: value, headers: headers, timestampMillis: timestampMillis,
      serve: serve)
  }

  /// Waits until every record so far is delivered or has failed.
  /// - Throws: the first failed delivery since the last flush; else `_TIMED_OUT`, retriable, with what is left.
  package func flush(timeoutMillis: Int) throws(KafkaError) {
    let deadline = ContinuousClock.now + .milliseconds(timeoutMillis)
    serve(timeoutMillis: 0)
    // An impatient call: it makes librdkafka send at once what waits for `linger.ms`.
    unsafe _ = rd_kafka_flush(client.handle, 0)
    while unsafe rd_kafka_outq_len(client.handle) > 0, ContinuousClock.now < deadline { serve(timeoutMillis: 5) }
    client.collectLog()
    if let failure {
      self.failure = nil
      throw failure
    }
    let left = unsafe rd_kafka_outq_len(client.handle)
    guard left == 0 else {
      throw KafkaError(
        RD_KAFKA_RESP_ERR__TIMED_OUT, "\(left) records are not delivered after \(timeoutMillis) ms",
        during: .init(.flush))
    }
  }

  /// What librdkafka has logged since the last call.
  package func takeLog() -> [LogLine] { client.takeLog() }

  /// Reads reports of failed deliveries, and keeps the first.
  private func serve(timeoutMillis: Int) {
    var waitMillis = timeoutMillis
    while let event = events.poll(timeoutMillis: waitMillis) {
      waitMillis = 0
      if event.type == RD_KAFKA_EVENT_DR { keepFirstFailure(event) }
    }
  }

  private func keepFirstFailure(_ report: borrowing Event) {
    while let message = unsafe rd_kafka_event_message_next(report.handle) {
      guard failure == nil, unsafe message.pointee.err != RD_KAFKA_RESP_ERR_NO_ERROR else { continue }
      let topic = unsafe String(cString: rd_kafka_topic_name(message.pointee.rkt))
      let operation = unsafe KafkaError.Operation(.delivery, topic: topic, partition: message.pointee.partition)
      let code = unsafe message.pointee.err
      failure = client.fatalError(during: operation) ?? KafkaError(code, during: operation)
    }
  }

  private static let defaults: [(key: String, value: String)] = [
    ("enable.idempotence", "true"),
    ("partitioner", "murmur2_random"),
    ("message.timeout.ms", "60000"),
    ("delivery.report.only.error", "true"),
    ("queue.buffering.max.kbytes", "262144"),
  ]
}
