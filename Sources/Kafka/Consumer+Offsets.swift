internal import CRdkafka

extension Consumer {
  /// What the group has committed, and what is stable: while a transaction with offsets of a partition is open, this waits for its end.
  /// - Returns: an entry for each partition asked for.
  /// - Throws: the first partition's error; `_TIMED_OUT` is retriable.
  package func committed(
    _ partitions: [TopicPartition], timeoutMillis: Int
  ) throws(KafkaError) -> [TopicPartition: CommittedOffset] {
    let list = PartitionList(partitions)
    try unsafe client.check(
      rd_kafka_committed(client.handle, list.handle, Int32(clamping: timeoutMillis)), .init(.committed))
    var offsets: [TopicPartition: CommittedOffset] = [:]
    var failure: KafkaError?
    list.forEach { partition, code, committed in
      offsets[partition] = committed
      guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return }
      failure = failure ?? KafkaError(code, during: .init(.committed, partition))
    }
    if let failure { throw failure }
    return offsets
  }

  /// Asks the broker for the first offset that is there, and the one behind the last stable record.
  ///
  /// By the special times of ListOffsets (Kafka's protocol guide: -2 earliest, -1 latest): `rd_kafka_query_watermark_offsets` of librdkafka
  /// 2.0.2 waits for ever, whatever its time-out, where the leader is known and its broker goes away.
  package func watermarks(
    _ partition: TopicPartition, timeoutMillis: Int
  ) throws(KafkaError) -> (low: Int64, high: Int64) {
    let operation = KafkaError.Operation(.watermarks, partition)
    let low = try offset(of: partition, time: -2, operation, timeoutMillis)
    let high = try offset(of: partition, time: -1, operation, timeoutMillis)
    return (low ?? 0, high ?? 0)
  }

  /// The offset behind the last record, as of the last fetch; asks nobody. `nil`: nothing was fetched from there yet.
  package func knownEnd(of partition: TopicPartition) -> Int64? {
    var low: Int64 = 0
    var high: Int64 = 0
    let code = unsafe rd_kafka_get_watermark_offsets(
      client.handle, partition.topic, partition.partition, &low, &high)
    return code == RD_KAFKA_RESP_ERR_NO_ERROR && high >= 0 ? high : nil
  }

  /// The first offset whose record's timestamp is at `timestampMillis` or later; `nil` when there is none.
  package func offset(
    of partition: TopicPartition, atOrAfter timestampMillis: Int64, timeoutMillis: Int
  ) throws(KafkaError) -> Int64? {
    try offset(of: partition, time: timestampMillis, .init(.offsetForTime, partition), timeoutMillis)
  }

  private func offset(
    of partition: TopicPartition, time: Int64, _ operation: KafkaError.Operation, _ timeoutMillis: Int
  ) throws(KafkaError) -> Int64? {
    gate.open()  // the answer comes on the connection that fetches
    let list = PartitionList(capacity: 1)
    list.add(partition, offset: time)
    let code = unsafe rd_kafka_offsets_for_times(client.handle, list.handle, Int32(clamping: timeoutMillis))
    try client.check(code, operation)
    var found: Int64?
    var failure = RD_KAFKA_RESP_ERR_NO_ERROR
    list.forEach { _, code, answer in
      found = answer.offset
      failure = code
    }
    try client.check(failure, operation)
    return found
  }
}
