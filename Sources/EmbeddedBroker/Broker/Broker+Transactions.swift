/// Producer ids and transactions.
extension Broker {
  mutating func initProducerID(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (transactionalID, timeout, claimed) = try reader.read(String?.self, Int32.self, Producer.self)
    var granted = Producer(id: -1, epoch: -1)
    let error = ErrorCode.caught(header.refusal) { () throws(ErrorCode) in
      if let transactionalID {
        granted = try initialise(transactionalID, claimed: claimed.id == -1 ? nil : claimed, timeoutMillis: timeout)
      } else {
        granted = Producer(id: try newProducerID(), epoch: 0)
      }
    }
    return header.respond(error.code, granted)
  }

  private mutating func initialise(
    _ id: String, claimed: Producer?, timeoutMillis: Int32
  ) throws(ErrorCode) -> Producer {
    guard !id.isEmpty else { throw .invalidRequest }
    guard Transaction.timeoutMillis.contains(timeoutMillis) else { throw .invalidTransactionTimeout }
    let freshID = try newProducerID()
    if transactions[id] == nil {
      guard claimed == nil else { throw .invalidProducerIDMapping }
      try record(.transaction(id, Transaction(producerID: freshID, timeoutMillis: timeoutMillis)))
      return Producer(id: freshID, epoch: 0)
    }
    return try change(id) { (transaction, _) throws(ErrorCode) in
      try transaction.initialise(claimed: claimed, timeoutMillis: timeoutMillis, freshID: freshID)
    }
  }

  /// Changes what is known of a transactional id, and carries out what that ends.
  @discardableResult
  mutating func change(
    _ id: String, _ body: (inout Transaction, _ now: Int64) throws(ErrorCode) -> Transaction.Ending?
  ) throws(ErrorCode) -> Producer {
    guard let before = transactions[id] else { throw .invalidProducerIDMapping }
    carryOutUnfinished()
    guard unfinishedEndings.isEmpty else { throw .kafkaStorageError }
    var transaction = before
    if let ending = try body(&transaction, now) {
      try record(.transactionEnded(id, transaction, ending))
      carryOut(ending)
    } else if transaction != before {
      try record(.transaction(id, transaction))
    }
    return transaction.producer
  }

  /// Tries again what the disk has refused.
  mutating func carryOutUnfinished() {
    let unfinished = unfinishedEndings
    unfinishedEndings = []
    for ending in unfinished { carryOut(ending) }
  }

  /// Writes the markers.
  mutating func carryOut(_ ending: Transaction.Ending) {
    let unwritten = ending.partitions.filter { place in
      guard exists(place) else { return false }
      return nil
        != ErrorCode.caught { () throws(ErrorCode) in
          try topics[place.topic]?.partitions[Int(place.partition)]
            .endTransaction(ending.outcome, by: ending.producer, now: now)
        }
    }
    if !unwritten.isEmpty {
      unfinishedEndings.append(
        .init(outcome: ending.outcome, producer: ending.producer, partitions: unwritten, groups: []))
    }
    completeFetches()
  }

  mutating func addPartitionsToTxn(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (id, producer, asked) = try reader.read(String.self, Producer.self, ByTopic<Int32>.self)
    let places = asked.flatMap { topic in
      topic.values.1.map { TopicPartition(topic: topic.values.0, partition: $0) }
    }
    let refusal = ErrorCode.caught(header.refusal) { () throws(ErrorCode) in
      guard places.allSatisfy(exists) else { throw .operationNotAttempted }
      try change(id) { (transaction, now) throws(ErrorCode) in
        try transaction.add(places, by: producer, now: now)
        return nil
      }
    }
    return header.respond(
      asked.mapPartitions { topic, partition in
        let isKnown = exists(TopicPartition(topic: topic, partition: partition))
        return Fields(partition, (isKnown ? refusal : .unknownTopicOrPartition).code)
      })
  }

  mutating func addOffsetsToTxn(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (id, producer, group) = try reader.read(String.self, Producer.self, String.self)
    let error = ErrorCode.caught(header.refusal) { () throws(ErrorCode) in
      try change(id) { (transaction, now) throws(ErrorCode) in
        try transaction.add(groups: [group], by: producer, now: now)
        return nil
      }
    }
    return header.respond(error.code)
  }

  mutating func txnOffsetCommit(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (id, group, producer) = try reader.read(String.self, String.self, Producer.self)
    let (generation, memberID, _, asked) = try reader.read(
      Int32.self, String.self, String?.self, OffsetsToCommit.self)
    let refusal = ErrorCode.caught(header.refusal) { () throws(ErrorCode) in
      guard let transaction = transactions[id] else { throw .invalidProducerIDMapping }
      try transaction.checkOffsets(of: group, by: producer)
      try groups[group, default: ConsumerGroup()]
        .checkCommit(memberID: memberID, generation: generation, transactional: true, now: now)
    }
    return header.respond(set(asked, of: group, producerID: producer.id, refusal))
  }

  mutating func endTxn(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (id, producer, isCommit) = try reader.read(String.self, Producer.self, Bool.self)
    let error = ErrorCode.caught(header.refusal) { () throws(ErrorCode) in
      try change(id) { (transaction, _) throws(ErrorCode) in
        try transaction.end(isCommit ? .committed : .aborted, by: producer)
      }
    }
    return header.respond(error.code)
  }
}
