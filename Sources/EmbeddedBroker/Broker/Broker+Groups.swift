/// Coordinators, and the membership of groups. Static membership (KIP-345) is not kept: the instance ids are passed over.
extension Broker {
  func findCoordinator(_ header: RequestHeader) -> Outcome {
    header.respond(header.refusal.code, String.null, Self.nodeID, settings.host, Int32(settings.port))
  }

  mutating func joinGroup(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (group, sessionTimeout, rebalanceTimeout, memberID, _, _, strategies) = try reader.read(
      String.self, Int32.self, Int32.self, String.self, String?.self, String.self,
      [Fields<String, ArraySlice<UInt8>>].self)
    var newcomer = GroupMember(
      id: memberID, sessionTimeoutMillis: Int64(sessionTimeout), rebalanceTimeoutMillis: Int64(rebalanceTimeout),
      strategies: strategies.map { .init(name: $0.values.0, metadata: Array($0.values.1)) }, parked: header)
    if let error = header.refusal ?? (group.isEmpty ? .invalidGroupID : nil) {
      send(newcomer.dismiss(error))
    } else {
      send(groups[group, default: .init()].join(newcomer, now: now))
    }
    return .parked
  }

  mutating func syncGroup(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (group, generation, memberID, _, assignments) = try reader.read(
      String.self, Int32.self, String.self, String?.self, [Fields<String, ArraySlice<UInt8>>].self)
    let byMember = Dictionary(assignments.map { ($0.values.0, Array($0.values.1)) }) { $1 }
    if let error = header.refusal ?? (groups[group] == nil ? .unknownMemberID : nil) {
      send([.synced(header, assignment: [], error)])
    } else {
      let replies = groups[group]?.sync(
        header, memberID: memberID, generation: generation, assignments: byMember, now: now)
      send(replies ?? [])
    }
    return .parked
  }

  mutating func heartbeat(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (group, generation, memberID) = try reader.read(String.self, Int32.self, String.self)
    let error = ErrorCode.caught(header.refusal) { () throws(ErrorCode) in
      guard groups[group] != nil else { throw .unknownMemberID }
      try groups[group]?.heartbeat(memberID: memberID, generation: generation, now: now)
    }
    return header.respond(error.code)
  }

  mutating func leaveGroup(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (group, memberID) = try reader.read(String.self, String.self)
    let error = ErrorCode.caught(header.refusal) { () throws(ErrorCode) in
      guard let replies = try groups[group]?.leave(memberID: memberID, now: now) else { throw .unknownMemberID }
      send(replies)
    }
    return header.respond(error.code)
  }

  mutating func deleteGroups(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let results = try [String](from: &reader).map { group in
      let error = ErrorCode.caught(header.refusal) { () throws(ErrorCode) in
        guard let found = groups[group] else { throw .groupIDNotFound }
        guard found.members.isEmpty else { throw .nonEmptyGroup }
        try record(.groupDeleted(group))
      }
      return Fields(group, error.code)
    }
    return header.respond(results)
  }

  mutating func send(_ replies: [ConsumerGroup.Reply]) {
    for reply in replies {
      switch reply {
      case .joined(let header, let joined, let error):
        let members = joined.members.map { Fields($0.id, String.null, $0.metadata[...]) }
        let frame = header.frame(
          RequestHeader.noThrottle, error.code, joined.generation, joined.strategy, joined.leader, joined.memberID,
          members)
        send(frame, to: header)
      case .synced(let header, let assignment, let error):
        send(header.frame(RequestHeader.noThrottle, error.code, assignment[...]), to: header)
      }
    }
  }
}
