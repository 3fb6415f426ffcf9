import Testing

@testable import EmbeddedBroker

@Suite struct BrokerTests {
  private var under = BrokerUnderTest()

  @Test(arguments: [(Int16(0), Int16(0)), (3, 0), (4, 35), (99, 35)])
  func `versions are told in every version, also to clients from the future`(version: Int16, error: Int16) throws {
    var under = BrokerUnderTest()
    var reader = try under.ask(.apiVersions, version: version)
    let (found, served) = try reader.read(Int16.self, [Fields<Int16, Int16, Int16>].self)
    #expect(found == error)
    #expect(served.map(\.values.0) == API.allCases.map(\.rawValue))
    #expect(served.map(\.values.2) == API.allCases.map(\.version))
  }

  @Test mutating func `an unknown request or version cannot be answered`() {
    #expect(throws: WireFailure.unknownAPI(key: 999)) { try under.send([3, 231, 0, 0, 0, 0, 0, 7, 255, 255]) }
    #expect(throws: WireFailure.unsupportedVersion(.fetch, found: 3)) {
      try under.send(BrokerUnderTest.frame(.fetch, version: 3))
    }
  }

  @Test mutating func `a fetch waits for data, and is woken by it`() throws {
    #expect(try under.createTopic("t") == 0)
    #expect(try under.send(BrokerUnderTest.fetch(from: 0), connection: 2) == .parked)
    #expect(under.broker.nextDeadline == under.now + 500)
    let records = Records.batch(["value"])
    #expect(try under.produce(records) == (0, 0))
    let responses = under.broker.takeResponses()
    #expect(responses.map(\.connection) == [2])
    #expect(try BrokerUnderTest.fetched(responses[0].frame).bytes == records.count)
    #expect(under.broker.nextDeadline == nil)
  }

  @Test mutating func `a fetch that waits for more than comes ends at its time`() throws {
    #expect(try under.createTopic("t") == 0)
    #expect(try under.send(BrokerUnderTest.fetch(from: 0, minBytes: 10_000), connection: 2) == .parked)
    _ = try under.produce(Records.batch(["value"]))
    under.broker.advance(to: under.now + 499)
    #expect(under.broker.takeResponses() == [])
    under.broker.advance(to: under.now + 500)
    #expect(try BrokerUnderTest.fetched(under.broker.takeResponses()[0].frame).endOffset == 1)
  }

  @Test mutating func `a connection that is gone gets nothing`() throws {
    #expect(try under.createTopic("t") == 0)
    #expect(try under.send(BrokerUnderTest.fetch(from: 0), connection: 2) == .parked)
    under.broker.disconnected(2)
    _ = try under.produce(Records.batch(["value"]))
    #expect(under.broker.takeResponses() == [])
  }

  @Test mutating func `a fetch beyond the end or of no topic is answered at once with the error`() throws {
    func error(from offset: Int64) throws -> Int16 {
      try under.fetchNow(from: offset, committed: false, maxWaitMillis: 500).error
    }
    #expect(try error(from: 0) == ErrorCode.unknownTopicOrPartition.rawValue)
    #expect(try under.createTopic("t") == 0)
    #expect(try error(from: 1) == ErrorCode.offsetOutOfRange.rawValue)
    #expect(try error(from: -1) == ErrorCode.offsetOutOfRange.rawValue)
    #expect(try under.fetchNow(from: 0, committed: false).error == 0)
  }

  private mutating func beginTransaction() throws -> (producerID: Int64, epoch: Int16) {
    var reader = try under.ask(.initProducerID, "shop" as String?, Int32(10_000), Int64(-1), Int16(-1))
    let (_, _, producer) = try reader.read(Int32.self, Int16.self, Producer.self)
    _ = try under.ask(.addPartitionsToTxn, "shop", producer, [Fields("t", [Int32(0)])])
    return (producer.id, producer.epoch)
  }

  @Test mutating func `a transaction left open ends at its time and frees committed readers`() throws {
    #expect(try under.createTopic("t") == 0)
    let (producerID, epoch) = try beginTransaction()
    let records = Records.batch(["v"], producerID: producerID, epoch: epoch, sequence: 0, transactional: true)
    #expect(try under.produce(records, transactionalID: "shop") == (0, 0))
    #expect(try under.fetchNow(from: 0, committed: true).bytes == 0)
    #expect(try under.fetchNow(from: 0, committed: false).bytes == records.count)
    under.broker.advance(to: under.now + 10_000)
    let fetched = try under.fetchNow(from: 0, committed: true)
    #expect(fetched.aborted == [0])
    #expect(fetched.lastStableOffset == 2)
    let late = Records.batch(["v"], producerID: producerID, epoch: epoch, sequence: 1, transactional: true)
    #expect(try under.produce(late, transactionalID: "shop").error == ErrorCode.invalidProducerEpoch.rawValue)
  }

  @Test mutating func `a transactional batch outside a transaction is refused`() throws {
    #expect(try under.createTopic("t") == 0)
    let records = Records.batch(["v"], producerID: 1, epoch: 0, sequence: 0, transactional: true)
    #expect(try under.produce(records, transactionalID: "nobody").error == ErrorCode.invalidProducerIDMapping.rawValue)
    #expect(try under.fetchNow(from: 0, committed: false).endOffset == 0)
  }

  @Test(arguments: [
    ("max.message.bytes", "x", ErrorCode.invalidConfig), ("no.such.setting", "1", .invalidConfig),
    ("cleanup.policy", "delete,burn", .invalidConfig), ("cleanup.policy", "compact,delete", nil),
    ("retention.ms", "-1", nil), ("retention.ms", "-2", .invalidConfig),
    ("message.timestamp.type", "LogAppendTime", nil),
  ])
  func `settings are checked when a topic is created`(name: String, value: String, error: ErrorCode?) throws {
    var under = BrokerUnderTest()
    #expect(try under.createTopic("t", configuration: [name: value]) == error?.rawValue ?? 0)
  }

  @Test(arguments: [
    ("t", 0, ErrorCode.invalidPartitions), ("t", -1, nil), ("t", 10_001, .invalidPartitions),
    ("", 1, .invalidTopicException),
    ("..", 1, .invalidTopicException), ("a b", 1, .invalidTopicException), ("a.b_c-9", 1, nil),
  ])
  func `names and partition counts are checked when a topic is created`(name: String, count: Int32, error: ErrorCode?)
    throws
  {
    var under = BrokerUnderTest()
    #expect(try under.createTopic(name, partitions: count) == error?.rawValue ?? 0)
  }

  @Test mutating func `a name repeated in a request makes no larger response`() throws {
    #expect(try under.createTopic("t", partitions: 100) == 0)
    func sizes(_ count: Int) throws -> [Int] {
      var under = under
      let names = Array(repeating: "t", count: count)
      let metadata = try under.ask(.metadata, names, false)
      let configs = try under.ask(.describeConfigs, names.map { Fields(Int8(2), $0, [String]?.none) })
      return [metadata.remaining, configs.remaining]
    }
    #expect(try sizes(1_000) == sizes(1))
  }

  @Test mutating func `an oversized batch is refused by the topic's own limit`() throws {
    let records = Records.batch([String(repeating: "x", count: 200)])
    #expect(try under.createTopic("t", configuration: ["max.message.bytes": "\(records.count - 1)"]) == 0)
    #expect(try under.produce(records).error == ErrorCode.messageTooLarge.rawValue)
  }
}
