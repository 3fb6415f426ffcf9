import Foundation
import HealstreamRuntime
import Kafka

/// Reads whole topics, partition by partition assigned by hand: it joins no consumer group and commits nothing.
struct TopicReader {
  enum Start { case beginning, end }

  private let consumer: Consumer
  private let topics: [Topic?]
  /// Partitions that have not been read to the end.
  private var unread: Set<TopicPartition>
  /// What the client has met and goes on from by itself, until it is taken; the same again is no news.
  private var warning: String?
  private var lastWarning: String?

  /// - Parameter names: topics on the cluster, with their partitions.
  init(
    _ client: ClientSettings, _ names: [(name: String, partitions: Int32)], settings: TopicSettings, from start: Start
  ) throws(KafkaError) {
    consumer = try Consumer(client, group: "healstream-reader-\(UUID().uuidString)")
    let partitions = names.flatMap { topic in
      (0..<topic.partitions).map { TopicPartition(topic: topic.name, partition: $0) }
    }
    unread = Set(partitions)
    try consumer.assign(partitions.map { ($0, start == .beginning ? .beginning : .end) })
    topics = consumer.topics.map { settings.topic(named: $0) }
  }

  /// Whether every partition has been read to what was its end.
  var isAtEnd: Bool { unread.isEmpty }

  /// Waits for a first record, and hands over what is there.
  /// - Throws: what ends this reader.
  mutating func poll(timeoutMillis: Int, _ body: (ReadRecord) -> Void) throws(KafkaError) {
    let topics = topics
    let events = consumer.poll(maxMessages: 1000, timeoutMillis: timeoutMillis) { message in
      body(ReadRecord(message, topics[message.topicIndex]))
    }
    for event in events {
      switch event {
      case .endOfPartition(let partition, _): unread.remove(partition)
      case .failed(let error) where error.severity == .retriable: warn("\(error)")
      case .failed(let error): throw error
      case .assigned, .revoked: break
      }
    }
  }

  private mutating func warn(_ text: String) {
    guard text != lastWarning else { return }
    warning = text
    lastWarning = text
  }

  mutating func takeWarning() -> String? {
    defer { warning = nil }
    return warning
  }

  func close() { consumer.close() }
}
