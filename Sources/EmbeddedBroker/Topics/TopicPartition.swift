struct TopicPartition: Hashable, Comparable {
  let topic: String
  let partition: Int32

  static func < (a: TopicPartition, b: TopicPartition) -> Bool { (a.topic, a.partition) < (b.topic, b.partition) }
}
