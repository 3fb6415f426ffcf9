/// What makes logs shorter: requests to delete records, retention and compaction.
extension Broker {
  mutating func deleteRecords(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let asked = try ByTopic<Fields<Int32, Int64>>(from: &reader)
    let results = asked.mapPartitions { topic, part in
      let (partition, offset) = part.values
      let place = TopicPartition(topic: topic, partition: partition)
      let error = ErrorCode.caught(header.refusal) { () throws(ErrorCode) in try cut(place, to: offset) }
      return Fields(partition, topics[topic]?[partition]?.startOffset ?? -1, error.code)
    }
    return header.respond(results)
  }

  /// - Parameter offset: -1 is the end.
  private mutating func cut(_ place: TopicPartition, to offset: Int64) throws(ErrorCode) {
    guard let log = topics[place.topic]?[place.partition] else { throw .unknownTopicOrPartition }
    let offset = offset == -1 ? log.endOffset : offset
    guard (0...log.endOffset).contains(offset) else { throw .offsetOutOfRange }
    try record(.logStart(place, offset))
    try topics[place.topic]?.partitions[Int(place.partition)].cut(to: offset)
  }

  /// Does what the topics' `cleanup.policy` says; to be called from time to time. A log that the disk refuses to clean
  /// waits for the next time.
  mutating func clean(now: Int64) {
    self.now = max(now, self.now)
    carryOutUnfinished()
    for name in topics.keys.sorted() {
      guard let topic = topics[name] else { continue }
      for index in topic.partitions.indices where !topic.partitions[index].isEmpty {
        try? topics[name]?.partitions[index].clean(topic.configuration, now: self.now)
      }
    }
  }
}
