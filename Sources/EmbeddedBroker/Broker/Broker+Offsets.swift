/// The offsets that groups commit.
extension Broker {
  /// A partition, its offset, the epoch of its leader, metadata.
  typealias OffsetsToCommit = ByTopic<Fields<Int32, Int64, Int32, String?>>

  mutating func offsetCommit(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (group, generation, memberID, _, asked) = try reader.read(
      String.self, Int32.self, String.self, String?.self, OffsetsToCommit.self)
    let refusal = ErrorCode.caught { () throws(ErrorCode) in
      guard !group.isEmpty else { throw .invalidGroupID }
      guard groups[group] != nil || generation < 0 else { throw .illegalGeneration }
      try groups[group, default: ConsumerGroup()]
        .checkCommit(memberID: memberID, generation: generation, transactional: false, now: now)
    }
    return header.respond(settle(asked, of: group, refusal) { $0.commit($2, for: $1) })
  }

  /// Commits each offset, unless all are refused or its partition is unknown.
  mutating func settle(
    _ asked: OffsetsToCommit, of group: String, _ refusal: ErrorCode?,
    commit: (inout GroupOffsets, TopicPartition, CommittedOffset) -> Void
  ) -> ByTopic<Fields<Int32, Int16>> {
    asked.mapPartitions { topic, part in
      let (partition, offset, _, metadata) = part.values
      let place = TopicPartition(topic: topic, partition: partition)
      let error = refusal ?? (exists(place) ? nil : .unknownTopicOrPartition)
      if error == nil {
        let offset = CommittedOffset(offset: offset, metadata: metadata ?? "")
        commit(&groups[group, default: ConsumerGroup()].offsets, place, offset)
      }
      return Fields(partition, error.code)
    }
  }

  mutating func offsetFetch(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (group, asked, stable) = try reader.read(String.self, ByTopic<Int32>.self, Bool.self)
    let offsets = groups[group]?.offsets ?? GroupOffsets()
    let found = asked.mapPartitions { topic, partition in
      let place = TopicPartition(topic: topic, partition: partition)
      var found: CommittedOffset?
      let error = ErrorCode.caught { () throws(ErrorCode) in found = try offsets.offset(place, stable: stable) }
      let leaderEpoch: Int32 = -1
      return Fields(partition, found?.offset ?? -1, leaderEpoch, found?.metadata ?? "", error.code)
    }
    return header.respond(found, ErrorCode.success)
  }
}
