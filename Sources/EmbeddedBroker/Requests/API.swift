/// One kind of request: the versions served and who serves it.
///
/// The ranges are what librdkafka 2.0 to 2.16 ask for. They end before a version becomes flexible (KIP-482) unless a later
/// one carries something that is needed.
struct API {
  typealias Handler = @Sendable (inout Broker, inout WireReader, RequestHeader) throws(WireFailure) -> Broker.Outcome

  static let versionsKey: Int16 = 18

  let key: Int16
  let name: String
  let versions: ClosedRange<Int16>
  let flexibleFrom: Int16
  let handler: Handler

  private init(
    _ key: Int16, _ name: String, _ versions: ClosedRange<Int16>, flexibleFrom: Int16 = .max, handler: @escaping Handler
  ) {
    self.key = key
    self.name = name
    self.versions = versions
    self.flexibleFrom = flexibleFrom
    self.handler = handler
  }

  static let all: [API] = [
    API(0, "Produce", 3...8) { (b, r, h) throws(WireFailure) in try b.produce(&r, h) },
    API(1, "Fetch", 4...11) { (b, r, h) throws(WireFailure) in try b.fetch(&r, h) },
    API(2, "ListOffsets", 1...5) { (b, r, h) throws(WireFailure) in try b.listOffsets(&r, h) },
    API(3, "Metadata", 0...5) { (b, r, h) throws(WireFailure) in try b.metadata(&r, h) },
    API(8, "OffsetCommit", 2...7) { (b, r, h) throws(WireFailure) in try b.offsetCommit(&r, h) },
    API(9, "OffsetFetch", 1...7, flexibleFrom: 6) { (b, r, h) throws(WireFailure) in try b.offsetFetch(&r, h) },
    API(10, "FindCoordinator", 0...2) { (b, r, h) throws(WireFailure) in try b.findCoordinator(&r, h) },
    API(11, "JoinGroup", 0...5) { (b, r, h) throws(WireFailure) in try b.joinGroup(&r, h) },
    API(12, "Heartbeat", 0...3) { (b, r, h) throws(WireFailure) in try b.heartbeat(&r, h) },
    API(13, "LeaveGroup", 0...2) { (b, r, h) throws(WireFailure) in try b.leaveGroup(&r, h) },
    API(14, "SyncGroup", 0...3) { (b, r, h) throws(WireFailure) in try b.syncGroup(&r, h) },
    API(15, "DescribeGroups", 0...4) { (b, r, h) throws(WireFailure) in try b.describeGroups(&r, h) },
    API(16, "ListGroups", 0...4, flexibleFrom: 3) { (b, r, h) throws(WireFailure) in try b.listGroups(&r, h) },
    API(versionsKey, "ApiVersions", 0...3, flexibleFrom: 3) { (b, r, h) throws(WireFailure) in b.apiVersions(h) },
    API(19, "CreateTopics", 0...4) { (b, r, h) throws(WireFailure) in try b.createTopics(&r, h) },
    API(20, "DeleteTopics", 0...3) { (b, r, h) throws(WireFailure) in try b.deleteTopics(&r, h) },
    API(22, "InitProducerId", 0...4, flexibleFrom: 2) { (b, r, h) throws(WireFailure) in try b.initProducerID(&r, h) },
    API(24, "AddPartitionsToTxn", 0...2) { (b, r, h) throws(WireFailure) in try b.addPartitionsToTxn(&r, h) },
    API(25, "AddOffsetsToTxn", 0...2) { (b, r, h) throws(WireFailure) in try b.addOffsetsToTxn(&r, h) },
    API(26, "EndTxn", 0...2) { (b, r, h) throws(WireFailure) in try b.endTxn(&r, h) },
    API(28, "TxnOffsetCommit", 0...3, flexibleFrom: 3) { (b, r, h) throws(WireFailure) in try b.txnOffsetCommit(&r, h)
    },
    API(32, "DescribeConfigs", 0...2) { (b, r, h) throws(WireFailure) in try b.describeConfigs(&r, h) },
    API(37, "CreatePartitions", 0...1) { (b, r, h) throws(WireFailure) in try b.createPartitions(&r, h) },
    API(42, "DeleteGroups", 0...1) { (b, r, h) throws(WireFailure) in try b.deleteGroups(&r, h) },
  ]

  private static let byKey: [Int16: API] = Dictionary(uniqueKeysWithValues: all.map { ($0.key, $0) })

  /// Reads the header of a request and leaves the reader at its body.
  static func header(
    of reader: inout WireReader, connection: Int
  ) throws(WireFailure) -> (RequestHeader, API) {
    let (key, version) = (try reader.int16(), try reader.int16())
    guard let api = byKey[key] else { throw .unknownAPI(key: key) }
    let correlationID = try reader.int32()
    let isServed = api.versions.contains(version)
    // A client that asks for versions in a version from the future is answered in version 0 (KIP-511).
    guard isServed || key == versionsKey else {
      throw .unsupportedVersion(api: api.name, found: version, served: api.versions)
    }
    let clientID = try reader.headerString() ?? ""
    let isFlexible = isServed && version >= api.flexibleFrom
    reader.isFlexible = isFlexible
    try reader.skipTags()
    let header = RequestHeader(
      connection: connection, apiKey: key, version: version, correlationID: correlationID,
      clientID: clientID, isFlexible: isFlexible)
    return (header, api)
  }
}
