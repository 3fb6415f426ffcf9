/// The broker without its sockets: a value that requests change. Time comes in with each call, in ms since the epoch and
/// never going back, and answers come out as bytes, so that a test needs neither a port nor a clock.
struct Broker {
  /// What became of a request.
  enum Outcome: Equatable {
    case respond([UInt8])
    case parked  // the answer will be among ``takeResponses()``
    case noResponse  // none is expected
  }

  struct Response: Equatable {
    let connection: Int
    let frame: [UInt8]
  }

  static let nodeID: Int32 = 1
  /// Bounds what requests that name ever new topics can take.
  static let maxPartitionsInAll = 100_000

  let settings: EmbeddedBroker.Settings  // with the port that clients are to use
  var now: Int64 = 0
  var topics: [String: Topic] = [:]
  var groups: [String: ConsumerGroup] = [:]
  var transactions: [String: Transaction] = [:]
  var parkedFetches: [Fetch] = []
  private var producerIDsGiven: Int64 = 0
  private var responses: [Response] = []

  init(_ settings: EmbeddedBroker.Settings) { self.settings = settings }

  /// Serves one request, without the length that stands before it on the wire.
  /// - Throws: `WireFailure` when it cannot be read; its connection is then of no more use.
  mutating func handle(_ frame: ArraySlice<UInt8>, from connection: Int, now: Int64) throws(WireFailure) -> Outcome {
    self.now = max(now, self.now)
    var reader = WireReader(frame)
    let (header, api) = try API.header(of: &reader, connection: connection)
    return try api.handler(&self, &reader, header)
  }

  /// The answers to parked requests that have become due; at most one to a connection that waits for each of its own.
  mutating func takeResponses() -> [Response] {
    defer { responses = [] }
    return responses
  }

  /// When ``advance(to:)`` is next needed, if no request comes before.
  var nextDeadline: Int64? {
    let fetches = parkedFetches.lazy.map(\.deadline).min()
    let groups = groups.values.lazy.compactMap(\.nextDeadline).min()
    let transactions = transactions.values.lazy.compactMap(\.deadline).min()
    return [fetches, groups, transactions].compactMap { $0 }.min()
  }

  /// Does what time alone brings: ends long polls and joins, drops silent members, aborts transactions left open.
  mutating func advance(to now: Int64) {
    self.now = max(now, self.now)
    for id in groups.keys.sorted() {
      if let replies = groups[id]?.advance(to: self.now) { send(replies) }
    }
    for id in transactions.keys.sorted() {
      if let ending = transactions[id]?.expire(now: self.now) { carryOut(ending) }
    }
    completeFetches()
  }

  mutating func disconnected(_ connection: Int) { parkedFetches.removeAll { $0.header.connection == connection } }

  mutating func send(_ frame: [UInt8], to connection: Int) {
    responses.append(Response(connection: connection, frame: frame))
  }

  mutating func newProducerID() -> Int64 {
    producerIDsGiven += 1
    return producerIDsGiven
  }

  func apiVersions(_ header: RequestHeader) -> Outcome {
    let isServed = header.version <= 3
    return header.respond(throttleFrom: .max) { writer in
      writer.error(isServed ? nil : .unsupportedVersion)
      writer.array(API.all) { writer, api in
        writer.int16(api.key)
        writer.int16(api.versions.lowerBound)
        writer.int16(api.versions.upperBound)
        writer.noTags()
      }
      if isServed, header.version >= 1 { writer.noThrottle() }
    }
  }
}
