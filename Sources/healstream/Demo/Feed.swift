import HealstreamCore
import HealstreamRuntime
import Kafka
import SimulatedWorld

/// The producers of the simulated world: what happens in it becomes records, stamped with simulated time.
struct Feed {
  private let producer: Producer
  private let topics: TopicSettings
  private var garbage: ArraySlice<Garbage.Record>

  init(_ stage: Stage, _ script: Script) throws(KafkaError) {
    producer = try Producer(stage.client)
    topics = stage.configuration.topics
    garbage = Garbage.records(script)[...]
  }

  /// Sends deliveries, with the garbage that falls among them, and waits until the broker has them.
  mutating func send(_ deliveries: [Delivery], until now: Timestamp) throws(KafkaError) {
    for delivery in deliveries {
      try sendGarbage(before: delivery.at)
      try produce(.deliveries, key: delivery.tenantID, delivery.json, at: delivery.at)
    }
    try sendGarbage(before: now)
    try producer.flush(timeoutMillis: 10_000)
  }

  func send(_ reports: [Executor.Report]) throws(KafkaError) {
    for report in reports { try produce(.actionOutcomes, key: report.tenantID, report.json, at: report.at) }
    try producer.flush(timeoutMillis: 10_000)
  }

  private mutating func sendGarbage(before now: Timestamp) throws(KafkaError) {
    while let record = garbage.first, record.at < now {
      try produce(.deliveries, key: record.key, record.value, at: record.at)
      garbage.removeFirst()
    }
  }

  private func produce(_ topic: Topic, key: String, _ value: [UInt8], at: Timestamp) throws(KafkaError) {
    let key = Array(key.utf8)
    try producer.produce(topic: topics.name(topic), key: key.span, value: value.span, timestampMillis: at.millis)
  }
}
