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
    return .respond(
      header.response { writer in
        if header.version >= 3 { writer.noThrottle() }
        Self.write(results, to: &writer)
      })
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
  ) -> [PartitionsByTopic<(partition: Int32, error: ErrorCode?)>] {
    asked.map { topic in
      topic.map { name, part in
        if let refusal { return (part.partition, refusal) }
        guard topics[name]?[part.partition] != nil else { return (part.partition, .unknownTopicOrPartition) }
        commit(&self, TopicPartition(topic: name, partition: part.partition), part.offset)
        return (part.partition, nil)
      }
    }
  }

  static func write(_ results: [PartitionsByTopic<(partition: Int32, error: ErrorCode?)>], to writer: inout WireWriter)
  {
    writer.topics(results) { writer, result in
      writer.int32(result.partition)
      writer.error(result.error)
    }
  }

  mutating func offsetFetch(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let group = try reader.string()
    let asked = try reader.nullableArray { reader throws(WireFailure) in
      let topic = PartitionsByTopic(
        topic: try reader.string(), partitions: try reader.array { reader throws(WireFailure) in try reader.int32() })
      try reader.skipTags()
      return topic
    }
    let stable = header.version >= 7 ? try reader.bool() : false
    let offsets = groups[group]?.offsets ?? GroupOffsets()
    return .respond(
      header.response { writer in
        if header.version >= 3 { writer.noThrottle() }
        writer.topics((asked ?? offsets.partitions.byTopic).map { $0.map { (topic: $0, partition: $1) } }) {
          writer, place in
          let place = TopicPartition(topic: place.topic, partition: place.partition)
          Self.write(offsets, of: place, stable: stable, header.version, to: &writer)
        }
        if header.version >= 2 { writer.error(nil) }
      })
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
