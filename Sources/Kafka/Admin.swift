internal import CRdkafka

/// Makes, describes and deletes topics; owned by one thread, which its calls block.
package final class Admin {
  /// What became of one topic.
  package enum TopicResult: Equatable, Sendable {
    case done
    /// Asked to create, it was there (harmless); its settings may differ: describe it.
    case alreadyExists
    /// Asked to delete, it was not there.
    case missing
    case failed(KafkaError)
  }

  private let client: Client
  private let events: Queue

  package init(_ settings: ClientSettings) throws(KafkaError) {
    client = try ClientConfiguration(settings, [], events: 0).makeClient(RD_KAFKA_PRODUCER)
    events = Queue(of: client)
  }

  /// Asks for the topics and waits until their partitions are known to the controller.
  /// - Returns: what became of each, by name. - Throws: when the request as a whole failed.
  package func createTopics(
    _ topics: [TopicDescription], timeoutMillis: Int
  ) throws(KafkaError) -> [String: TopicResult] {
    guard !topics.isEmpty else { return [:] }
    let requests = try NewTopics(topics)
    let options = unsafe options(RD_KAFKA_ADMIN_OP_CREATETOPICS, timeoutMillis)
    defer { unsafe rd_kafka_AdminOptions_destroy(options) }
    unsafe requests.withHandles { unsafe rd_kafka_CreateTopics(client.handle, $0, $1, options, events.handle) }
    let event = try answer(.createTopics, timeoutMillis)
    var count = 0
    let results = unsafe rd_kafka_CreateTopics_result_topics(
      rd_kafka_event_CreateTopics_result(event.handle), &count)
    return unsafe topicResults(results, count, .createTopics)
  }

  package func deleteTopics(_ names: [String], timeoutMillis: Int) throws(KafkaError) -> [String: TopicResult] {
    guard !names.isEmpty else { return [:] }
    var handles = unsafe names.map { unsafe rd_kafka_DeleteTopic_new($0) }
    defer { unsafe rd_kafka_DeleteTopic_destroy_array(&handles, handles.count) }
    let options = unsafe options(RD_KAFKA_ADMIN_OP_DELETETOPICS, timeoutMillis)
    defer { unsafe rd_kafka_AdminOptions_destroy(options) }
    unsafe rd_kafka_DeleteTopics(client.handle, &handles, handles.count, options, events.handle)
    let event = try answer(.deleteTopics, timeoutMillis)
    var count = 0
    let results = unsafe rd_kafka_DeleteTopics_result_topics(
      rd_kafka_event_DeleteTopics_result(event.handle), &count)
    return unsafe topicResults(results, count, .deleteTopics)
  }

  /// The partitions of every topic, sorted by name. Asking makes no topic.
  package func listTopics(timeoutMillis: Int) throws(KafkaError) -> [TopicDescription] {
    var metadata: UnsafePointer<rd_kafka_metadata>?
    let code = unsafe rd_kafka_metadata(client.handle, 1, nil, &metadata, Int32(clamping: timeoutMillis))
    client.collectLog()
    try client.check(code, .init(.listTopics))
    guard let metadata = unsafe metadata else { return [] }
    defer { unsafe rd_kafka_metadata_destroy(metadata) }
    return unsafe (0..<Int(metadata.pointee.topic_cnt))
      .map { unsafe Self.describe(metadata.pointee.topics[$0]) }
      .sorted { $0.name < $1.name }
  }

  /// Partitions, replication and every property, the broker's defaults included; a missing topic is left out.
  package func describeTopics(
    _ names: [String], timeoutMillis: Int
  ) throws(KafkaError) -> [String: TopicDescription] {
    let present = try listTopics(timeoutMillis: timeoutMillis).filter { names.contains($0.name) }
    guard !present.isEmpty else { return [:] }
    let properties = try describeProperties(present.map(\.name), timeoutMillis)
    return Dictionary(
      uniqueKeysWithValues: present.map { topic in
        let description = TopicDescription(
          name: topic.name, partitions: topic.partitions, replicationFactor: topic.replicationFactor,
          configuration: properties[topic.name] ?? [])
        return (topic.name, description)
      })
  }

  /// What librdkafka has logged since the last call.
  package func takeLog() -> [LogLine] { client.takeLog() }

  private func describeProperties(
    _ names: [String], _ timeoutMillis: Int
  ) throws(KafkaError) -> [String: [TopicDescription.Property]] {
    var resources = unsafe names.map { unsafe rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, $0) }
    defer { unsafe rd_kafka_ConfigResource_destroy_array(&resources, resources.count) }
    let options = unsafe options(RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS, timeoutMillis)
    defer { unsafe rd_kafka_AdminOptions_destroy(options) }
    unsafe rd_kafka_DescribeConfigs(client.handle, &resources, resources.count, options, events.handle)
    let event = try answer(.describeTopics, timeoutMillis)
    var count = 0
    let described = unsafe rd_kafka_DescribeConfigs_result_resources(
      rd_kafka_event_DescribeConfigs_result(event.handle), &count)
    var properties: [String: [TopicDescription.Property]] = [:]
    for index in 0..<count {
      guard let resource = unsafe described?[index] else { continue }
      let name = unsafe String(cString: rd_kafka_ConfigResource_name(resource))
      try unsafe client.check(rd_kafka_ConfigResource_error(resource), .init(.describeTopics, topic: name))
      properties[name] = unsafe Self.properties(of: resource)
    }
    return properties
  }

  private static func properties(of resource: OpaquePointer) -> [TopicDescription.Property] {
    var count = 0
    let entries = unsafe rd_kafka_ConfigResource_configs(resource, &count)
    return (0..<count).compactMap { index in
      guard let entry = unsafe entries?[index], let value = unsafe rd_kafka_ConfigEntry_value(entry) else { return nil }
      return unsafe .init(key: String(cString: rd_kafka_ConfigEntry_name(entry)), value: String(cString: value))
    }
  }

  private static func describe(_ topic: rd_kafka_metadata_topic) -> TopicDescription {
    let replicas = unsafe topic.partition_cnt > 0 ? topic.partitions[0].replica_cnt : -1
    return unsafe TopicDescription(
      name: String(cString: topic.topic), partitions: topic.partition_cnt, replicationFactor: Int16(clamping: replicas))
  }

  private func options(_ operation: rd_kafka_admin_op_t, _ timeoutMillis: Int) -> OpaquePointer? {
    let options = unsafe rd_kafka_AdminOptions_new(client.handle, operation)
    unsafe _ = rd_kafka_AdminOptions_set_request_timeout(options, Int32(clamping: timeoutMillis), nil, 0)
    // How long the controller waits for the brokers to know; not an option of describing.
    unsafe _ = rd_kafka_AdminOptions_set_operation_timeout(options, Int32(clamping: timeoutMillis), nil, 0)
    return unsafe options
  }

  /// librdkafka answers within the request's time-out; the second more is for its own threads.
  private func answer(_ call: KafkaError.Operation.Call, _ timeoutMillis: Int) throws(KafkaError) -> Event {
    defer { client.collectLog() }
    guard let event = events.poll(timeoutMillis: timeoutMillis + 1_000) else {
      throw KafkaError(RD_KAFKA_RESP_ERR__TIMED_OUT, during: .init(call))
    }
    guard event.code == RD_KAFKA_RESP_ERR_NO_ERROR else { throw event.error(from: client, during: call) }
    return event
  }

  private func topicResults(
    _ results: UnsafeMutablePointer<OpaquePointer?>?, _ count: Int, _ call: KafkaError.Operation.Call
  ) -> [String: TopicResult] {
    var outcome: [String: TopicResult] = [:]
    for index in 0..<count {
      guard let result = unsafe results?[index] else { continue }
      let name = unsafe String(cString: rd_kafka_topic_result_name(result))
      let message = unsafe rd_kafka_topic_result_error_string(result).map { unsafe String(cString: $0) }
      switch unsafe rd_kafka_topic_result_error(result) {
      case RD_KAFKA_RESP_ERR_NO_ERROR: outcome[name] = .done
      case RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS: outcome[name] = .alreadyExists
      case RD_KAFKA_RESP_ERR_UNKNOWN_TOPIC_OR_PART where call == .deleteTopics: outcome[name] = .missing
      case let code: outcome[name] = .failed(KafkaError(code, message, during: .init(call, topic: name)))
      }
    }
    return outcome
  }
}
