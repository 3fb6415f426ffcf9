internal import CRdkafka

/// A topic that a producer has written to; keeps its client alive, since it must go first.
@safe final class TopicHandle {
  let handle: OpaquePointer
  private let client: Client

  /// `nil` when the name is not one.
  init?(_ name: String, of client: Client) {
    guard let created = unsafe rd_kafka_topic_new(client.handle, name, nil) else { return nil }
    unsafe handle = created
    self.client = client
  }

  deinit { unsafe rd_kafka_topic_destroy(handle) }
}
