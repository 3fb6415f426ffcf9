/// Producer ids and transactions.
extension Broker {
  mutating func initProducerID(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (transactionalID, timeout, claimed) = try reader.read(String?.self, Int32.self, Producer.self)
    var granted = Producer(id: -1, epoch: -1)
    let error = ErrorCode.caught { () throws(ErrorCode) in
      if let transactionalID {
        granted = try initialise(transactionalID, claimed: claimed.id == -1 ? nil : claimed, timeoutMillis: timeout)
      } else {
        granted = Producer(id: newProducerID(), epoch: 0)
      }
    }
    return header.respond(error.code, granted)
  }

  private mutating func initialise(
    _ id: String, claimed: Producer?, timeoutMillis: Int32
  ) throws(ErrorCode) -> Producer {
    guard !id.isEmpty else { throw .invalidRequest }
    guard Transaction.timeoutMillis.contains(timeoutMillis) else { throw .invalidTransactionTimeout }
    let freshID = newProducerID()
    guard var transaction = transactions[id] else {
      guard claimed == nil else { throw .invalidProducerIDMapping }
      transactions[id] = Transaction(producerID: freshID, timeoutMillis: timeoutMillis)
      return Producer(id: freshID, epoch: 0)
    }
    let ending = try transaction.initialise(claimed: claimed, timeoutMillis: timeoutMillis, freshID: freshID)
    transactions[id] = transaction
    if let ending { carryOut(ending) }
    return transaction.producer
  }

  /// Writes the markers and settles the offsets.
  mutating func carryOut(_ ending: Transaction.Ending) {
    for place in ending.partitions where exists(place) {
      topics[place.topic]?.partitions[Int(place.partition)]
        .endTransaction(ending.outcome, by: ending.producer, now: now)
    }
    for group in ending.groups {
      groups[group]?.offsets.endTransaction(ending.outcome, producerID: ending.producer.id)
    }
    completeFetches()
  }

  mutating func addPartitionsToTxn(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (id, producer, asked) = try reader.read(String.self, Producer.self, ByTopic<Int32>.self)
    let places = asked.flatMap { topic in
      topic.values.1.map { TopicPartition(topic: topic.values.0, partition: $0) }
    }
    let refusal = ErrorCode.caught { () throws(ErrorCode) in
      guard places.allSatisfy(exists) else { throw .operationNotAttempted }
      guard transactions[id] != nil else { throw .invalidProducerIDMapping }
      try transactions[id]?.add(places, by: producer, now: now)
    }
    return header.respond(
      asked.mapPartitions { topic, partition in
        let isKnown = exists(TopicPartition(topic: topic, partition: partition))
        return Fields(partition, (isKnown ? refusal : .unknownTopicOrPartition).code)
      })
  }

  mutating func addOffsetsToTxn(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (id, producer, group) = try reader.read(String.self, Producer.self, String.self)
    let error = ErrorCode.caught { () throws(ErrorCode) in
      guard transactions[id] != nil else { throw .invalidProducerIDMapping }
      try transactions[id]?.add(groups: [group], by: producer, now: now)
    }
    return header.respond(error.code)
  }

  mutating func txnOffsetCommit(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (id, group, producer) = try reader.read(String.self, String.self, Producer.self)
    let (generation, memberID, _, asked) = try reader.read(
      Int32.self, String.self, String?.self, OffsetsToCommit.self)
    let refusal = ErrorCode.caught { () throws(ErrorCode) in
      guard let transaction = transactions[id] else { throw .invalidProducerIDMapping }
      try transaction.checkOffsets(of: group, by: producer)
      try groups[group, default: ConsumerGroup()]
        .checkCommit(memberID: memberID, generation: generation, transactional: true, now: now)
    }
    return header.respond(settle(asked, of: group, refusal) { $0.hold($2, for: $1, producerID: producer.id) })
  }

  mutating func endTxn(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (id, producer, isCommit) = try reader.read(String.self, Producer.self, Bool.self)
    let error = ErrorCode.caught { () throws(ErrorCode) in
      guard transactions[id] != nil else { throw .invalidProducerIDMapping }
      if let ending = try transactions[id]?.end(isCommit ? .committed : .aborted, by: producer) { carryOut(ending) }
    }
    return header.respond(error.code)
  }
}
