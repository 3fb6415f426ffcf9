import Kafka
import Testing

struct AdminTests {
  private let broker: TestBroker
  private let admin: Admin

  init() throws {
    broker = try TestBroker(topics: ["old": 3])
    admin = try Admin(broker.settings())
  }

  @Test func `creating what exists is told apart from creating, and from failing`() throws {
    let results = try admin.createTopics(
      [
        TopicDescription(name: "old", partitions: 3), TopicDescription(name: "new", partitions: 2),
        TopicDescription(name: "not a name", partitions: 1),
      ], timeoutMillis: 10_000)
    #expect(results["old"] == .alreadyExists)
    #expect(results["new"] == .done)
    guard case .failed(let error) = results["not a name"] else {
      Issue.record("\(results)")
      return
    }
    #expect(error.severity == .fatal)
    #expect(error.operation == .init(.createTopics, topic: "not a name"))
    #expect(try admin.createTopics([], timeoutMillis: 10_000).isEmpty)
  }

  @Test func `a topic is described as it was made, and a missing one is left out and not made`() throws {
    let made = TopicDescription(
      name: "compacted", partitions: 2, replicationFactor: 1,
      configuration: [.init(key: "retention.ms", value: "1000"), .init(key: "cleanup.policy", value: "compact")])
    #expect(made.configuration.map(\.key) == ["cleanup.policy", "retention.ms"])
    #expect(try admin.createTopics([made], timeoutMillis: 10_000) == ["compacted": .done])
    let found = try admin.describeTopics(["compacted", "missing"], timeoutMillis: 10_000)
    #expect(Array(found.keys) == ["compacted"])
    #expect(found["compacted"]?.partitions == 2)
    #expect(found["compacted"]?.replicationFactor == 1)
    #expect(found["compacted"]?.value(of: "cleanup.policy") == "compact")
    #expect(found["compacted"]?.value(of: "retention.ms") == "1000")
    #expect(try admin.listTopics(timeoutMillis: 10_000).map(\.name) == ["compacted", "old"])
  }

  @Test func `a deleted topic is gone, and a missing one is told`() throws {
    let results = try admin.deleteTopics(["old", "missing"], timeoutMillis: 10_000)
    #expect(results == ["old": .done, "missing": .missing])
    #expect(try admin.listTopics(timeoutMillis: 10_000).isEmpty)
  }

  @Test func `a broker that is not there is a retriable error`() throws {
    let lonely = try Admin(ClientSettings(brokers: "127.0.0.1:1", clientID: "test"))
    let listing = #expect(throws: KafkaError.self) { try lonely.listTopics(timeoutMillis: 300) }
    #expect(listing?.severity == .retriable)
    let deleting = #expect(throws: KafkaError.self) { try lonely.deleteTopics(["a"], timeoutMillis: 300) }
    #expect(deleting?.severity == .retriable)
    #expect(deleting?.operation == .init(.deleteTopics))
  }

  @Test func `an offset is found by time`() throws {
    let producer = try Producer(broker.settings())
    for time: Int64 in [1_000, 2_000, 3_000] {
      try producer.produce(topic: "old", partition: 0, key: nil, value: [1].span, timestampMillis: time)
    }
    try producer.flush(timeoutMillis: 10_000)
    let consumer = try Consumer(broker.settings(), group: "g")
    let partition = TopicPartition(topic: "old", partition: 0)
    func offset(_ time: Int64) throws -> Int64? {
      try consumer.offset(of: partition, atOrAfter: time, timeoutMillis: 10_000)
    }
    #expect(try offset(0) == 0)
    #expect(try offset(2_000) == 1)
    #expect(try offset(2_001) == 2)
    #expect(try offset(3_001) == nil)
  }
}
