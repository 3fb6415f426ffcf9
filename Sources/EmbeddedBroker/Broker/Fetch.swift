/// A fetch as asked; parked until enough has come or its time is up.
struct Fetch {
  /// A partition, the epoch of its leader, the offset, a follower's log start, the most bytes.
  typealias Part = Fields<Int32, Int32, Int64, Int64, Int32>

  /// However much a client asks for, one response takes no more than this beyond a first batch.
  private static let maxResponseBytes: Int32 = 64 << 20

  let header: RequestHeader
  let deadline: Int64
  let minBytes: Int
  let maxBytes: Int
  let isolation: Isolation
  let topics: ByTopic<Part>

  init(_ reader: inout WireReader, _ header: RequestHeader, now: Int64) throws(WireFailure) {
    self.header = header
    let (_, maxWait, minBytes, maxBytes) = try reader.read(Int32.self, Int32.self, Int32.self, Int32.self)
    deadline = now + Int64(max(0, maxWait))
    self.maxBytes = Int(min(max(0, maxBytes), Self.maxResponseBytes))
    self.minBytes = min(Int(minBytes), self.maxBytes)
    // There are no sessions: each fetch names all its partitions.
    let (isCommitted, _, _, topics) = try reader.read(Bool.self, Int32.self, Int32.self, ByTopic<Part>.self)
    isolation = isCommitted ? .readCommitted : .readUncommitted
    self.topics = topics
  }
}
