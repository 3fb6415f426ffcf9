import HealstreamCore
import Kafka

/// How far a role has come in each partition of its inputs, and under what.
package struct RolePositions {
  package struct Entry: Sendable {
    package let partition: Partition
    /// `nil`: the group has committed nothing.
    package let committed: Position?
    package let bounds: Range<Int64>
  }

  package let role: Role
  package let entries: [Entry]

  package init(_ role: Role, _ configuration: Configuration, brokers: String) throws {
    let client = ClientSettings(brokers: brokers, configuration)
    let consumer = try Consumer(client, group: configuration.topics.group(role))
    defer { consumer.close() }
    self.role = role
    let names = role.inputs.map { configuration.topics.name($0) }
    let found = try Admin(client).describeTopics(names, timeoutMillis: Self.timeoutMillis)
    var entries: [Entry] = []
    for name in names {
      let places = (0..<(found[name]?.partitions ?? 0)).map { TopicPartition(topic: name, partition: $0) }
      let committed = try consumer.committed(places, timeoutMillis: Self.timeoutMillis)
      for place in places {
        let (low, high) = try consumer.watermarks(place, timeoutMillis: Self.timeoutMillis)
        entries.append(
          Entry(partition: Partition(place), committed: Position(committed[place]), bounds: low..<max(low, high)))
      }
    }
    self.entries = entries
  }

  /// One line of JSON a partition: `{"role","partition","offset","log_begins","log_ends","history"}`.
  package var lines: [[UInt8]] {
    entries.map { entry in
      var json = JSONWriter()
      json.object { json in
        json.member("role", role.rawValue)
        json.member("partition", "\(entry.partition)")
        json.key("offset")
        if let committed = entry.committed { json.value(committed.offset) } else { json.null() }
        json.member("log_begins", entry.bounds.lowerBound)
        json.member("log_ends", entry.bounds.upperBound)
        json.member("history", entry.committed?.metadata)
      }
      return json.bytes
    }
  }

  private static let timeoutMillis = 10_000
}
