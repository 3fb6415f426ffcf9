internal import CRdkafka

/// A queue of librdkafka's; keeps its client alive, since it must go first.
@safe final class Queue {
  let handle: OpaquePointer
  private let client: Client

  private init(adopting handle: OpaquePointer, of client: Client) {
    unsafe self.handle = handle
    self.client = client
  }

  deinit { unsafe rd_kafka_queue_destroy(handle) }

  /// A new, empty queue.
  convenience init(of client: Client) {
    unsafe self.init(adopting: rd_kafka_queue_new(client.handle), of: client)
  }

  /// Where a consumer's rebalances and errors arrive; `nil` without a group.
  static func consumerEvents(of client: Client) -> Queue? {
    guard let handle = unsafe rd_kafka_queue_get_consumer(client.handle) else { return nil }
    return unsafe Queue(adopting: handle, of: client)
  }

  /// Where a producer's errors and delivery reports arrive.
  static func producerEvents(of client: Client) -> Queue {
    unsafe Queue(adopting: rd_kafka_queue_get_main(client.handle), of: client)
  }

  /// Where what is fetched for one partition arrives.
  static func fetched(_ partition: TopicPartition, of client: Client) throws(KafkaError) -> Queue {
    guard let handle = unsafe rd_kafka_queue_get_partition(client.handle, partition.topic, partition.partition) else {
      throw KafkaError(RD_KAFKA_RESP_ERR__UNKNOWN_PARTITION, during: .init(.assign, partition))
    }
    return unsafe Queue(adopting: handle, of: client)
  }

  /// The next event, or `nil` when none came within the time.
  func poll(timeoutMillis: Int) -> Event? {
    unsafe Event(polling: handle, timeoutMillis: timeoutMillis)
  }

  /// Moves what is here, and what comes, to another queue. What is fetched for a partition never goes to the group's
  /// queue again once its own was forwarded.
  func forward(to destination: Queue) {
    unsafe rd_kafka_queue_forward(handle, destination.handle)
  }
}
