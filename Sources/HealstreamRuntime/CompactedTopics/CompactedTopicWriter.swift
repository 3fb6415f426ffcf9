import Kafka

/// Writes records to a compacted topic, acknowledged by all replicas. One thread at a time owns it.
final class CompactedTopicWriter {
  private let settings: ClientSettings
  private let patience: StorePatience
  private var producer: Producer?

  init(_ settings: ClientSettings, patience: StorePatience) {
    var settings = settings
    let own = [
      ("queue.buffering.max.kbytes", "\(Self.maxQueueKilobytes)"), ("message.timeout.ms", "\(patience.millis)"),
    ]
    settings.overrides.insert(contentsOf: own.map { .init(key: $0.0, value: $0.1) }, at: 0)
    self.settings = settings
    self.patience = patience
  }

  /// Sends a record, `nil` as a tombstone; waits while much is on its way.
  func put(_ key: String, _ value: Span<UInt8>?, to partition: TopicPartition) throws(StoreFailure) {
    do throws(KafkaError) {
      try open().produce(
        topic: partition.topic, partition: partition.partition, key: Array(key.utf8).span, value: value,
        timestampMillis: 0)
    } catch {
      throw giveUp(partition.topic, error)
    }
  }

  /// Waits until all that was put is durable.
  func flush(_ topic: String) throws(StoreFailure) {
    guard let producer else { return }
    do throws(KafkaError) {
      try producer.flush(timeoutMillis: Int(patience.millis))
    } catch {
      throw giveUp(topic, error)
    }
  }

  private func open() throws(KafkaError) -> Producer {
    if let producer { return producer }
    let made = try Producer(settings)
    producer = made
    return made
  }

  /// What was not delivered is not tried any more: the client goes with it.
  private func giveUp(_ topic: String, _ error: KafkaError) -> StoreFailure {
    producer = nil
    return StoreFailure("cannot write to \(topic): \(error)", isPassing: error.severity == .retriable)
  }

  private static let maxQueueKilobytes = 65_536
}
