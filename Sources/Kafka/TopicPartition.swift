/// One partition of one topic; ordered by topic, then by partition.
package struct TopicPartition: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let topic: String
  package let partition: Int32

  package init(topic: String, partition: Int32) {
    self.topic = topic
    self.partition = partition
  }

  package static func < (left: TopicPartition, right: TopicPartition) -> Bool {
    left.topic == right.topic ? left.partition < right.partition : left.topic < right.topic
  }

  /// As librdkafka's own messages write it: `deliveries[3]`.
  package var description: String { "\(topic)[\(partition)]" }
}
