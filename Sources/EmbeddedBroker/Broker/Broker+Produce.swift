extension Broker {
  private struct Appended {
    let partition: Int32
    var error: ErrorCode?
    var offset: Int64 = -1
    var appendTime: Int64?
  }

  mutating func produce(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let transactionalID = try reader.nullableString()
    let acks = try reader.int16()
    _ = try reader.int32()  // timeout: nothing here takes time
    let asked = try reader.topics { reader throws(WireFailure) in
      (partition: try reader.int32(), records: try reader.nullableBytes() ?? [])
    }
    let results = asked.map { topic in
      topic.map { name, part in
        guard [-1, 0, 1].contains(acks) else { return Appended(partition: part.partition, error: .invalidRequiredAcks) }
        return append(part.records, to: TopicPartition(topic: name, partition: part.partition), transactionalID)
      }
    }
    completeFetches()
    return acks == 0 ? .noResponse : .respond(header.response { Self.write(results, header.version, to: &$0) })
  }

  private mutating func append(_ records: ArraySlice<UInt8>, to place: TopicPartition, _ transactionalID: String?)
    -> Appended
  {
    do throws(ErrorCode) {
      guard topics[place.topic] != nil else { throw .unknownTopicOrPartition }
      let transaction = transactionalID.flatMap { transactions[$0] }
      let appended = try topics[place.topic]?.append(records, to: place.partition, now: now) {
        batch throws(ErrorCode) in
        guard batch.isTransactional else { return }
        try Self.check(transaction, mayWrite: batch, to: place)
      }
      return Appended(partition: place.partition, offset: appended?.offset ?? -1, appendTime: appended?.appendTime)
    } catch {
      return Appended(partition: place.partition, error: error)
    }
  }

  private static func check(_ transaction: Transaction?, mayWrite batch: RecordBatch, to place: TopicPartition)
    throws(ErrorCode)
  {
    guard let transaction else { throw .invalidProducerIDMapping }
    do throws(ErrorCode) {
      try transaction.checkWrite(to: place, producerID: batch.producerID, epoch: batch.producerEpoch)
    } catch {
      throw error == .producerFenced ? .invalidProducerEpoch : error  // the only code for it that Produce has
    }
  }

  private static func write(_ results: [PartitionsByTopic<Appended>], _ version: Int16, to writer: inout WireWriter) {
    writer.topics(results) { writer, result in
      writer.int32(result.partition)
      writer.error(result.error)
      writer.int64(result.offset)
      writer.int64(result.appendTime ?? -1)
      if version >= 5 { writer.int64(result.error == nil ? 0 : -1) }  // log start
      if version >= 8 {
        writer.emptyArray()  // errors of single records
        writer.string(nil)
      }
    }
    writer.noThrottle()
  }
}
