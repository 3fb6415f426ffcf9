/// The life of one consumer group under the classic, eager protocol: members join, one of them assigns, and all hold a
/// generation until somebody comes or goes.
///
/// It knows no connection: a request that must wait is parked with its header, and answered later by a ``Reply``.
struct ConsumerGroup {
  enum Phase: Equatable {
    case empty
    /// Waits until all known members have joined again, at the latest until `deadline`; in a group that was empty, at
    /// least until `notBefore`, for more to come.
    case preparingRebalance(notBefore: Int64, deadline: Int64)
    case completingRebalance  // waits for the leader's assignment
    case stable
  }

  struct JoinRequest {
    let header: RequestHeader
    let memberID: String  // empty: a new one
    let sessionTimeoutMillis: Int32
    let rebalanceTimeoutMillis: Int32
    let protocolType: String
    let strategies: [GroupMember.Strategy]
    let mustKnowMemberID: Bool  // KIP-394: a first join only gets its id
  }

  struct Joined {
    var generation: Int32 = -1
    var strategy = ""
    var leader = ""
    var memberID: String
    var members: [(id: String, metadata: [UInt8])] = []  // for the leader alone
  }

  enum Reply {
    case joined(RequestHeader, Joined, ErrorCode?)
    case synced(RequestHeader, assignment: [UInt8], ErrorCode?)
  }

  static let initialDelayMillis: Int64 = 100
  static let sessionTimeoutMillis: ClosedRange<Int32> = 1...1_800_000

  var offsets = GroupOffsets()
  private(set) var phase = Phase.empty
  private(set) var generation: Int32 = 0
  private(set) var protocolType = ""
  private(set) var strategy = ""
  private(set) var members: [GroupMember] = []  // in order of joining
  private var leader = ""
  private var promised: [String: Int64] = [:]  // ids given to clients that have not used them yet: until when
  private var idsGiven = 0

  // MARK: Joining

  mutating func join(_ request: JoinRequest, now: Int64) -> [Reply] {
    do throws(ErrorCode) {
      return try admit(request, now: now)
    } catch {
      return [.joined(request.header, Joined(memberID: request.memberID), error)]
    }
  }

  private mutating func admit(_ request: JoinRequest, now: Int64) throws(ErrorCode) -> [Reply] {
    guard Self.sessionTimeoutMillis.contains(request.sessionTimeoutMillis) else { throw .invalidSessionTimeout }
    guard supports(request) else { throw .inconsistentGroupProtocol }
    if let index = index(of: request.memberID) { return rejoin(request, at: index, now: now) }
    if request.memberID.isEmpty {
      let id = newMemberID(for: request.header, now: now)
      guard request.mustKnowMemberID else { return add(request, as: id, now: now) }
      promised[id] = now + Int64(request.sessionTimeoutMillis)
      return [.joined(request.header, Joined(memberID: id), .memberIDRequired)]
    }
    guard promised.removeValue(forKey: request.memberID) != nil else { throw .unknownMemberID }
    return add(request, as: request.memberID, now: now)
  }

  /// The time keeps ids apart from those of a broker that ran before.
  private mutating func newMemberID(for header: RequestHeader, now: Int64) -> String {
    idsGiven += 1
    return "\(header.clientID)-\(now)-\(idsGiven)"
  }

  private func supports(_ request: JoinRequest) -> Bool {
    guard !request.protocolType.isEmpty, !request.strategies.isEmpty else { return false }
    let others = members.filter { $0.id != request.memberID }
    return others.isEmpty
      || request.protocolType == protocolType
        && request.strategies.contains { offered in others.allSatisfy { $0.supports(offered.name) } }
  }

  private mutating func add(_ request: JoinRequest, as id: String, now: Int64) -> [Reply] {
    protocolType = request.protocolType
    members.append(GroupMember(id: id, joining: request, now: now))
    let replies = prepareRebalance(now: now)
    if case .preparingRebalance(let notBefore, let deadline) = phase, notBefore > now {
      phase = .preparingRebalance(notBefore: min(now + Self.initialDelayMillis, deadline), deadline: deadline)
    }
    return replies + completeIfReady(now: now)
  }

  private mutating func rejoin(_ request: JoinRequest, at index: Int, now: Int64) -> [Reply] {
    let unchanged = members[index].strategies == request.strategies
    switch phase {
    case .stable where unchanged && request.memberID != leader, .completingRebalance where unchanged:
      members[index].renewSession(now: now)
      return [.joined(request.header, joined(members[index]), nil)]
    default:
      let superseded = members[index].dismissParked(.rebalanceInProgress)
      members[index] = GroupMember(id: request.memberID, joining: request, now: now)
      return superseded + prepareRebalance(now: now) + completeIfReady(now: now)
    }
  }

  private func joined(_ member: GroupMember) -> Joined {
    var joined = Joined(generation: generation, strategy: strategy, leader: leader, memberID: member.id)
    if member.id == leader { joined.members = members.map { ($0.id, $0.metadata(for: strategy)) } }
    return joined
  }

  // MARK: Rebalancing

