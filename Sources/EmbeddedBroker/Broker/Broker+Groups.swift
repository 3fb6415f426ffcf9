/// Coordinators, and the membership of groups. Static membership (KIP-345) is not kept: the instance ids are passed over.
extension Broker {
  func findCoordinator(_ header: RequestHeader) -> Outcome {
    header.respond(ErrorCode.success, String.null, Self.nodeID, settings.host, Int32(settings.port))
  }

  mutating func joinGroup(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (group, sessionTimeout, rebalanceTimeout, memberID, _, _, strategies) = try reader.read(
      String.self, Int32.self, Int32.self, String.self, String?.self, String.self,
      [Fields<String, ArraySlice<UInt8>>].self)
    var newcomer = GroupMember(
      id: memberID, sessionTimeoutMillis: Int64(sessionTimeout), rebalanceTimeoutMillis: Int64(rebalanceTimeout),
      strategies: strategies.map { .init(name: $0.values.0, metadata: Array($0.values.1)) }, parked: header)
    let isNamed = !group.isEmpty
    send(isNamed ? groups[group, default: .init()].join(newcomer, now: now) : newcomer.dismiss(.invalidGroupID))
    return .parked
  }

  mutating func syncGroup(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (group, generation, memberID, _, assignments) = try reader.read(
      String.self, Int32.self, String.self, String?.self, [Fields<String, ArraySlice<UInt8>>].self)
    let byMember = Dictionary(assignments.map { ($0.values.0, Array($0.values.1)) }) { $1 }
    let replies = groups[group]?.sync(
      header, memberID: memberID, generation: generation, assignments: byMember, now: now)
    send(replies ?? [.synced(header, assignment: [], .unknownMemberID)])
    return .parked
  }

  mutating func heartbeat(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (group, generation, memberID) = try reader.read(String.self, Int32.self, String.self)
    let error = ErrorCode.caught { () throws(ErrorCode) in
      guard groups[group] != nil else { throw .unknownMemberID }
      try groups[group]?.heartbeat(memberID: memberID, generation: generation, now: now)
    }
    return header.respond(error.code)
  }

  mutating func leaveGroup(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (group, memberID) = try reader.read(String.self, String.self)
    let error = ErrorCode.caught { () throws(ErrorCode) in
      guard let replies = try groups[group]?.leave(memberID: memberID, now: now) else { throw .unknownMemberID }
      send(replies)
    }
    return header.respond(error.code)
  }

  mutating func send(_ replies: [ConsumerGroup.Reply]) {
    for reply in replies {
      switch reply {
      case .joined(let header, let joined, let error):
        let members = joined.members.map { Fields($0.id, String.null, $0.metadata[...]) }
        send(
          header.respond(error.code, joined.generation, joined.strategy, joined.leader, joined.memberID, members),
          to: header.connection)
      case .synced(let header, let assignment, let error):
        send(header.respond(error.code, assignment[...]), to: header.connection)
      }
    }
  }
}
