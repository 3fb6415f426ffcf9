import HealstreamCore
import HealstreamRuntime
import Kafka

/// What the audit says of commands from now on.
struct CommandAnswers {
  private var reader: TopicReader
  private let timeoutMillis: Int

  init(
    _ client: ClientSettings, _ audit: TopicDescription, _ settings: TopicSettings, timeoutMillis: Int
  ) throws(KafkaError) {
    reader = try TopicReader(client, [(audit.name, audit.partitions)], settings: settings, from: .end)
    self.timeoutMillis = timeoutMillis
  }

  /// Waits until the audit's end is known: an answer that comes from here on will not be missed.
  mutating func begin(until stop: StopRequest) throws(KafkaError) -> Bool {
    try poll(until: stop) { reader, _ in reader.isAtEnd ? true : nil } ?? false
  }

  /// - Returns: `nil` where none came in time.
  mutating func wait(for id: String, until stop: StopRequest) throws(KafkaError) -> CommandAnswer? {
    try poll(until: stop) { _, records in records.lazy.compactMap { CommandAnswer($0, to: id) }.first }
  }

  func close() { reader.close() }

  private mutating func poll<Found>(
    until stop: StopRequest, _ find: (TopicReader, [ReadRecord]) -> Found?
  ) throws(KafkaError) -> Found? {
    let deadline = ContinuousClock.now + .milliseconds(timeoutMillis)
    while !stop.isRequested, ContinuousClock.now < deadline {
      var records: [ReadRecord] = []
      try reader.poll(timeoutMillis: 100) { records.append($0) }
      if let found = find(reader, records) { return found }
    }
    return nil
  }
}
