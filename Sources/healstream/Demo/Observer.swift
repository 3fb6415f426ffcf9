import HealstreamCore
import HealstreamRuntime
import Kafka

/// Reads every topic of the demo over Kafka: counts what it came to, and knows up to which moment it has been governed.
struct Observer {
  private static let topics: [Topic] = [
    .deliveries, .signals, .triage, .incidents, .healActions, .control, .audit, .deadLetters,
  ]

  private(set) var ledger = Ledger()
  private var reader: TopicReader
  private var progress = GovernedTime()

  init(_ stage: Stage) throws(KafkaError) {
    let settings = stage.configuration.topics
    let names = Self.topics.map { topic in
      (
        name: settings.name(topic),
        partitions: topic == .deliveries
          ? settings.deliveryPartitions : topic == .signals || topic == .control ? 1 : settings.outputPartitions
      )
    }
    reader = try TopicReader(stage.client, names, settings: settings, from: .beginning)
  }

  /// Up to which moment everything that was sent has been governed; `nil` before anything was.
  mutating func governedTime(nextOffset: Int64) -> Timestamp? { progress.time(nextOffset: nextOffset) }

  /// - Returns: what has been read.
  mutating func poll(timeoutMillis: Int) throws(KafkaError) -> [ReadRecord] {
    var records: [ReadRecord] = []
    try reader.poll(timeoutMillis: timeoutMillis) { records.append($0) }
    for record in records {
      progress.note(record)
      ledger.note(record)
    }
    return records
  }

  func close() { reader.close() }
}
