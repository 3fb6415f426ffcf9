/// Fetch and ListOffsets.
extension Broker {
  private struct Found {
    let partition: Int32
    var error: ErrorCode?
    var endOffset: Int64 = -1
    var lastStableOffset: Int64 = -1
    var read = PartitionLog.Read()
  }

  mutating func fetch(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let fetch = try Fetch(&reader, header, now: now)
    guard isDue(fetch) else {
      parkedFetches.append(fetch)
      return .parked
    }
    return .respond(response(to: fetch))
  }

  /// Answers the parked fetches that have waited long enough, or for which enough has come.
  mutating func completeFetches() {
    guard !parkedFetches.isEmpty else { return }
    let due = parkedFetches.indices.filter { isDue(parkedFetches[$0]) }
    for index in due { send(response(to: parkedFetches[index]), to: parkedFetches[index].header.connection) }
    for index in due.reversed() { parkedFetches.remove(at: index) }
  }

  private func isDue(_ fetch: Fetch) -> Bool {
    guard now < fetch.deadline else { return true }
    var available = 0
    for topic in fetch.topics {
      for part in topic.partitions {
        guard let log = topics[topic.topic]?[part.partition], part.isWithin(log) else { return true }
        available += min(log.availableBytes(from: part.offset, isolation: fetch.isolation), part.maxBytes)
      }
    }
    return available >= fetch.minBytes
  }

  private func response(to fetch: Fetch) -> [UInt8] {
    var left = fetch.maxBytes
    var isFirst = true
    let found = fetch.topics.map { topic in
      topic.map { name, part in
        let found = find(part, of: name, fetch.isolation, maxBytes: min(left, part.maxBytes), always: isFirst)
        left = max(0, left - found.read.batches.reduce(0) { $0 + $1.count })
        isFirst = isFirst && found.read.batches.isEmpty
        return found
      }
    }
    return fetch.header.response { Self.write(found, fetch.header.version, to: &$0) }
  }

  private func find(_ part: Fetch.Part, of topic: String, _ isolation: Isolation, maxBytes: Int, always: Bool) -> Found
  {
    guard let log = topics[topic]?[part.partition] else {
      return Found(partition: part.partition, error: .unknownTopicOrPartition)
    }
    guard part.isWithin(log) else { return Found(partition: part.partition, error: .offsetOutOfRange) }
    let read = log.read(from: part.offset, isolation: isolation, maxBytes: maxBytes, always: always)
    return Found(
      partition: part.partition, endOffset: log.endOffset, lastStableOffset: log.lastStableOffset, read: read)
  }

  private static func write(_ found: [PartitionsByTopic<Found>], _ version: Int16, to writer: inout WireWriter) {
    writer.noThrottle()
    if version >= 7 {
      writer.error(nil)
      writer.int32(0)  // no session
    }
    writer.topics(found) { writer, found in
      writer.int32(found.partition)
      writer.error(found.error)
      writer.int64(found.endOffset)
      writer.int64(found.lastStableOffset)
      if version >= 5 { writer.int64(found.error == nil ? 0 : -1) }  // log start
      writer.array(found.read.aborted) { writer, aborted in
        writer.int64(aborted.producerID)
        writer.int64(aborted.firstOffset)
      }
      if version >= 11 { writer.int32(-1) }  // no better replica to read from
      writer.bytes(joining: found.read.batches)
    }
  }

  // MARK: ListOffsets

  private struct Position {
    let partition: Int32
    var error: ErrorCode?
    var timestamp: Int64 = -1
    var offset: Int64 = -1
  }

  mutating func listOffsets(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    _ = try reader.int32()  // replica: consumers have none
    let isolation = header.version >= 2 ? Isolation(wire: try reader.int8()) : .readUncommitted
    let asked = try reader.topics { reader throws(WireFailure) in
      let partition = try reader.int32()
      if header.version >= 4 { _ = try reader.int32() }  // leader epoch
      return (partition: partition, time: try reader.int64())
    }
    let positions = asked.map { topic in topic.map { position(in: $0, $1.partition, at: $1.time, isolation) } }
    return header.respond(throttleFrom: 2) { writer in
      writer.topics(positions) { writer, position in
        writer.int32(position.partition)
        writer.error(position.error)
        writer.int64(position.timestamp)
        writer.int64(position.offset)
        if header.version >= 4 { writer.int32(-1) }  // leader epoch
      }
    }
  }

  private func position(in topic: String, _ partition: Int32, at time: Int64, _ isolation: Isolation) -> Position {
    guard let log = topics[topic]?[partition] else {
      return Position(partition: partition, error: .unknownTopicOrPartition)
    }
    switch time {
    case -2: return Position(partition: partition, offset: log.startOffset)
    case -1: return Position(partition: partition, offset: log.limit(isolation))
    default:
      let found = log.firstRecord(from: time, isolation: isolation)
      return Position(partition: partition, timestamp: found?.timestamp ?? -1, offset: found?.offset ?? -1)
    }
  }
}

extension Fetch.Part {
  fileprivate func isWithin(_ log: PartitionLog) -> Bool { offset >= log.startOffset && offset <= log.endOffset }
}
