/// Fetch and ListOffsets.
extension Broker {
  mutating func fetch(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let fetch = try Fetch(&reader, header, now: now)
    if let response = response(to: fetch) { return .respond(response) }
    parkedFetches.append(fetch)
    return .parked
  }

  /// Answers the parked fetches that have waited long enough, or for which enough has come.
  mutating func completeFetches() {
    parkedFetches = parkedFetches.filter { fetch in
      guard let response = response(to: fetch) else { return true }
      send(response, to: fetch.header)
      return false
    }
  }

  /// - Returns: nil while the fetch must wait.
  private func response(to fetch: Fetch) -> [UInt8]? {
    var foundBytes = 0
    var isDue = now >= fetch.deadline
    let found = fetch.topics.mapPartitions { topic, part in
      let (partition, _, offset, _, maxBytes) = part.values
      var read = PartitionLog.Read()
      let error = ErrorCode.caught(fetch.header.refusal) { () throws(ErrorCode) in
        guard let log = topics[topic]?[partition] else { throw .unknownTopicOrPartition }
        guard (log.startOffset...log.endOffset).contains(offset) else { throw .offsetOutOfRange }
        let left = max(0, min(Int(maxBytes), fetch.maxBytes - foundBytes))
        read = try log.read(from: offset, isolation: fetch.isolation, maxBytes: left, always: foundBytes == 0)
      }
      foundBytes += read.bytes.count
      isDue = isDue || error != nil
      let preferredReplica: Int32 = -1
      return Fields(
        partition, error.code, read.endOffset, read.lastStableOffset, read.startOffset,
        read.aborted.map { Fields($0.producerID, $0.firstOffset) }, preferredReplica,
        read.bytes)
    }
    guard isDue || foundBytes >= fetch.minBytes else { return nil }
    return fetch.header.frame(RequestHeader.noThrottle, ErrorCode.success, Int32(0), found)  // 0: no session
  }

  mutating func listOffsets(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    // The replica first: consumers have none.
    let (_, isCommitted, asked) = try reader.read(Int32.self, Bool.self, ByTopic<Fields<Int32, Int64>>.self)
    let isolation: Isolation = isCommitted ? .readCommitted : .readUncommitted
    let positions = asked.mapPartitions { topic, asked in
      let (partition, time) = asked.values
      var found: (offset: Int64, timestamp: Int64)?
      let error = ErrorCode.caught(header.refusal) { () throws(ErrorCode) in
        guard let log = topics[topic]?[partition] else { throw .unknownTopicOrPartition }
        switch time {
        case -2: found = (log.startOffset, -1)
        case -1: found = (log.limit(isolation), -1)  // the end
        default: found = try log.firstRecord(from: time, isolation: isolation)
        }
      }
      return Fields(partition, error.code, found?.timestamp ?? -1, found?.offset ?? -1)
    }
    return header.respond(positions)
  }
}
