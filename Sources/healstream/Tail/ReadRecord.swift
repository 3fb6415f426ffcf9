import HealstreamCore
import HealstreamRuntime
import Kafka

/// A record as a reader keeps it, out of the client's memory.
struct ReadRecord: Equatable, Sendable {
  /// `nil`: a topic that is none of Healstream's.
  var topic: Topic?
  var partition: Int32 = 0
  var offset: Int64 = 0
  /// Its Kafka timestamp.
  var at: Timestamp
  var key: [UInt8]?
  /// `nil` is a tombstone.
  var value: [UInt8]?
  /// Read for dead letters alone, whose reasons they are.
  var headers: [Header] = []
}

extension ReadRecord {
  init(_ message: borrowing Message, _ topic: Topic?) {
    self.topic = topic
    partition = message.partition
    offset = message.offset
    at = Timestamp(millis: message.timestampMillis)
    key = message.key?.bytes()
    value = message.value?.bytes()
    if topic == .deadLetters { headers = message.headers() }
  }

  /// The value as JSON, where it is.
  var json: JSONValue? { value.flatMap { try? JSONValue($0.span) } }

  func header(_ name: String) -> String? {
    headers.last { $0.name == name }?.value.map { String(decoding: $0, as: UTF8.self) }
  }
}
