/// The offsets that groups commit.
extension Broker {
  /// A partition, its offset, the epoch of its leader, metadata.
  typealias OffsetsToCommit = ByTopic<Fields<Int32, Int64, Int32, String?>>

  mutating func offsetCommit(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (group, generation, memberID, _, asked) = try reader.read(
      String.self, Int32.self, String.self, String?.self, OffsetsToCommit.self)
    let refusal = ErrorCode.caught(header.refusal) { () throws(ErrorCode) in
      guard !group.isEmpty else { throw .invalidGroupID }
      guard groups[group] != nil || generation < 0 else { throw .illegalGeneration }
      try groups[group, default: ConsumerGroup()]
        .checkCommit(memberID: memberID, generation: generation, transactional: false, now: now)
    }
    return header.respond(set(asked, of: group, producerID: nil, refusal))
  }

  /// Commits each offset, or holds it for a producer's transaction, unless all are refused or its partition is unknown.
  mutating func set(
    _ asked: OffsetsToCommit, of group: String, producerID: Int64?, _ refusal: ErrorCode?
  ) -> ByTopic<Fields<Int32, Int16>> {
    let offsets = asked.flatMap { topic in
      topic.values.1.map { part in
        let (partition, offset, _, metadata) = part.values
        let place = TopicPartition(topic: topic.values.0, partition: partition)
        return JournalEntry.Offset(place, CommittedOffset(offset: offset, metadata: metadata ?? ""))
      }
    }.filter { exists($0.values.0) }
    let refusal = ErrorCode.caught(refusal) { () throws(ErrorCode) in
      if !offsets.isEmpty { try record(.offsets(group: group, producerID: producerID, offsets)) }
    }
    return asked.mapPartitions { topic, part in
      let partition = part.values.0
      let isKnown = exists(TopicPartition(topic: topic, partition: partition))
      return Fields(partition, (refusal ?? (isKnown ? nil : .unknownTopicOrPartition)).code)
    }
  }

  mutating func offsetFetch(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (group, asked, stable) = try reader.read(String.self, ByTopic<Int32>.self, Bool.self)
    let offsets = groups[group]?.offsets ?? GroupOffsets()
    let found = asked.mapPartitions { topic, partition in
      let place = TopicPartition(topic: topic, partition: partition)
      var found: CommittedOffset?
      let error = ErrorCode.caught(header.refusal) { () throws(ErrorCode) in
        found = try offsets.offset(place, stable: stable)
      }
      let leaderEpoch: Int32 = -1
      return Fields(partition, found?.offset ?? -1, leaderEpoch, found?.metadata ?? "", error.code)
    }
    return header.respond(found, header.refusal.code)
  }
}
