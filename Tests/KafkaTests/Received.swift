import Kafka

/// A message as it was when it was polled.
struct Received: Equatable, Sendable {
  let topic: String
  let partition: Int32
  let offset: Int64
  let timestampMillis: Int64
  let key: [UInt8]?
  let value: [UInt8]?
  let headers: [Header]

  init(_ message: borrowing Message, of consumer: Consumer) {
    topic = consumer.topics[message.topicIndex]
    partition = message.partition
    offset = message.offset
    timestampMillis = message.timestampMillis
    key = Self.bytes(message.key)
    value = Self.bytes(message.value)
    headers = message.headers()
  }

  private static func bytes(_ span: Span<UInt8>?) -> [UInt8]? {
    guard let span else { return nil }
    return span.indices.map { span[$0] }
  }
}

extension Consumer {
  /// Polls until `done` is true of all that came, or for ten seconds. Answers the group as a plain reader would, from the beginning.
  func collect(
    maxMessages: Int = 100, until done: ([Received], [ConsumerEvent]) -> Bool
  ) throws(KafkaError) -> (messages: [Received], events: [ConsumerEvent]) {
    var messages: [Received] = []
    var events: [ConsumerEvent] = []
    let deadline = ContinuousClock.now + .seconds(10)
    while !done(messages, events), ContinuousClock.now < deadline {
      let reports = poll(maxMessages: maxMessages, timeoutMillis: 100) { messages.append(Received($0, of: self)) }
      try answer(reports)
      events += reports
    }
    return (messages, events)
  }

  func answer(_ events: [ConsumerEvent]) throws(KafkaError) {
    for event in events {
      switch event {
      case .assigned(let partitions): try assign(partitions.map { ($0, .beginning) })
      case .revoked: try unassign()
      default: continue
      }
    }
  }

  /// All that is in these partitions up to their ends.
  func readToEnd(_ partitions: [TopicPartition], from start: StartOffset = .beginning) throws -> [Received] {
    try assign(partitions.map { ($0, start) })
    return try collect { _, events in events.endedPartitions.isSuperset(of: partitions) }.messages
  }
}

extension [ConsumerEvent] {
  var endedPartitions: Set<TopicPartition> {
    Set(compactMap { if case .endOfPartition(let partition, _) = $0 { partition } else { nil } })
  }

  var failures: [KafkaError] {
    compactMap { if case .failed(let error) = $0 { error } else { nil } }
  }
}
