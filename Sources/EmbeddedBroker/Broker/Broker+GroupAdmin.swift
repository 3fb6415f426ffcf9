/// Looking at groups, and deleting them.
extension Broker {
  mutating func listGroups(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let wanted = header.version >= 4 ? try reader.strings() : []
    let listed = groups.sorted { $0.key < $1.key }.filter { wanted.isEmpty || wanted.contains($0.value.phase.name) }
    return header.respond(throttleFrom: 1) { writer in
      writer.error(nil)
      writer.array(listed) { writer, group in
        writer.string(group.key)
        writer.string(group.value.protocolType)
        if header.version >= 4 { writer.string(group.value.phase.name) }
        writer.noTags()
      }
    }
  }

  mutating func describeGroups(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let names = try reader.nullableNames() ?? []
    return header.respond(throttleFrom: 1) { writer in
      writer.array(names) { writer, name in
        let group = groups[name]
        writer.error(nil)
        writer.string(name)
        writer.string(group?.phase.name ?? "Dead")
        writer.string(group?.protocolType ?? "")
        writer.string(group?.strategy ?? "")
        writer.array(group?.members ?? []) { writer, member in
          write(member, strategy: group?.strategy ?? "", header.version, to: &writer)
        }
        if header.version >= 3 { writer.int32(.min) }  // authorised operations: not asked for
      }
    }
  }

  private func write(_ member: GroupMember, strategy: String, _ version: Int16, to writer: inout WireWriter) {
    writer.string(member.id)
    if version >= 4 { writer.string(nil) }  // static membership is not kept
    writer.string(member.clientID)
    writer.string(settings.host)
    writer.bytes(member.metadata(for: strategy))
    writer.bytes(member.assignment)
  }

  mutating func deleteGroups(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let names = try reader.strings()
    let results = names.map { name in
      NamedResult(name) { () throws(ErrorCode) in
        guard let group = groups[name] else { throw .groupIDNotFound }
        guard group.phase == .empty else { throw .nonEmptyGroup }
        groups[name] = nil
      }
    }
    return header.respond(results)
  }
}

extension ConsumerGroup.Phase {
  /// As Kafka's tools show it.
  fileprivate var name: String {
    switch self {
    case .empty: "Empty"
    case .preparingRebalance: "PreparingRebalance"
    case .completingRebalance: "CompletingRebalance"
    case .stable: "Stable"
    }
  }
}
