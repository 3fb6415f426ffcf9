extension Broker {
  mutating func produce(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    // After the acknowledgements comes a time-out: nothing here takes time.
    let (transactionalID, acks, _, asked) = try reader.read(
      String?.self, Int16.self, Int32.self, ByTopic<Fields<Int32, ArraySlice<UInt8>?>>.self)
    let transaction = transactionalID.flatMap { transactions[$0] }
    let results = asked.mapPartitions { topic, part in
      let (partition, records) = part.values
      var appended: (offset: Int64, appendTime: Int64?, startOffset: Int64) = (-1, nil, -1)
      let error = ErrorCode.caught(header.refusal) { () throws(ErrorCode) in
        guard [-1, 0, 1].contains(acks) else { throw .invalidRequiredAcks }
        let place = TopicPartition(topic: topic, partition: partition)
        appended = try append(records ?? [], to: place, in: transaction)
      }
      return Fields(partition, error.code, appended.offset, appended.appendTime ?? -1, appended.startOffset)
    }
    completeFetches()
    return acks == 0 ? .noResponse : .respond(header.frame(results, RequestHeader.noThrottle))
  }

  private mutating func append(
    _ records: ArraySlice<UInt8>, to place: TopicPartition, in transaction: Transaction?
  ) throws(ErrorCode) -> (offset: Int64, appendTime: Int64?, startOffset: Int64) {
    guard exists(place), let topic = topics.index(forKey: place.topic) else { throw .unknownTopicOrPartition }
    let configuration = topics.values[topic].configuration
    let batch = try RecordBatch(produced: records, maxBytes: configuration.maxMessageBytes)
    if batch.isTransactional {
      guard let transaction else { throw .invalidProducerIDMapping }
      try transaction.checkWrite(to: place, by: batch.producer)
    }
    let partition = Int(place.partition)
    let last = topics.values[topic].partitions[partition].lastAppendTime
    let start = topics.values[topic].partitions[partition].startOffset
    // The clock of a broker that ran before may have been ahead of this one's.
    let appendTime = configuration.usesAppendTime ? max(now, last) : nil
    let offset = try topics.values[topic].partitions[partition]
      .append(batch, appendTime: appendTime, configuration: configuration)
    return (offset, appendTime, start)
  }
}
