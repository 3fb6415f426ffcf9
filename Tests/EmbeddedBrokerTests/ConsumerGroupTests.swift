import Testing

@testable import EmbeddedBroker

@Suite struct ConsumerGroupTests {
  private var group = ConsumerGroup()

  private func request(_ connection: Int, member: String, strategies: [String] = ["range"], session: Int64 = 10_000)
    -> GroupMember
  {
    GroupMember(
      id: member, sessionTimeoutMillis: session, rebalanceTimeoutMillis: 30_000,
      strategies: strategies.map { GroupMember.Strategy(name: $0, metadata: Array($0.utf8)) },
      parked: BrokerUnderTest.header(.joinGroup, connection: connection))
  }

  /// A first join, which only gets an id.
  private mutating func id(_ connection: Int, now: Int64 = 0) throws -> String {
    guard case .joined(_, let joined, .memberIDRequired)? = group.join(request(connection, member: ""), now: now).first
    else {
      throw BrokerUnderTest.UnexpectedOutcome()
    }
    return joined.memberID
  }

  private static func joined(_ replies: [ConsumerGroup.Reply]) -> [Int: (ConsumerGroup.Joined, ErrorCode?)] {
    var found: [Int: (ConsumerGroup.Joined, ErrorCode?)] = [:]
    for case .joined(let header, let joined, let error) in replies { found[header.connection] = (joined, error) }
    return found
  }

  private static func synced(_ replies: [ConsumerGroup.Reply]) -> [Int: ([UInt8], ErrorCode?)] {
    var found: [Int: ([UInt8], ErrorCode?)] = [:]
    for case .synced(let header, let assignment, let error) in replies {
      found[header.connection] = (assignment, error)
    }
    return found
  }

  private mutating func sync(
    _ connection: Int, _ id: String, generation: Int32, _ assignments: [String: [UInt8]] = [:], now: Int64
  ) -> [ConsumerGroup.Reply] {
    let header = BrokerUnderTest.header(.syncGroup, connection: connection)
    return group.sync(header, memberID: id, generation: generation, assignments: assignments, now: now)
  }

  /// Two members in generation 1, stable since 200.
  private mutating func twoMembers() throws -> (String, String) {
    let (a, b) = (try id(1), try id(2))
    #expect(group.join(request(1, member: a), now: 10).isEmpty)
    #expect(group.join(request(2, member: b), now: 20).isEmpty)
    let replies = Self.joined(group.advance(to: 120))
    #expect(replies[1]?.0.members.map(\.id) == [a, b])
    #expect(replies[2]?.0.members.isEmpty == true)
    #expect(replies[2]?.0.leader == a)
    #expect(sync(2, b, generation: 1, now: 200).isEmpty)
    let assigned = Self.synced(sync(1, a, generation: 1, [a: [1], b: [2]], now: 200))
    #expect(assigned[1]?.0 == [1])
    #expect(assigned[2]?.0 == [2])
    #expect(group.phase == .stable)
    return (a, b)
  }

  @Test mutating func `two members join, sync and hold a generation`() throws {
    let (a, _) = try twoMembers()
    #expect(throws: Never.self) { try group.heartbeat(memberID: a, generation: 1, now: 300) }
    #expect(throws: ErrorCode.illegalGeneration) { try group.heartbeat(memberID: a, generation: 2, now: 300) }
    #expect(throws: ErrorCode.unknownMemberID) { try group.heartbeat(memberID: "x", generation: 1, now: 300) }
  }

  @Test mutating func `the first join waits for others, and no longer than its delay`() throws {
    let a = try id(1)
    _ = group.join(request(1, member: a), now: 0)
    #expect(group.nextDeadline == 100)
    #expect(group.advance(to: 99).isEmpty)
    #expect(Self.joined(group.advance(to: 100)).keys.sorted() == [1])
  }

  @Test mutating func `a newcomer makes all join again`() throws {
    let (a, b) = try twoMembers()
    let c = try id(3, now: 300)
    #expect(group.join(request(3, member: c), now: 300).isEmpty)
    #expect(throws: ErrorCode.rebalanceInProgress) { try group.heartbeat(memberID: a, generation: 1, now: 310) }
    #expect(group.join(request(1, member: a), now: 320).isEmpty)
    let replies = Self.joined(group.join(request(2, member: b), now: 330))
    #expect(replies.keys.sorted() == [1, 2, 3])
    #expect(replies[3]?.0.generation == 2)
  }

