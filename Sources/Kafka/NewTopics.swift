internal import CRdkafka

/// Owns the requests of one CreateTopics call.
@safe final class NewTopics {
  private var handles: [OpaquePointer?] = unsafe []

  /// - Throws: `_INVALID_ARG`, naming the topic, when librdkafka refuses its name, numbers or properties.
  init(_ topics: [TopicDescription]) throws(KafkaError) {
    for topic in topics { try unsafe handles.append(Self.request(topic)) }
  }

  deinit { unsafe rd_kafka_NewTopic_destroy_array(&handles, handles.count) }

  func withHandles(_ body: (UnsafeMutablePointer<OpaquePointer?>?, Int) -> Void) {
    let count = unsafe handles.count
    unsafe handles.withUnsafeMutableBufferPointer { unsafe body($0.baseAddress, count) }
  }

  private static func request(_ topic: TopicDescription) throws(KafkaError) -> OpaquePointer {
    let operation = KafkaError.Operation(.createTopics, topic: topic.name)
    var reason = [CChar](repeating: 0, count: 512)
    guard
      let handle = unsafe rd_kafka_NewTopic_new(
        topic.name, topic.partitions, Int32(topic.replicationFactor), &reason, reason.count)
    else {
      let message = String(buffer: reason)
      throw KafkaError(RD_KAFKA_RESP_ERR__INVALID_ARG, message, during: operation)
    }
    for property in topic.configuration {
      let code = unsafe rd_kafka_NewTopic_set_config(handle, property.key, property.value)
      guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
        unsafe rd_kafka_NewTopic_destroy(handle)
        throw KafkaError(code, "the property \(property.key)", during: operation)
      }
    }
    return unsafe handle
  }
}
