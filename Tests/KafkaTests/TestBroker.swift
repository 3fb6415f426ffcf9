import EmbeddedBroker
import Kafka
import Testing

/// A broker with real transactions and groups, for one test.
final class TestBroker {
  private let broker: EmbeddedBroker

  init(topics: [String: Int32]) throws {
    broker = try EmbeddedBroker(EmbeddedBroker.Settings())
    broker.start()
    let descriptions = topics.map { TopicDescription(name: $0, partitions: $1) }
    let results = try Admin(settings()).createTopics(descriptions, timeoutMillis: 10_000)
    try #require(results.values.allSatisfy { $0 == .done }, "\(results)")
  }

  /// A consumer that learns of a rebalance within a tenth of a second.
  func consumer(group: String, _ overrides: [ClientSettings.Override] = []) throws(KafkaError) -> Consumer {
    try Consumer(settings([.init(key: "heartbeat.interval.ms", value: "100")] + overrides), group: group)
  }

  deinit { broker.stop() }

  func settings(_ overrides: [ClientSettings.Override] = []) -> ClientSettings {
    ClientSettings(brokers: "127.0.0.1:\(broker.port)", clientID: "test", overrides: overrides)
  }
}