  private mutating func prepareRebalance(now: Int64) -> [Reply] {
    if case .preparingRebalance = phase { return [] }
    let delay = phase == .empty ? Self.initialDelayMillis : 0
    let timeout = members.map(\.rebalanceTimeoutMillis).max() ?? 0
    phase = .preparingRebalance(notBefore: now + delay, deadline: now + max(timeout, delay))
    var replies: [Reply] = []
    for index in members.indices { replies += members[index].dismissParkedSync(.rebalanceInProgress) }
    return replies
  }

  private var allHaveJoined: Bool { promised.isEmpty && members.allSatisfy { $0.parkedJoin != nil } }

  private mutating func completeIfReady(now: Int64) -> [Reply] {
    guard case .preparingRebalance(let notBefore, let deadline) = phase else { return [] }
    guard now >= deadline || allHaveJoined && (now >= notBefore || members.isEmpty) else { return [] }
    members.removeAll { $0.parkedJoin == nil }
    generation &+= 1
    guard !members.isEmpty else {
      phase = .empty
      return []
    }
    phase = .completingRebalance
    strategy = electedStrategy
    leader = index(of: leader) == nil ? members[0].id : leader
    return members.indices.compactMap { index in
      defer { members[index].parkedJoin = nil }
      members[index].renewSession(now: now)
      return members[index].parkedJoin.map { .joined($0, joined(members[index]), nil) }
    }
  }

  /// Every member votes for the first of its strategies that all support.
  private var electedStrategy: String {
    let candidates = members[0].strategies.map(\.name).filter { name in members.allSatisfy { $0.supports(name) } }
    let votes = members.compactMap { $0.strategies.map(\.name).first(where: candidates.contains) }
    return candidates.max { a, b in votes.count { $0 == a } < votes.count { $0 == b } } ?? ""
  }

  // MARK: Holding a generation

  mutating func sync(
    _ header: RequestHeader, memberID: String, generation: Int32, assignments: [String: [UInt8]], now: Int64
  ) -> [Reply] {
    do throws(ErrorCode) {
      let index = try checkedIndex(memberID, generation)
      members[index].renewSession(now: now)
      switch phase {
      case .empty, .preparingRebalance: throw .rebalanceInProgress
      case .stable: return [.synced(header, assignment: members[index].assignment, nil)]
      case .completingRebalance:
        members[index].parkedSync = header
        return memberID == leader ? distribute(assignments, now: now) : []
      }
    } catch {
      return [.synced(header, assignment: [], error)]
    }
  }

  private mutating func distribute(_ assignments: [String: [UInt8]], now: Int64) -> [Reply] {
    phase = .stable
    return members.indices.compactMap { index in
      defer { members[index].parkedSync = nil }
      members[index].assignment = assignments[members[index].id] ?? []
      members[index].renewSession(now: now)
      return members[index].parkedSync.map { .synced($0, assignment: members[index].assignment, nil) }
    }
  }

  mutating func heartbeat(memberID: String, generation: Int32, now: Int64) throws(ErrorCode) {
    members[try checkedIndex(memberID, generation)].renewSession(now: now)
    if case .preparingRebalance = phase { throw .rebalanceInProgress }
  }

  mutating func leave(memberID: String, now: Int64) throws(ErrorCode) -> [Reply] {
    if promised.removeValue(forKey: memberID) != nil { return completeIfReady(now: now) }
    guard let index = index(of: memberID) else { throw .unknownMemberID }
    return remove(at: index, now: now) + completeIfReady(now: now)
  }

  private mutating func remove(at index: Int, now: Int64) -> [Reply] {
    let dismissed = members[index].dismissParked(.unknownMemberID)
    members.remove(at: index)
    return dismissed + prepareRebalance(now: now)
  }

  /// May this member commit offsets now? One that names no generation may while the group has no members, as tools that
  /// assign their partitions themselves do; within a transaction it always may (KIP-447).
  mutating func checkCommit(memberID: String, generation: Int32, transactional: Bool, now: Int64) throws(ErrorCode) {
    if generation < 0, transactional ? memberID.isEmpty : members.isEmpty { return }
    members[try checkedIndex(memberID, generation)].renewSession(now: now)
    if phase == .completingRebalance, !transactional { throw .rebalanceInProgress }
  }

  private func checkedIndex(_ memberID: String, _ generation: Int32) throws(ErrorCode) -> Int {
    guard let index = index(of: memberID) else { throw .unknownMemberID }
    guard generation == self.generation else { throw .illegalGeneration }
    return index
  }

  private func index(of memberID: String) -> Int? { members.firstIndex { $0.id == memberID } }

  // MARK: Time

  var nextDeadline: Int64? {
    var deadlines = members.filter { !$0.isWaiting }.map(\.sessionDeadline) + promised.values
    if case .preparingRebalance(let notBefore, let deadline) = phase {
      deadlines.append(allHaveJoined ? min(notBefore, deadline) : deadline)
    }
    return deadlines.min()
  }

  /// Drops those whose time is up.
  mutating func advance(to now: Int64) -> [Reply] {
    promised = promised.filter { $0.value > now }
    var replies: [Reply] = []
    while let index = members.firstIndex(where: { !$0.isWaiting && now >= $0.sessionDeadline }) {
      replies += remove(at: index, now: now)
    }
    return replies + completeIfReady(now: now)
  }
}
