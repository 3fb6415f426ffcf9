/// The broker without its sockets: a value that requests change. Time comes in with each call, in ms since the epoch and
/// never going back, and answers come out as bytes, so that a test needs neither a port nor a clock.
struct Broker {
  /// What became of a request.
  enum Outcome: Equatable {
    case respond([UInt8])
    case parked  // the answer will be among ``takeResponses()``
    case noResponse  // none is expected
    case close  // the connection, without an answer
  }

  struct Response: Equatable {
    let connection: Int
    let frame: [UInt8]
  }

  static let nodeID: Int32 = 1
  /// Bounds what requests that name ever new topics can take.
  static let maxPartitionsInAll = 100_000
  private static let producerIDBlock: Int64 = 1_000

  let settings: EmbeddedBroker.Settings  // with the host and port that clients are to use
  let faults: FaultInjector
  var now: Int64 = 0
  var topics: [String: Topic] = [:]
  var groups: [String: ConsumerGroup] = [:]
  var transactions: [String: Transaction] = [:]
  var parkedFetches: [Fetch] = []
  var data: DataDirectory?  // nil: in memory
  var unfinishedEndings: [Transaction.Ending] = []  // markers that the disk refused
  var producerIDsReserved: Int64 = 0
  var producerIDsGiven: Int64 = 0
  private var responses: [Response] = []
  private var delayed: [(due: Int64, response: Response)] = []

  init(_ settings: EmbeddedBroker.Settings) {
    self.settings = settings
    faults = FaultInjector(settings.faults, seed: settings.faultSeed)
  }

  /// Serves one request, without the length that stands before it on the wire.
  /// - Throws: `WireFailure` when it cannot be read; its connection is then of no more use.
  mutating func handle(_ frame: ArraySlice<UInt8>, from connection: Int, now: Int64) throws(WireFailure) -> Outcome {
    self.now = max(now, self.now)
    var reader = WireReader(frame)
    var header = try RequestHeader(from: &reader, connection: connection)
    let fault = faults.fault(for: header.api)
    switch fault {
    case .delay(let millis): header.delayMillis = millis
    case .error(let error): header.refusal = error
    case .cut: return .close
    case .loseAnswer, nil: break
    }
    let outcome = try serve(&reader, header)
    if fault == .loseAnswer { return .close }
    guard header.delayMillis > 0, case .respond(let frame) = outcome else { return outcome }
    send(frame, to: header)
    return .parked
  }

  private mutating func serve(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    switch header.api {
    case .produce: return try produce(&reader, header)
    case .fetch: return try fetch(&reader, header)
    case .listOffsets: return try listOffsets(&reader, header)
    case .metadata: return try metadata(&reader, header)
    case .offsetCommit: return try offsetCommit(&reader, header)
    case .offsetFetch: return try offsetFetch(&reader, header)
    case .findCoordinator: return findCoordinator(header)
    case .joinGroup: return try joinGroup(&reader, header)
    case .heartbeat: return try heartbeat(&reader, header)
    case .leaveGroup: return try leaveGroup(&reader, header)
    case .syncGroup: return try syncGroup(&reader, header)
    case .apiVersions: return apiVersions(header)
    case .createTopics: return try createTopics(&reader, header)
    case .deleteTopics: return try deleteTopics(&reader, header)
    case .initProducerID: return try initProducerID(&reader, header)
    case .addPartitionsToTxn: return try addPartitionsToTxn(&reader, header)
    case .addOffsetsToTxn: return try addOffsetsToTxn(&reader, header)
    case .endTxn: return try endTxn(&reader, header)
    case .txnOffsetCommit: return try txnOffsetCommit(&reader, header)
    case .describeConfigs: return try describeConfigs(&reader, header)
    case .deleteRecords: return try deleteRecords(&reader, header)
    case .deleteGroups: return try deleteGroups(&reader, header)
    case .incrementalAlterConfigs: return try incrementalAlterConfigs(&reader, header)
    }
  }

  private func apiVersions(_ header: RequestHeader) -> Outcome {
    let isServed = header.version <= header.api.version
    let error = (isServed ? header.refusal : .unsupportedVersion).code
    let served = API.allCases.map { Fields($0.rawValue, Int16(0), $0.version) }
    let saysThrottle = isServed && header.version >= 1
    return .respond(saysThrottle ? header.frame(error, served, RequestHeader.noThrottle) : header.frame(error, served))
  }

  /// The answers to parked requests that have become due; at most one to a connection that waits for each of its own.
  mutating func takeResponses() -> [Response] {
    defer { responses = [] }
    return responses
  }

  /// When ``advance(to:)`` is next needed, if no request comes before.
  var nextDeadline: Int64? {
    let ofGroups = groups.values.compactMap(\.nextDeadline)
    let ofAnswers = parkedFetches.map(\.deadline) + delayed.map(\.due)
    return (ofAnswers + ofGroups + transactions.values.compactMap(\.deadline)).min()
  }

  /// Does what time alone brings: ends long polls and joins, drops silent members, aborts transactions left open.
  mutating func advance(to now: Int64) {
    self.now = max(now, self.now)
    for id in groups.keys.sorted() { send(groups[id]?.advance(to: self.now) ?? []) }
    for id in transactions.keys.sorted() {
      guard let deadline = transactions[id]?.deadline, self.now >= deadline else { continue }
      _ = try? change(id) { (transaction, now) in transaction.expire(now: now) }
    }
    completeFetches()
    responses += delayed.filter { $0.due <= self.now }.map(\.response)
    delayed.removeAll { $0.due <= self.now }
  }

  mutating func disconnected(_ connection: Int) {
    parkedFetches.removeAll { $0.header.connection == connection }
    delayed.removeAll { $0.response.connection == connection }
  }

  /// Answers a parked request, late where a fault says so.
  mutating func send(_ frame: [UInt8], to header: RequestHeader) {
    let response = Response(connection: header.connection, frame: frame)
    if header.delayMillis > 0 {
      delayed.append((now + header.delayMillis, response))
    } else {
      responses.append(response)
    }
  }

  /// Ids are reserved a block at a time, and the rest of a block is lost with the process.
  mutating func newProducerID() throws(ErrorCode) -> Int64 {
    if producerIDsGiven == producerIDsReserved { try record(.producerIDs(producerIDsReserved + Self.producerIDBlock)) }
    producerIDsGiven += 1
    return producerIDsGiven
  }

  func exists(_ place: TopicPartition) -> Bool { topics[place.topic]?[place.partition] != nil }
}
