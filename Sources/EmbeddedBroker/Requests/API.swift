/// The kinds of request served, by their keys in Kafka's protocol guide.
package enum API: Int16, CaseIterable, Sendable {
  case produce, fetch, listOffsets, metadata
  case offsetCommit = 8
  case offsetFetch, findCoordinator, joinGroup, heartbeat, leaveGroup, syncGroup
  case apiVersions = 18
  case createTopics, deleteTopics, deleteRecords, initProducerID
  case addPartitionsToTxn = 24
  case addOffsetsToTxn, endTxn
  case txnOffsetCommit = 28
  case describeConfigs = 32
  case deleteGroups = 42
  case incrementalAlterConfigs = 44

  /// The one version served: the newest that librdkafka 2.0 knows, which those up to 2.16 speak too. Of `apiVersions`,
  /// which clients send before they know it, the older ones are served as well.
  ///
  /// Clients are told that the versions begin at 0: librdkafka looks for the oldest ones to find out what a broker can do
  /// at all, and then asks for the newest. (Kafka 4 does the same for Produce, KAFKA-18659.)
  var version: Int16 {
    switch self {
    case .addPartitionsToTxn, .addOffsetsToTxn, .incrementalAlterConfigs: 0
    case .leaveGroup, .deleteTopics, .deleteRecords, .endTxn, .describeConfigs, .deleteGroups: 1
    case .listOffsets, .findCoordinator: 2
    case .apiVersions, .heartbeat, .syncGroup, .txnOffsetCommit: 3
    case .metadata, .createTopics, .initProducerID: 4
    case .joinGroup: 5
    case .produce, .offsetCommit, .offsetFetch: 7
    case .fetch: 11
    }
  }

  /// Whether ``version`` is a flexible one (KIP-482).
  var isFlexible: Bool { [.offsetFetch, .apiVersions, .initProducerID, .txnOffsetCommit].contains(self) }
}
