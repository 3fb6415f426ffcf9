internal import CRdkafka

/// One event from librdkafka; frees it, and all that it lends, exactly once.
@safe struct Event: ~Copyable {
  let handle: OpaquePointer

  init?(polling queue: OpaquePointer, timeoutMillis: Int) {
    guard let event = unsafe rd_kafka_queue_poll(queue, Int32(clamping: timeoutMillis)) else { return nil }
    unsafe handle = event
  }

  deinit { unsafe rd_kafka_event_destroy(handle) }

  var type: Int32 { unsafe rd_kafka_event_type(handle) }
  var code: rd_kafka_resp_err_t { unsafe rd_kafka_event_error(handle) }

  /// The partitions of a rebalance, in order.
  var partitions: [TopicPartition] {
    guard let list = unsafe rd_kafka_event_topic_partition_list(handle) else { return [] }
    return unsafe PartitionList.partitions(of: list).sorted()
  }

  var logLine: LogLine? {
    var facility: UnsafePointer<CChar>?
    var message: UnsafePointer<CChar>?
    var level: Int32 = 0
    guard unsafe rd_kafka_event_log(handle, &facility, &message, &level) == 0,
      let facility = unsafe facility, let message = unsafe message
    else { return nil }
    return unsafe LogLine(level: level, facility: String(cString: facility), message: String(cString: message))
  }

  /// The error that this event carries.
  func error(from client: Client, during call: KafkaError.Operation.Call) -> KafkaError {
    let operation = operation(call)
    if unsafe rd_kafka_event_error_is_fatal(handle) != 0, let fatal = client.fatalError(during: operation) {
      return fatal
    }
    let message = unsafe rd_kafka_event_error_string(handle).map { unsafe String(cString: $0) }
    return KafkaError(code, message, during: operation)
  }

  private func operation(_ call: KafkaError.Operation.Call) -> KafkaError.Operation {
    guard type == RD_KAFKA_EVENT_ERROR, let partition = unsafe rd_kafka_event_topic_partition(handle) else {
      return .init(call)
    }
    defer { unsafe rd_kafka_topic_partition_destroy(partition) }
    return unsafe .init(call, topic: String(cString: partition.pointee.topic), partition: partition.pointee.partition)
  }
}
