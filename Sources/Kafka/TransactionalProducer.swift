internal import CRdkafka

/// Writes records and consumed offsets in transactions (KIP-98, KIP-447); owned by one thread, which its calls block.
///
/// It asks for no delivery reports: a record that could not be delivered fails the commit, and an unread report would make
/// the commit wait for it until the time-out.
package final class TransactionalProducer {
  private let client: Client
  private let sink: RecordSink
  private var progress = TransactionProgress.idle

  /// - Parameter transactionalID: stable over restarts, and unique among those that run: the newest client fences the others.
  package init(_ settings: ClientSettings, transactionalID: String) throws(KafkaError) {
    let configuration = try ClientConfiguration(
      settings, Self.defaults + [("transactional.id", transactionalID)], events: 0)
    client = try configuration.makeClient(RD_KAFKA_PRODUCER)
    sink = RecordSink(client)
  }

  /// Fences the predecessors and settles the transaction that they left; once, before anything else.
  package func initTransactions(timeoutMillis: Int) throws(KafkaError) {
    try unsafe client.check(
      rd_kafka_init_transactions(client.handle, Int32(clamping: timeoutMillis)), .init(.initTransactions))
  }

  package func begin() throws(KafkaError) {
    try unsafe client.check(rd_kafka_begin_transaction(client.handle), .init(.beginTransaction))
    progress = .complete
  }

  /// Enqueues a copy of the record; waits up to 30 s while librdkafka's queue is full.
  /// - Parameters:
  ///   - partition: `nil`: by the key's murmur2 hash, as Java's clients do; at random for a null key.
  ///   - timestampMillis: since 1970; 0 is now.
  /// - Throws: `abortable` when the record is refused, and when the transaction has failed already: `abort` then.
  package func produce(
    topic: String, partition: Int32? = nil, key: Span<UInt8>?, value: Span<UInt8>?, headers: [Header] = [],
    timestampMillis: Int64
  ) throws(KafkaError) {
    do throws(KafkaError) {
      try sink.produce(
        topic: topic, partition: partition, key: key, value: value, headers: headers, timestampMillis: timestampMillis
      ) { unsafe _ = rd_kafka_poll(client.handle, Int32($0)) }
    } catch {
      guard progress != .idle else { throw error }
      let refusal = error.asRefusedRecord
      if refusal.severity != .retriable { progress = .lacksRecord }
      throw refusal
    }
  }

  /// Adds the group's offsets to the transaction. librdkafka 2.0.2 may take twice `timeoutMillis` (issue 5456), and is retriable then.
  /// - Throws: `abortable` also when the group has moved on to another generation.
  package func sendOffsets(
    _ offsets: [OffsetToCommit], _ group: ConsumerGroupMetadata, timeoutMillis: Int
  ) throws(KafkaError) {
    if progress == .complete { progress = .lacksOffsets }
    let list = PartitionList(offsets)
    try unsafe client.check(
      rd_kafka_send_offsets_to_transaction(
        client.handle, list.handle, group.handle, Int32(clamping: timeoutMillis)), .init(.sendOffsets))
    if progress == .lacksOffsets { progress = .complete }
  }

  /// Waits for all records and commits. Where the last `sendOffsets` has not succeeded, or a record was refused, nothing is
  /// committed and the error is `abortable`; librdkafka itself would commit the rest.
  /// - Throws: `retriable` leaves the outcome open: commit again, or fence with a new producer and read what is committed.
  package func commit(timeoutMillis: Int) throws(KafkaError) {
    if let objection = progress.objection { throw objection }
    try unsafe client.check(
      rd_kafka_commit_transaction(client.handle, Int32(clamping: timeoutMillis)), .init(.commitTransaction))
    progress = .idle
  }

  /// Drops what is queued and aborts; `retriable`: abort again.
  package func abort(timeoutMillis: Int) throws(KafkaError) {
    try unsafe client.check(
      rd_kafka_abort_transaction(client.handle, Int32(clamping: timeoutMillis)), .init(.abortTransaction))
    progress = .idle
  }

  /// What librdkafka has logged since the last call.
  package func takeLog() -> [LogLine] { client.takeLog() }

  /// A transaction lives 60 s at most, the records in it half of that.
  private static let defaults: [(key: String, value: String)] = [
    ("enable.idempotence", "true"),
    ("partitioner", "murmur2_random"),
    ("transaction.timeout.ms", "60000"),
    ("message.timeout.ms", "30000"),
    ("queue.buffering.max.kbytes", "262144"),
  ]
}

extension KafkaError {
  /// A record that was not taken leaves the transaction incomplete, and only that: librdkafka sets no flag here. `_STATE`
  /// says that an earlier record has failed the transaction already.
  fileprivate var asRefusedRecord: KafkaError {
    guard severity == .fatal, code != RD_KAFKA_RESP_ERR__FATAL.rawValue else { return self }
    return KafkaError(
      severity: .abortable, code: rd_kafka_resp_err_t(code), message: message, operation: operation)
  }
}
