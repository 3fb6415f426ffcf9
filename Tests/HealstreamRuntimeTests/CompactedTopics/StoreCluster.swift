import EmbeddedBroker
import Kafka
import Testing

@testable import HealstreamRuntime

/// A broker with the topics of the stores, and a foreign client's hand on them.
final class StoreCluster {
  private let broker: EmbeddedBroker
  let topics = TopicSettings()
  private let producer: Producer

  init() throws {
    broker = try EmbeddedBroker(EmbeddedBroker.Settings())
    broker.start()
    let client = ClientSettings(brokers: broker.address, clientID: "test")
    let plans = [TopicPlan(.snapshots, topics), TopicPlan(.epochs, topics)]
    let results = try Admin(client).createTopics(plans.map { $0.description(replication: 1) }, timeoutMillis: 10_000)
    try #require(results.values.allSatisfy { $0 == .done }, "\(results)")
    producer = try Producer(client)
  }

  deinit { broker.stop() }

  func stopBroker() { broker.stop() }

  var client: ClientSettings { ClientSettings(brokers: broker.address, clientID: "test") }

  /// `nil`: a tombstone.
  func put(_ topic: Topic, _ key: String, _ value: [UInt8]?, partition: Int32) throws {
    try producer.produce(
      topic: topics.name(topic), partition: partition, key: Array(key.utf8).span, value: value?.span,
      timestampMillis: 0)
    try producer.flush(timeoutMillis: 10_000)
  }

  /// Every record that is there, by partition and offset.
  func records(_ topic: Topic) throws -> [(partition: Int32, key: String, value: [UInt8]?)] {
    var found: [(partition: Int32, key: String, value: [UInt8]?)] = []
    let reader = CompactedTopicReader(client, group: "test", patience: StorePatience(millis: 10_000))
    for index in 0..<TopicPlan(topic, topics).partitions {
      let partition = TopicPartition(topic: topics.name(topic), partition: index)
      try reader.read(partition, reader.bounds(of: partition)) { message in
        var value: [UInt8]?
        if let bytes = message.value { value = bytes.bytes() }
        let key = message.key?.bytes() ?? []
        found.append((index, String(decoding: key, as: UTF8.self), value))
        return true
      }
    }
    return found
  }

  /// What compaction would leave.
  func live(_ topic: Topic) throws -> [String: [UInt8]] {
    var live: [String: [UInt8]] = [:]
    for record in try records(topic) { live[record.key] = record.value }
    return live
  }
}
