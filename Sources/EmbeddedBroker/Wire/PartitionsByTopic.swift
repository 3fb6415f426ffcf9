/// What a request or response says of some partitions of one topic; most of the protocol is shaped like this.
struct PartitionsByTopic<Partition> {
  let topic: String
  let partitions: [Partition]

  func map<Result>(_ transform: (_ topic: String, Partition) -> Result) -> PartitionsByTopic<Result> {
    PartitionsByTopic<Result>(topic: topic, partitions: partitions.map { transform(topic, $0) })
  }
}

struct TopicPartition: Hashable, Comparable {
  let topic: String
  let partition: Int32

  static func < (a: TopicPartition, b: TopicPartition) -> Bool { (a.topic, a.partition) < (b.topic, b.partition) }
}

extension [TopicPartition] {
  /// The same partitions, in topic order.
  var byTopic: [PartitionsByTopic<Int32>] {
    Dictionary(grouping: self, by: \.topic).sorted { $0.key < $1.key }
      .map { PartitionsByTopic(topic: $0.key, partitions: $0.value.map(\.partition).sorted()) }
  }
}

extension WireReader {
  mutating func topics<Partition>(
    _ partition: (inout WireReader) throws(WireFailure) -> Partition
  ) throws(WireFailure) -> [PartitionsByTopic<Partition>] {
    try nullableTopics(partition) ?? []
  }

  mutating func nullableTopics<Partition>(
    _ partition: (inout WireReader) throws(WireFailure) -> Partition
  ) throws(WireFailure) -> [PartitionsByTopic<Partition>]? {
    try nullableArray { reader throws(WireFailure) in
      let topic = try reader.string()
      let partitions = try reader.array { reader throws(WireFailure) in
        let element = try partition(&reader)
        try reader.skipTags()
        return element
      }
      try reader.skipTags()
      return PartitionsByTopic(topic: topic, partitions: partitions)
    }
  }
}

extension WireWriter {
  mutating func topics<Partition>(
    _ topics: [PartitionsByTopic<Partition>], _ partition: (inout WireWriter, Partition) -> Void
  ) {
    array(topics) { writer, topic in
      writer.string(topic.topic)
      writer.array(topic.partitions) { writer, element in
        partition(&writer, element)
        writer.noTags()
      }
      writer.noTags()
    }
  }
}