  @Test mutating func `a silent member is dropped when its session ends`() throws {
    let (a, b) = try twoMembers()
    try group.heartbeat(memberID: a, generation: 1, now: 9_000)
    #expect(group.nextDeadline == 10_200)
    _ = group.advance(to: 10_200)
    #expect(group.members.map(\.id) == [a])
    #expect(throws: ErrorCode.unknownMemberID) { try group.heartbeat(memberID: b, generation: 1, now: 10_300) }
    #expect(Self.joined(group.join(request(1, member: a), now: 10_400))[1]?.0.generation == 2)
  }

  @Test mutating func `a member that does not join again is left behind at the deadline`() throws {
    let (a, b) = try twoMembers()
    _ = try group.leave(memberID: b, now: 300)
    let c = try id(3, now: 300)
    _ = group.join(request(3, member: c), now: 300)
    for now in stride(from: Int64(5_000), to: 30_300, by: 5_000) {
      #expect(throws: ErrorCode.rebalanceInProgress) { try group.heartbeat(memberID: a, generation: 1, now: now) }
    }
    #expect(Self.joined(group.advance(to: 30_300)).keys.sorted() == [3])
    #expect(group.members.map(\.id) == [c])
  }

  @Test mutating func `a group whose members have left is empty`() throws {
    let (a, b) = try twoMembers()
    _ = try group.leave(memberID: a, now: 300)
    #expect(throws: ErrorCode.unknownMemberID) { try group.leave(memberID: a, now: 300) }
    _ = try group.leave(memberID: b, now: 300)
    #expect(group.phase == .empty)
    #expect(group.nextDeadline == nil)
  }

  @Test mutating func `those who wait for the assignment are told when the leader goes`() throws {
    let (a, b) = (try id(1), try id(2))
    _ = group.join(request(1, member: a), now: 0)
    _ = group.join(request(2, member: b), now: 0)
    _ = group.advance(to: 100)
    #expect(sync(2, b, generation: 1, now: 150).isEmpty)
    #expect(Self.synced(try group.leave(memberID: a, now: 200))[2]?.1 == .rebalanceInProgress)
  }

  @Test mutating func `members agree on a strategy that all support`() throws {
    let (a, b) = (try id(1), try id(2))
    _ = group.join(request(1, member: a, strategies: ["sticky", "range"]), now: 0)
    _ = group.join(request(2, member: b, strategies: ["roundrobin", "range"]), now: 0)
    #expect(Self.joined(group.advance(to: 100))[1]?.0.strategy == "range")
    let refused = Self.joined(group.join(request(3, member: "", strategies: ["sticky"]), now: 200))
    #expect(refused[3]?.1 == .inconsistentGroupProtocol)
  }

  @Test mutating func `an unknown member or an impossible session is refused`() {
    #expect(Self.joined(group.join(request(1, member: "ghost"), now: 0))[1]?.1 == .unknownMemberID)
    #expect(Self.joined(group.join(request(1, member: "", session: 0), now: 0))[1]?.1 == .invalidSessionTimeout)
  }

  @Test mutating func `offsets are committed by members of the generation, or by anybody while there are none`() throws
  {
    #expect(throws: Never.self) { try group.checkCommit(memberID: "", generation: -1, transactional: false, now: 0) }
    let (a, _) = try twoMembers()
    #expect(throws: Never.self) { try group.checkCommit(memberID: a, generation: 1, transactional: false, now: 300) }
    #expect(throws: ErrorCode.illegalGeneration) {
      try group.checkCommit(memberID: a, generation: 0, transactional: true, now: 300)
    }
    #expect(throws: ErrorCode.unknownMemberID) {
      try group.checkCommit(memberID: "", generation: -1, transactional: false, now: 300)
    }
    #expect(throws: Never.self) { try group.checkCommit(memberID: "", generation: -1, transactional: true, now: 300) }
  }
}
