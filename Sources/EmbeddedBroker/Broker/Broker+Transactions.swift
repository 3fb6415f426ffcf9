/// Producer ids and transactions.
extension Broker {
  mutating func initProducerID(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let transactionalID = try reader.nullableString()
    let timeout = try reader.int32()
    var claimed = header.version >= 3 ? (producerID: try reader.int64(), epoch: try reader.int16()) : nil
    if claimed?.producerID == -1 { claimed = nil }
    var granted: (producerID: Int64, epoch: Int16) = (-1, -1)
    let error = ErrorCode.caught { () throws(ErrorCode) in
      granted =
        try transactionalID.map { id throws(ErrorCode) in
          try initialise(id, claimed: claimed, timeoutMillis: timeout)
        } ?? (newProducerID(), 0)
    }
    return header.respond { writer in
      writer.error(Self.downgrade(error, header, fencedFrom: 4))
      writer.int64(granted.producerID)
      writer.int16(granted.epoch)
    }
  }

  private mutating func initialise(
    _ id: String, claimed: (producerID: Int64, epoch: Int16)?, timeoutMillis: Int32
  ) throws(ErrorCode) -> (producerID: Int64, epoch: Int16) {
    guard !id.isEmpty else { throw .invalidRequest }
    guard Transaction.timeoutMillis.contains(timeoutMillis) else { throw .invalidTransactionTimeout }
    guard var transaction = transactions[id] else {
      guard claimed == nil else { throw .invalidProducerIDMapping }
      let transaction = Transaction(producerID: newProducerID(), timeoutMillis: timeoutMillis)
      transactions[id] = transaction
      return (transaction.producerID, transaction.epoch)
    }
    let freshID = newProducerID()
    let ending = try transaction.initialise(claimed: claimed, timeoutMillis: timeoutMillis, freshID: freshID)
    transactions[id] = transaction
    if let ending { carryOut(ending) }
    return (transaction.producerID, transaction.epoch)
  }

  /// Writes the markers and settles the offsets.
  mutating func carryOut(_ ending: Transaction.Ending) {
    for place in ending.partitions {
      topics[place.topic]?.endTransaction(
        ending.outcome, in: place.partition, producerID: ending.producerID, epoch: ending.epoch, now: now)
    }
    for group in ending.groups {
      groups[group]?.offsets.endTransaction(ending.outcome, producerID: ending.producerID)
    }
    completeFetches()
  }

  /// Older versions of these requests have one code for every stale epoch (KIP-588).
  private static func downgrade(_ error: ErrorCode?, _ header: RequestHeader, fencedFrom version: Int16) -> ErrorCode? {
    error == .producerFenced && header.version < version ? .invalidProducerEpoch : error
  }

  mutating func addPartitionsToTxn(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (id, producerID, epoch) = (try reader.string(), try reader.int64(), try reader.int16())
    let asked = try reader.topics { reader throws(WireFailure) in try reader.int32() }
    let places = asked.flatMap { topic in topic.partitions.map { TopicPartition(topic: topic.topic, partition: $0) } }
    let unknown = Set(places.filter { topics[$0.topic]?[$0.partition] == nil })
    let refusal = ErrorCode.caught { () throws(ErrorCode) in
      guard unknown.isEmpty else { throw .operationNotAttempted }
      guard transactions[id] != nil else { throw .invalidProducerIDMapping }
      try transactions[id]?.add(places, producerID: producerID, epoch: epoch, now: now)
    }
    let results = asked.map { topic in
      topic.map { name, partition in
        let isUnknown = unknown.contains(TopicPartition(topic: name, partition: partition))
        let error = isUnknown ? .unknownTopicOrPartition : Self.downgrade(refusal, header, fencedFrom: 2)
        return PartitionResult(partition: partition, error: error)
      }
    }
    return header.respond(results)
  }

  mutating func addOffsetsToTxn(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (id, producerID, epoch) = (try reader.string(), try reader.int64(), try reader.int16())
    let group = try reader.string()
    let error = ErrorCode.caught { () throws(ErrorCode) in
      guard transactions[id] != nil else { throw .invalidProducerIDMapping }
      try transactions[id]?.add(group: group, producerID: producerID, epoch: epoch, now: now)
    }
    return header.respond(Self.downgrade(error, header, fencedFrom: 2))
  }

  mutating func txnOffsetCommit(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (id, group) = (try reader.string(), try reader.string())
    let (producerID, epoch) = (try reader.int64(), try reader.int16())
    var member: (generation: Int32, id: String) = (-1, "")
    if header.version >= 3 {
      member = (try reader.int32(), try reader.string())
      _ = try reader.nullableString()
    }
    let asked = try reader.topics { reader throws(WireFailure) in
      try Self.offsetToCommit(&reader, hasLeaderEpoch: header.version >= 2)
    }
    let refusal = ErrorCode.caught { () throws(ErrorCode) in
      guard let transaction = transactions[id] else { throw .invalidProducerIDMapping }
      try transaction.checkOffsets(of: group, producerID: producerID, epoch: epoch)
      try groups[group, default: ConsumerGroup()]
        .checkCommit(memberID: member.id, generation: member.generation, transactional: true, now: now)
    }
    let results = settle(asked, refusal == .producerFenced ? .invalidProducerEpoch : refusal) { broker, place, offset in
      broker.groups[group]?.offsets.hold(offset, for: place, producerID: producerID)
    }
    return header.respond(results)
  }

  mutating func endTxn(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (id, producerID, epoch) = (try reader.string(), try reader.int64(), try reader.int16())
    let outcome: TransactionOutcome = try reader.bool() ? .committed : .aborted
    let error = ErrorCode.caught { () throws(ErrorCode) in
      guard transactions[id] != nil else { throw .invalidProducerIDMapping }
      if let ending = try transactions[id]?.end(outcome, producerID: producerID, epoch: epoch) { carryOut(ending) }
    }
    return header.respond(Self.downgrade(error, header, fencedFrom: 2))
  }
}
