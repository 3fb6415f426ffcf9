/// Metadata, and the administration of topics.
extension Broker {
  mutating func metadata(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let asked = try reader.nullableNames()
    let mayCreate = header.version >= 4 ? try reader.bool() : true
    let all = asked == nil || header.version == 0 && asked == []
    let found = (all ? topics.keys.sorted() : asked ?? []).map { name in
      NamedResult(name) { () throws(ErrorCode) in try require(name, mayCreate: mayCreate) }
    }
    return header.respond(throttleFrom: 3) { writer in
      writer.array([Self.nodeID]) { writer, node in
        writeNode(node, to: &writer)
        if header.version >= 1 { writer.string(nil) }  // rack
      }
      if header.version >= 2 { writer.string("embedded-broker") }
      if header.version >= 1 { writer.int32(Self.nodeID) }  // controller
      writer.array(found) { writer, topic in
        writer.error(topic.error)
        writer.string(topic.name)
        if header.version >= 1 { writer.bool(false) }  // internal
        let count = topic.error == nil ? topics[topic.name]?.partitions.count ?? 0 : 0
        writer.array(0..<Int32(count)) { writer, partition in
          writePlacement(of: partition, header.version, to: &writer)
        }
      }
    }
  }

  private func writePlacement(of partition: Int32, _ version: Int16, to writer: inout WireWriter) {
    writer.error(nil)
    writer.int32(partition)
    writer.int32(Self.nodeID)
    for _ in ["replicas", "in sync"] { writer.array([Self.nodeID]) { $0.int32($1) } }
    if version >= 5 { writer.emptyArray() }  // offline
  }

  func writeNode(_ node: Int32, to writer: inout WireWriter) {
    writer.int32(node)
    writer.string(settings.host)
    writer.int32(Int32(settings.port))
  }

  private mutating func require(_ name: String, mayCreate: Bool) throws(ErrorCode) {
    guard topics[name] == nil else { return }
    guard Topic.isValid(name: name) else { throw .invalidTopic }
    guard mayCreate, settings.autoCreateTopics else { throw .unknownTopicOrPartition }
    try create(name, Topic(partitionCount: settings.defaultPartitions), dryRun: false)
  }

  private mutating func create(_ name: String, _ topic: Topic, dryRun: Bool) throws(ErrorCode) {
    let partitions = topics.values.reduce(topic.partitions.count) { $0 + $1.partitions.count }
    guard partitions <= Self.maxPartitionsInAll else { throw .invalidPartitions }
    if !dryRun { topics[name] = topic }
  }

  // MARK: CreateTopics, CreatePartitions, DeleteTopics

  private struct NewTopic {
    let name: String
    let partitionCount: Int32
    let replicationFactor: Int16
    let assignments: Int
    let configuration: [(name: String, value: String?)]
  }

  private static func newTopic(_ reader: inout WireReader) throws(WireFailure) -> NewTopic {
    NewTopic(
      name: try reader.string(), partitionCount: try reader.int32(), replicationFactor: try reader.int16(),
      assignments: try reader.array { reader throws(WireFailure) in
        _ = try reader.int32()
        _ = try reader.int32s()
      }.count,
      configuration: try reader.array { reader throws(WireFailure) in (try reader.string(), try reader.nullableString())
      })
  }

  mutating func createTopics(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let asked = try reader.array { reader throws(WireFailure) in try Self.newTopic(&reader) }
    _ = try reader.int32()  // timeout: nothing here takes time
    let dryRun = header.version >= 1 ? try reader.bool() : false
    let results = asked.map { topic in
      NamedResult(topic.name) { () throws(ErrorCode) in try create(topic, dryRun: dryRun) }
    }
    return header.respond(results, throttleFrom: 2, messageFrom: 1)
  }

  private mutating func create(_ new: NewTopic, dryRun: Bool) throws(ErrorCode) {
    guard Topic.isValid(name: new.name) else { throw .invalidTopic }
    guard topics[new.name] == nil else { throw .topicAlreadyExists }
    let asked = new.assignments > 0 ? new.assignments : Int(new.partitionCount)
    let count = asked == -1 ? settings.defaultPartitions : asked
    guard (1...Topic.maxPartitions).contains(count) else { throw .invalidPartitions }
    guard [-1, 1].contains(new.replicationFactor) else { throw .invalidReplicationFactor }
    var configuration = TopicConfiguration()
    for (name, value) in new.configuration {
      guard let value else { throw .invalidConfig }
      try configuration.set(name, to: value)
    }
    try create(new.name, Topic(partitionCount: count, configuration: configuration), dryRun: dryRun)
  }

  mutating func createPartitions(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let asked = try reader.array { reader throws(WireFailure) in
      let (name, count) = (try reader.string(), try reader.int32())
      _ = try reader.nullableArray { reader throws(WireFailure) in try reader.int32s() }  // placement
      return (name: name, count: Int(count))
    }
    _ = try reader.int32()
    let dryRun = try reader.bool()
    let results = asked.map { asked in
      NamedResult(asked.name) { () throws(ErrorCode) in
        guard topics[asked.name] != nil else { throw .unknownTopicOrPartition }
        try topics[asked.name]?.grow(to: asked.count, dryRun: dryRun)
      }
    }
    return header.respond(results, messageFrom: 0)
  }

  mutating func deleteTopics(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let names = try reader.strings()
    let results = names.map { name in
      NamedResult(name) { () throws(ErrorCode) in
        guard topics.removeValue(forKey: name) != nil else { throw .unknownTopicOrPartition }
      }
    }
    for id in groups.keys {
      for name in names { groups[id]?.offsets.forget(topic: name) }
    }
    completeFetches()
    return header.respond(results, throttleFrom: 1)
  }

  // MARK: DescribeConfigs

  private static let topicResource: Int8 = 2

  mutating func describeConfigs(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    var seen: Set<String> = []  // as for names
    let resources = try reader.array { reader throws(WireFailure) in
      (type: try reader.int8(), name: try reader.string(), keys: try reader.nullableNames())
    }.filter { seen.insert("\($0.type) \($0.name)").inserted }
    return header.respond { writer in
      writer.array(resources) { writer, resource in
        let topic = resource.type == Self.topicResource ? topics[resource.name] : nil
        let isUnknown = resource.type == Self.topicResource && topic == nil
        writer.error(isUnknown ? .unknownTopicOrPartition : nil)
        writer.string(nil)
        writer.int8(resource.type)
        writer.string(resource.name)
        let entries = topic?.configuration.entries.filter { resource.keys?.contains($0.name) ?? true } ?? []
        writer.array(entries) { writer, entry in write(entry, header.version, to: &writer) }
      }
    }
  }

  private func write(_ entry: TopicConfiguration.Entry, _ version: Int16, to writer: inout WireWriter) {
    writer.string(entry.name)
    writer.string(entry.value)
    writer.bool(false)  // read-only
    // Where the value comes from: 5 is Kafka's default, 1 the topic's own.
    if version == 0 { writer.bool(entry.isDefault) } else { writer.int8(entry.isDefault ? 5 : 1) }
    writer.bool(false)  // sensitive
    if version >= 1 { writer.emptyArray() }
  }
}
