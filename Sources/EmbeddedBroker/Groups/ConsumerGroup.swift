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
  static let sessionTimeoutMillis: ClosedRange<Int64> = 1...1_800_000

  var offsets = GroupOffsets()
  private(set) var phase = Phase.empty
  private var generation: Int32 = 0
  private var strategy = ""
  private(set) var members: [GroupMember] = []  // in order of joining
  private var leader: String { members.first?.id ?? "" }  // those before it have left
  private var promised: [String: Int64] = [:]  // ids given to clients that have not used them yet: until when
  private var idsGiven = 0

  // MARK: Joining

  mutating func join(_ newcomer: GroupMember, now: Int64) -> [Reply] {
    var newcomer = newcomer
    do throws(ErrorCode) {
      return try admit(&newcomer, now: now)
    } catch {
      return newcomer.dismiss(error)
    }
  }

  private mutating func admit(_ newcomer: inout GroupMember, now: Int64) throws(ErrorCode) -> [Reply] {
    guard Self.sessionTimeoutMillis.contains(newcomer.sessionTimeoutMillis) else { throw .invalidSessionTimeout }
    guard isCompatible(newcomer) else { throw .inconsistentGroupProtocol }
    newcomer.renewSession(now: now)
    if let index = index(of: newcomer.id) { return rejoin(newcomer, at: index, now: now) }
    guard !newcomer.id.isEmpty else {
      // A first join only gets its id (KIP-394). The time keeps ids apart from those of a broker that ran before.
      idsGiven += 1
      newcomer.id = "\(newcomer.parked?.clientID ?? "")-\(now)-\(idsGiven)"
      promised[newcomer.id] = newcomer.sessionDeadline
      throw .memberIDRequired
    }
    guard promised.removeValue(forKey: newcomer.id) != nil else { throw .unknownMemberID }
    members.append(newcomer)
    let replies = prepareRebalance(now: now)
    if case .preparingRebalance(let notBefore, let deadline) = phase, notBefore > now {
      phase = .preparingRebalance(notBefore: min(now + Self.initialDelayMillis, deadline), deadline: deadline)
    }
    return replies + completeIfReady(now: now)
  }

  private func isCompatible(_ newcomer: GroupMember) -> Bool {
    let others = members.filter { $0.id != newcomer.id }
    return newcomer.strategies.contains { offered in others.allSatisfy { $0.supports(offered.name) } }
  }

  private mutating func rejoin(_ member: GroupMember, at index: Int, now: Int64) -> [Reply] {
    let isCurrent = phase == .completingRebalance || phase == .stable && member.id != leader
    if isCurrent, members[index].strategies == member.strategies, let header = member.parked {
      members[index].renewSession(now: now)
      return [.joined(header, joined(members[index]), nil)]
    }
    let superseded = members[index].dismiss(.rebalanceInProgress)
    members[index] = member
    return superseded + prepareRebalance(now: now) + completeIfReady(now: now)
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
    for index in members.indices where !members[index].hasJoined {
      replies += members[index].dismiss(.rebalanceInProgress)
    }
    return replies
  }

  private var allHaveJoined: Bool { promised.isEmpty && members.allSatisfy(\.hasJoined) }

  private mutating func completeIfReady(now: Int64) -> [Reply] {
    guard case .preparingRebalance(let notBefore, let deadline) = phase else { return [] }
    guard now >= deadline || allHaveJoined && (now >= notBefore || members.isEmpty) else { return [] }
    members.removeAll { !$0.hasJoined }
    generation &+= 1
    guard !members.isEmpty else {
      phase = .empty
      return []
    }
    phase = .completingRebalance
    strategy = electedStrategy
    return members.indices.compactMap { index in
      members[index].renewSession(now: now)
      return members[index].parked.take().map { .joined($0, joined(members[index]), nil) }
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
        members[index].parked = header
        return memberID == leader ? distribute(assignments, now: now) : []
      }
    } catch {
      return [.synced(header, assignment: [], error)]
    }
  }

  private mutating func distribute(_ assignments: [String: [UInt8]], now: Int64) -> [Reply] {
    phase = .stable
    return members.indices.compactMap { index in
      members[index].assignment = assignments[members[index].id] ?? []
      members[index].renewSession(now: now)
      return members[index].parked.take().map { .synced($0, assignment: members[index].assignment, nil) }
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
    let dismissed = members[index].dismiss(.unknownMemberID)
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
