/// The offsets that groups commit.
extension Broker {
  struct OffsetToCommit {
    let partition: Int32
    let offset: CommittedOffset
  }

  mutating func offsetCommit(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (group, generation, memberID) = (try reader.string(), try reader.int32(), try reader.string())
    if header.version >= 7 { _ = try reader.nullableString() }
    if header.version <= 4 { _ = try reader.int64() }  // retention
    let asked = try reader.topics { reader throws(WireFailure) in
      try Self.offsetToCommit(&reader, hasLeaderEpoch: header.version >= 6)
    }
    let refusal = ErrorCode.caught { () throws(ErrorCode) in
      guard !group.isEmpty else { throw .invalidGroupID }
      guard groups[group] != nil || generation < 0 else { throw .illegalGeneration }
      try groups[group, default: ConsumerGroup()]
        .checkCommit(memberID: memberID, generation: generation, transactional: false, now: now)
    }
    let results = settle(asked, refusal) { broker, place, offset in
      broker.groups[group]?.offsets.commit(offset, for: place)
    }
    return header.respond(results, throttleFrom: 3)
  }

  static func offsetToCommit(_ reader: inout WireReader, hasLeaderEpoch: Bool) throws(WireFailure) -> OffsetToCommit {
    let (partition, offset) = (try reader.int32(), try reader.int64())
    if hasLeaderEpoch { _ = try reader.int32() }
    return OffsetToCommit(
      partition: partition, offset: CommittedOffset(offset: offset, metadata: try reader.nullableString() ?? ""))
  }

  /// Commits each offset, unless all are refused or its partition is unknown.
  mutating func settle(
    _ asked: [PartitionsByTopic<OffsetToCommit>], _ refusal: ErrorCode?,
    commit: (inout Broker, TopicPartition, CommittedOffset) -> Void
  ) -> [PartitionsByTopic<PartitionResult>] {
    asked.map { topic in
      topic.map { name, part in
        if let refusal { return PartitionResult(partition: part.partition, error: refusal) }
        guard topics[name]?[part.partition] != nil else {
          return PartitionResult(partition: part.partition, error: .unknownTopicOrPartition)
        }
        commit(&self, TopicPartition(topic: name, partition: part.partition), part.offset)
        return PartitionResult(partition: part.partition, error: nil)
      }
    }
  }

  mutating func offsetFetch(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let group = try reader.string()
    let asked = try reader.nullableArray { reader throws(WireFailure) in
      let topic = PartitionsByTopic(
        topic: try reader.string(), partitions: try reader.int32s())
      try reader.skipTags()
      return topic
    }
    let stable = header.version >= 7 ? try reader.bool() : false
    let offsets = groups[group]?.offsets ?? GroupOffsets()
    return header.respond(throttleFrom: 3) { writer in
      writer.topics((asked ?? offsets.partitions.byTopic).map { $0.map { (topic: $0, partition: $1) } }) {
        writer, place in
        let place = TopicPartition(topic: place.topic, partition: place.partition)
        Self.write(offsets, of: place, stable: stable, header.version, to: &writer)
      }
      if header.version >= 2 { writer.error(nil) }
    }
  }

  private static func write(
    _ offsets: GroupOffsets, of place: TopicPartition, stable: Bool, _ version: Int16, to writer: inout WireWriter
  ) {
    var found: CommittedOffset?
    let error = ErrorCode.caught { () throws(ErrorCode) in found = try offsets.offset(place, stable: stable) }
    writer.int32(place.partition)
    writer.int64(found?.offset ?? -1)
    if version >= 5 { writer.int32(-1) }  // leader epoch
    writer.string(found?.metadata ?? "")
    writer.error(error)
  }
}
