/// Coordinators, and the membership of groups.
extension Broker {
  mutating func findCoordinator(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    header.respond(throttleFrom: 1) { writer in
      writer.error(nil)
      if header.version >= 1 { writer.string(nil) }
      writeNode(Self.nodeID, to: &writer)
    }
  }

  mutating func joinGroup(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let group = try reader.string()
    let sessionTimeout = try reader.int32()
    let rebalanceTimeout = header.version >= 1 ? try reader.int32() : sessionTimeout
    let memberID = try reader.string()
    if header.version >= 5 { _ = try reader.nullableString() }  // static membership is not kept
    let request = ConsumerGroup.JoinRequest(
      header: header, memberID: memberID, sessionTimeoutMillis: sessionTimeout,
      rebalanceTimeoutMillis: rebalanceTimeout,
      protocolType: try reader.string(),
      strategies: try reader.array { reader throws(WireFailure) in
        GroupMember.Strategy(name: try reader.string(), metadata: try reader.bytes())
      },
      mustKnowMemberID: header.version >= 4)
    guard !group.isEmpty else {
      return reply(.joined(header, ConsumerGroup.Joined(memberID: memberID), .invalidGroupID))
    }
    send(groups[group, default: ConsumerGroup()].join(request, now: now))
    return .parked
  }

  mutating func syncGroup(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (group, generation, memberID) = (try reader.string(), try reader.int32(), try reader.string())
    if header.version >= 3 { _ = try reader.nullableString() }
    let assignments = try reader.array { reader throws(WireFailure) in (try reader.string(), try reader.bytes()) }
    guard groups[group] != nil else { return reply(.synced(header, assignment: [], .unknownMemberID)) }
    let byMember = Dictionary(assignments) { $1 }
    send(groups[group]?.sync(header, memberID: memberID, generation: generation, assignments: byMember, now: now) ?? [])
    return .parked
  }

  mutating func heartbeat(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (group, generation, memberID) = (try reader.string(), try reader.int32(), try reader.string())
    let error = ErrorCode.caught { () throws(ErrorCode) in
      guard groups[group] != nil else { throw .unknownMemberID }
      try groups[group]?.heartbeat(memberID: memberID, generation: generation, now: now)
    }
    return header.respond(error, throttleFrom: 1)
  }

  mutating func leaveGroup(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (group, memberID) = (try reader.string(), try reader.string())
    let error = ErrorCode.caught { () throws(ErrorCode) in
      guard groups[group] != nil else { throw .unknownMemberID }
      send(try groups[group]?.leave(memberID: memberID, now: now) ?? [])
    }
    return header.respond(error, throttleFrom: 1)
  }

  mutating func send(_ replies: [ConsumerGroup.Reply]) {
    for reply in replies {
      switch reply {
      case .joined(let header, _, _), .synced(let header, _, _): send(Self.frame(reply), to: header.connection)
      }
    }
  }

  private func reply(_ reply: ConsumerGroup.Reply) -> Outcome { .respond(Self.frame(reply)) }

  private static func frame(_ reply: ConsumerGroup.Reply) -> [UInt8] {
    switch reply {
    case .joined(let header, let joined, let error): frame(header, joined, error)
    case .synced(let header, let assignment, let error):
      header.response { writer in
        if header.version >= 1 { writer.noThrottle() }
        writer.error(error)
        writer.bytes(assignment)
      }
    }
  }

  private static func frame(_ header: RequestHeader, _ joined: ConsumerGroup.Joined, _ error: ErrorCode?) -> [UInt8] {
    header.response { writer in
      if header.version >= 2 { writer.noThrottle() }
      writer.error(error)
      writer.int32(joined.generation)
      writer.string(joined.strategy)
      writer.string(joined.leader)
      writer.string(joined.memberID)
      writer.array(joined.members) { writer, member in
        writer.string(member.id)
        if header.version >= 5 { writer.string(nil) }
        writer.bytes(member.metadata)
      }
    }
  }
}
