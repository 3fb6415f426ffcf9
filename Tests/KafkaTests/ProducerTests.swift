import CRdkafka
import Kafka
import Testing

struct ProducerTests {
  private let cluster = MockCluster()

  @Test func `a flush reports the first record that could not be delivered, once`() throws {
    cluster.createTopic("out")
    let producer = try Producer(cluster.settings())
    cluster.inject(RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE, into: .produce)
    try producer.produce(topic: "out", partition: 0, key: nil, value: [1].span, timestampMillis: 0)
    let failure = #expect(throws: KafkaError.self) { try producer.flush(timeoutMillis: 10_000) }
    #expect(failure?.name == "MSG_SIZE_TOO_LARGE")
    #expect(failure?.operation == .init(.delivery, topic: "out", partition: 0))
    try producer.produce(topic: "out", partition: 0, key: nil, value: [2].span, timestampMillis: 0)
    try producer.flush(timeoutMillis: 10_000)
  }

  @Test func `a flush that runs out of time says how much is left, and can be repeated`() throws {
    cluster.createTopic("out")
    let producer = try Producer(cluster.settings())
    cluster.stop()
    try producer.produce(topic: "out", partition: 0, key: nil, value: [1].span, timestampMillis: 0)
    let failure = #expect(throws: KafkaError.self) { try producer.flush(timeoutMillis: 100) }
    #expect(failure?.severity == .retriable)
    #expect(failure?.message.hasPrefix("1 records") == true)
    cluster.start()
    try producer.flush(timeoutMillis: 20_000)
  }

  @Test func `a full queue drains while produce waits`() throws {
    cluster.createTopic("out")
    let producer = try Producer(cluster.settings([.init(key: "queue.buffering.max.messages", value: "100")]))
    for _ in 0..<2_000 {
      try producer.produce(topic: "out", partition: 0, key: nil, value: [1].span, timestampMillis: 0)
    }
    try producer.flush(timeoutMillis: 20_000)
    let consumer = try Consumer(cluster.settings(), group: "g")
    #expect(try consumer.readToEnd([TopicPartition(topic: "out", partition: 0)]).count == 2_000)
  }

  /// Values of Java's `Utils.murmur2`, of which the client takes `toPositive(hash) % partitions`.
  @Test func `a key goes where a Java client would put it`() throws {
    let hashes = ["21": -973_932_308, "foobar": -790_332_482, "a-little-bit-long-string": -985_981_536]
    cluster.createTopic("keyed", partitions: 4)
    let producer = try Producer(cluster.settings())
    for key in hashes.keys {
      try producer.produce(topic: "keyed", key: Array(key.utf8).span, value: [1].span, timestampMillis: 0)
    }
    try producer.flush(timeoutMillis: 10_000)
    let consumer = try Consumer(cluster.settings(), group: "g")
    let read = try consumer.readToEnd((0..<4).map { TopicPartition(topic: "keyed", partition: $0) })
    let found = read.map { (String(decoding: $0.key ?? [], as: UTF8.self), Int($0.partition)) }
    #expect(Dictionary(uniqueKeysWithValues: found) == hashes.mapValues { ($0 & 0x7fff_ffff) % 4 })
  }

  @Test func `a topic that has no such partition is named`() throws {
    cluster.createTopic("out")
    let producer = try Producer(cluster.settings())
    try producer.produce(topic: "out", partition: 0, key: nil, value: [1].span, timestampMillis: 0)
    try producer.flush(timeoutMillis: 10_000)
    let failure = #expect(throws: KafkaError.self) {
      try producer.produce(topic: "out", partition: 9, key: nil, value: [1].span, timestampMillis: 0)
      try producer.flush(timeoutMillis: 10_000)
    }
    #expect(failure?.name == "_UNKNOWN_PARTITION")
    #expect(failure?.operation.topic == "out")
  }
}
