/// A member of a group as it asked to join, and how it stands since.
struct GroupMember {
  struct Strategy: Equatable {
    let name: String
    let metadata: [UInt8]
  }

  var id: String  // empty: not given yet
  let sessionTimeoutMillis: Int64
  let rebalanceTimeoutMillis: Int64
  let strategies: [Strategy]  // the preferred first
  var parked: RequestHeader?  // a join or a sync that is still to be answered
  private(set) var sessionDeadline: Int64 = 0
  var assignment: [UInt8] = []

  /// A member that waits for an answer cannot send heartbeats meanwhile.
  var isWaiting: Bool { parked != nil }
  var hasJoined: Bool { parked?.api == .joinGroup }

  mutating func renewSession(now: Int64) { sessionDeadline = now + sessionTimeoutMillis }
  func supports(_ strategy: String) -> Bool { strategies.contains { $0.name == strategy } }
  func metadata(for strategy: String) -> [UInt8] { strategies.first { $0.name == strategy }?.metadata ?? [] }

  /// Answers what is parked with an error.
  mutating func dismiss(_ error: ErrorCode) -> [ConsumerGroup.Reply] {
    guard let header = parked.take() else { return [] }
    let joined = ConsumerGroup.Joined(memberID: id)
    return header.api == .joinGroup ? [.joined(header, joined, error)] : [.synced(header, assignment: [], error)]
  }
}
