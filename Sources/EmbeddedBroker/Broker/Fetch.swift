/// A fetch as asked; parked until enough has come or its time is up.
struct Fetch {
  struct Part {
    let partition: Int32
    let offset: Int64
    let maxBytes: Int
  }

  /// However much a client asks for, one response takes no more than this beyond a first batch.
  static let maxResponseBytes = 64 << 20

  let header: RequestHeader
  let deadline: Int64
  let minBytes: Int
  let maxBytes: Int
  let isolation: Isolation
  let topics: [PartitionsByTopic<Part>]

  init(_ reader: inout WireReader, _ header: RequestHeader, now: Int64) throws(WireFailure) {
    self.header = header
    _ = try reader.int32()  // replica: consumers have none
    deadline = now + Int64(max(0, try reader.int32()))
    minBytes = Int(try reader.int32())
    maxBytes = min(max(0, Int(try reader.int32())), Self.maxResponseBytes)
    isolation = Isolation(wire: try reader.int8())
    if header.version >= 7 { _ = (try reader.int32(), try reader.int32()) }  // no sessions: each fetch names all
    topics = try reader.topics { reader throws(WireFailure) in
      let partition = try reader.int32()
      if header.version >= 9 { _ = try reader.int32() }  // leader epoch
      let offset = try reader.int64()
      if header.version >= 5 { _ = try reader.int64() }  // a follower's log start
      return Part(partition: partition, offset: offset, maxBytes: max(0, Int(try reader.int32())))
    }
  }
}
