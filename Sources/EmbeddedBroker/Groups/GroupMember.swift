struct GroupMember {
  struct Strategy: Equatable {
    let name: String
    let metadata: [UInt8]
  }

  let id: String
  let clientID: String
  let strategies: [Strategy]  // the preferred first
  let rebalanceTimeoutMillis: Int64
  private let sessionTimeoutMillis: Int64
  private(set) var sessionDeadline: Int64
  var assignment: [UInt8] = []
  var parkedJoin: RequestHeader?
  var parkedSync: RequestHeader?

  init(id: String, joining request: ConsumerGroup.JoinRequest, now: Int64) {
    self.id = id
    clientID = request.header.clientID
    strategies = request.strategies
    rebalanceTimeoutMillis = Int64(request.rebalanceTimeoutMillis)
    sessionTimeoutMillis = Int64(request.sessionTimeoutMillis)
    sessionDeadline = now + sessionTimeoutMillis
    parkedJoin = request.header
  }

  /// A member that waits for an answer cannot send heartbeats meanwhile.
  var isWaiting: Bool { parkedJoin != nil || parkedSync != nil }

  mutating func renewSession(now: Int64) { sessionDeadline = now + sessionTimeoutMillis }
  func supports(_ strategy: String) -> Bool { strategies.contains { $0.name == strategy } }
  func metadata(for strategy: String) -> [UInt8] { strategies.first { $0.name == strategy }?.metadata ?? [] }

  mutating func dismissParked(_ error: ErrorCode) -> [ConsumerGroup.Reply] {
    defer { parkedJoin = nil }
    let join = parkedJoin.map { ConsumerGroup.Reply.joined($0, ConsumerGroup.Joined(memberID: id), error) }
    return (join.map { [$0] } ?? []) + dismissParkedSync(error)
  }

  mutating func dismissParkedSync(_ error: ErrorCode) -> [ConsumerGroup.Reply] {
    defer { parkedSync = nil }
    return parkedSync.map { [.synced($0, assignment: [], error)] } ?? []
  }
}
