/// Metadata, and the administration of topics.
extension Broker {
  mutating func metadata(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (asked, mayCreate) = try reader.read([String]?.self, Bool.self)
    let nodes = [Self.nodeID]
    let found = (asked?.withoutRepetitions { $0 } ?? topics.keys.sorted()).map { name in
      let error = ErrorCode.caught { () throws(ErrorCode) in try require(name, mayCreate: mayCreate) }
      let count = error == nil ? topics[name]?.partitions.count ?? 0 : 0
      let partitions = (0..<Int32(count)).map { Fields(ErrorCode.success, $0, Self.nodeID, nodes, nodes) }
      let isInternal = false
      return Fields(error.code, name, isInternal, partitions)
    }
    let brokers = [Fields(Self.nodeID, settings.host, Int32(settings.port), String.null)]
    return header.respond(brokers, "embedded-broker", Self.nodeID, found)
  }

  private mutating func require(_ name: String, mayCreate: Bool) throws(ErrorCode) {
    guard topics[name] == nil else { return }
    guard Topic.isValid(name: name) else { throw .invalidTopic }
    guard mayCreate, settings.autoCreateTopics else { throw .unknownTopicOrPartition }
    try create(NewTopic(name, -1, -1, [], []), dryRun: false)
  }

  /// As asked: the name, the number of partitions or -1, that of replicas or -1, the replicas of each partition, settings.
  private typealias NewTopic = Fields<String, Int32, Int16, [Fields<Int32, [Int32]>], [Fields<String, String?>]>

  mutating func createTopics(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (asked, _, dryRun) = try reader.read([NewTopic].self, Int32.self, Bool.self)  // in between a time-out
    let results = asked.map { new in
      let error = ErrorCode.caught { () throws(ErrorCode) in try create(new, dryRun: dryRun) }
      return Fields(new.values.0, error.code, String.null)  // clients have their own words
    }
    return header.respond(results)
  }

  private mutating func create(_ new: NewTopic, dryRun: Bool) throws(ErrorCode) {
    let (name, partitionCount, replicationFactor, assignments, settings) = new.values
    guard Topic.isValid(name: name) else { throw .invalidTopic }
    guard topics[name] == nil else { throw .topicAlreadyExists }
    let asked = assignments.isEmpty ? Int(partitionCount) : assignments.count
    let count = asked == -1 ? self.settings.defaultPartitions : asked
    guard (1...Topic.maxPartitions).contains(count) else { throw .invalidPartitions }
    guard [-1, 1].contains(replicationFactor) else { throw .invalidReplicationFactor }
    var configuration = TopicConfiguration()
    for setting in settings {
      guard let value = setting.values.1 else { throw .invalidConfig }
      try configuration.set(setting.values.0, to: value)
    }
    let inAll = topics.values.reduce(count) { $0 + $1.partitions.count }
    guard inAll <= Self.maxPartitionsInAll else { throw .invalidPartitions }
    guard !dryRun else { return }
    let overrides = configuration.overrides.sorted { $0.key < $1.key }.map { Fields($0.key, $0.value) }
    try record(.topic(name, partitions: Int32(count), overrides: overrides))
  }

  mutating func deleteTopics(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let names = try [String](from: &reader)
    let results = names.map { name in
      let error = ErrorCode.caught { () throws(ErrorCode) in
        guard let topic = topics[name] else { throw .unknownTopicOrPartition }
        try record(.topicDeleted(name))
        // What cannot be removed now is when the broker starts again.
        for log in topic.partitions { try? log.directory?.removeDirectory() }
      }
      return Fields(name, error.code)
    }
    completeFetches()
    return header.respond(results)
  }

  mutating func describeConfigs(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let topicResource: Int8 = 2
    let asked = try [Fields<Int8, String, [String]?>](from: &reader).map(\.values)
    let described = asked.withoutRepetitions { "\($0.0) \($0.1)" }.map { type, name, keys in
      let topic = type == topicResource ? topics[name] : nil
      let error: ErrorCode? = type == topicResource && topic == nil ? .unknownTopicOrPartition : nil
      let entries = topic?.configuration.entries.filter { keys?.contains($0.name) ?? true } ?? []
      let settings = entries.map { entry in
        let (isReadOnly, isSensitive, synonyms) = (false, false, [String]())
        let source: Int8 = entry.isDefault ? 5 : 1  // Kafka's default, the topic's own
        return Fields(entry.name, entry.value, isReadOnly, source, isSensitive, synonyms)
      }
      return Fields(error.code, String.null, type, name, settings)
    }
    return header.respond(described)
  }
}

extension Array {
  /// Each name once: a request that repeats a name a million times must not make a response a million times as large.
  fileprivate func withoutRepetitions(of name: (Element) -> String) -> [Element] {
    var seen: Set<String> = []
    return filter { seen.insert(name($0)).inserted }
  }
}
