/// Metadata, and the administration of topics.
extension Broker {
  mutating func metadata(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (asked, mayCreate) = try reader.read([String]?.self, Bool.self)
    let nodes = [Self.nodeID]
    let found = (asked?.withoutRepetitions { $0 } ?? topics.keys.sorted()).map { name in
      let error = ErrorCode.caught(header.refusal) { () throws(ErrorCode) in try require(name, mayCreate: mayCreate) }
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
    guard Topic.isValid(name: name) else { throw .invalidTopicException }
    guard mayCreate, settings.autoCreateTopics else { throw .unknownTopicOrPartition }
    try create(NewTopic(name, -1, -1, [], []), dryRun: false)
  }

  /// As asked: the name, the number of partitions or -1, that of replicas or -1, the replicas of each partition, settings.
  private typealias NewTopic = Fields<String, Int32, Int16, [Fields<Int32, [Int32]>], [Fields<String, String?>]>

  mutating func createTopics(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let (asked, _, dryRun) = try reader.read([NewTopic].self, Int32.self, Bool.self)  // in between a time-out
    let results = asked.map { new in
      let error = ErrorCode.caught(header.refusal) { () throws(ErrorCode) in try create(new, dryRun: dryRun) }
      return Fields(new.values.0, error.code, String.null)  // clients have their own words
    }
    return header.respond(results)
  }

  private mutating func create(_ new: NewTopic, dryRun: Bool) throws(ErrorCode) {
    let (name, partitionCount, replicationFactor, assignments, settings) = new.values
    guard Topic.isValid(name: name) else { throw .invalidTopicException }
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
    if !dryRun { try record(.topic(name, partitions: Int32(count), overrides: configuration.overrideFields)) }
  }

  mutating func deleteTopics(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let names = try [String](from: &reader)
    let results = names.map { name in
      let error = ErrorCode.caught(header.refusal) { () throws(ErrorCode) in
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

  private static let topicResource: Int8 = 2

  mutating func describeConfigs(_ reader: inout WireReader, _ header: RequestHeader) throws(WireFailure) -> Outcome {
    let asked = try [Fields<Int8, String, [String]?>](from: &reader).map(\.values)
    let described = asked.withoutRepetitions { "\($0.0) \($0.1)" }.map { type, name, keys in
      let topic = type == Self.topicResource ? topics[name] : nil
      let isMissing = type == Self.topicResource && topic == nil
      let error = header.refusal ?? (isMissing ? .unknownTopicOrPartition : nil)
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

  /// A name, what to do with it (0: set, 1: go back to the default), and a value.
  private typealias Alteration = Fields<String, Int8, String?>

  mutating func incrementalAlterConfigs(
    _ reader: inout WireReader, _ header: RequestHeader
  ) throws(WireFailure) -> Outcome {
    let (asked, dryRun) = try reader.read([Fields<Int8, String, [Alteration]>].self, Bool.self)
    let results = asked.map(\.values).map { type, name, alterations in
      let error = ErrorCode.caught(header.refusal) { () throws(ErrorCode) in
        guard type == Self.topicResource else { throw .invalidRequest }
        try alter(name, alterations, dryRun: dryRun)
      }
      return Fields(error.code, String.null, type, name)
    }
    return header.respond(results)
  }

  private mutating func alter(_ name: String, _ alterations: [Alteration], dryRun: Bool) throws(ErrorCode) {
    guard let topic = topics[name] else { throw .unknownTopicOrPartition }
    var configuration = topic.configuration
    for alteration in alterations {
      switch alteration.values {
      case (let setting, 0, let value?): try configuration.set(setting, to: value)
      case (let setting, 1, _): try configuration.reset(setting)
      default: throw .invalidConfig
      }
    }
    guard !dryRun else { return }
    try record(.topic(name, partitions: Int32(topic.partitions.count), overrides: configuration.overrideFields))
  }
}

extension Array {
  /// Each name once: a request that repeats a name a million times must not make a response a million times as large.
  fileprivate func withoutRepetitions(of name: (Element) -> String) -> [Element] {
    var seen: Set<String> = []
    return filter { seen.insert(name($0)).inserted }
  }
}
