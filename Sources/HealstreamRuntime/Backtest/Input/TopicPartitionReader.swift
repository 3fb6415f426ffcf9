import HealstreamCore
import Kafka

/// A range of one partition, read forward with a client of its own.
final class TopicPartitionReader {
  let range: Range<Int64>
  private let partition: TopicPartition
  private let consumer: Consumer
  private var held: [HeldRecord] = []
  /// The first of `held` that has not been taken.
  private var head = 0
  /// Offsets before it have been polled, or hold no record.
  private var next: Int64

  private static let answerTimeoutMillis = 10_000
  private static let pollMillis = 200
  private static let maxMessages = 1000

  /// - Throws: where the range begins before what the log still holds; `KafkaError`.
  init(
    _ client: ClientSettings, group: String, _ partition: TopicPartition, from: InputBound?, until: InputBound?
  ) throws {
    self.partition = partition
    let consumer = try Consumer(client, group: group)
    self.consumer = consumer
    let log = try consumer.watermarks(partition, timeoutMillis: Self.answerTimeoutMillis)
    let start = try from.map { try Self.offset(of: $0, in: partition, consumer) ?? log.high } ?? log.low
    let end = try until.map { min(log.high, try Self.offset(of: $0, in: partition, consumer) ?? log.high) } ?? log.high
    guard start >= log.low else {
      throw InputError.noSuchOffset(
        partition: "\(partition.topic)-\(partition.partition)", asked: start, low: log.low, high: log.high)
    }
    range = start..<max(start, end)
    next = start
    if !range.isEmpty { try consumer.assign([(partition, .at(start))]) }
  }

  private static func offset(
    of bound: InputBound, in partition: TopicPartition, _ consumer: Consumer
  ) throws(KafkaError) -> Int64? {
    switch bound {
    case .offset(let offset): offset
    case .time(let time):
      try consumer.offset(of: partition, atOrAfter: time.millis, timeoutMillis: answerTimeoutMillis)
    }
  }

  /// Offsets that are behind the reader.
  var readCount: Int64 { (head < held.count ? held[head].offset : next) - range.lowerBound }

  /// Of the record that comes next, waited for where necessary; `nil` at the range's end.
  func headTimestamp() throws -> Timestamp? {
    while head == held.count {
      guard next < range.upperBound else { return nil }
      held.removeAll(keepingCapacity: true)
      head = 0
      try poll()
    }
    return held[head].timestamp
  }

  /// - Precondition: `headTimestamp` was not `nil`.
  func takeHead() -> HeldRecord {
    defer { head += 1 }
    return held[head]
  }

  func close() { consumer.close() }

  private func poll() throws {
    let events = consumer.poll(maxMessages: Self.maxMessages, timeoutMillis: Self.pollMillis) { message in
      guard message.offset < range.upperBound else { return next = range.upperBound }
      next = message.offset + 1
      let record = InputRecord(
        partition: message.partition, offset: message.offset, timestamp: Timestamp(millis: message.timestampMillis),
        key: message.key, value: message.value)
      held.append(HeldRecord(record, headers: []))
    }
    for event in events {
      if case .endOfPartition(_, let end) = event { next = max(next, end) }
      if case .failed(let error) = event, error.severity != .retriable {
        throw InputError.lost(partition: "\(partition.topic)-\(partition.partition)", reason: "\(error)")
      }
    }
  }
}
