import CRdkafka
import Kafka
import Testing

struct TransactionMisuseTests {
  private let cluster = MockCluster()
  private let producer: TransactionalProducer
  private let group: ConsumerGroupMetadata
  private let offsets = [OffsetToCommit(TopicPartition(topic: "in", partition: 0), offset: 7)]

  init() throws {
    cluster.createTopic("out")
    group = try Consumer(cluster.settings(), group: "g").groupMetadata
    producer = try TransactionalProducer(
      cluster.settings([.init(key: "message.max.bytes", value: "2000")]), transactionalID: "t")
    try producer.initTransactions(timeoutMillis: 10_000)
  }

  private func produceOne(bytes: Int = 1) throws(KafkaError) {
    try producer.produce(
      topic: "out", partition: 0, key: nil, value: [UInt8](repeating: 1, count: bytes).span, timestampMillis: 1)
  }

  @Test func `nothing is committed once the offsets were refused`() throws {
    cluster.inject(RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, into: .txnOffsetCommit)
    try producer.begin()
    try produceOne()
    #expect(throws: KafkaError.self) { try producer.sendOffsets(offsets, group, timeoutMillis: 10_000) }
    let refusal = #expect(throws: KafkaError.self) { try producer.commit(timeoutMillis: 10_000) }
    #expect(refusal?.severity == .abortable)
    #expect(refusal?.operation.call == .commitTransaction)
    #expect(refusal?.message.contains("offsets") == true)
  }

  @Test func `nothing is committed while sending the offsets has timed out, until they are sent again`() throws {
    try producer.begin()
    try produceOne()
    cluster.stop()
    let failure = #expect(throws: KafkaError.self) { try producer.sendOffsets(offsets, group, timeoutMillis: 300) }
    #expect(failure?.severity == .retriable)
    cluster.start()
    let refusal = #expect(throws: KafkaError.self) { try producer.commit(timeoutMillis: 10_000) }
    #expect(refusal?.severity == .abortable)
    try producer.sendOffsets(offsets, group, timeoutMillis: 10_000)
    try producer.commit(timeoutMillis: 10_000)
  }

  @Test func `a transaction after an aborted one commits`() throws {
    cluster.inject(RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, into: .txnOffsetCommit)
    try producer.begin()
    try produceOne()
    #expect(throws: KafkaError.self) { try producer.sendOffsets(offsets, group, timeoutMillis: 10_000) }
    try producer.abort(timeoutMillis: 10_000)
    try producer.begin()
    try produceOne()
    try producer.sendOffsets(offsets, group, timeoutMillis: 10_000)
    try producer.commit(timeoutMillis: 10_000)
  }

  @Test func `a record that is too large is abortable, and named by its topic`() throws {
    try producer.begin()
    let refusal = #expect(throws: KafkaError.self) { try produceOne(bytes: 3_000) }
    #expect(refusal?.severity == .abortable)
    #expect(refusal?.name == "MSG_SIZE_TOO_LARGE")
    #expect(refusal?.operation == .init(.produce, topic: "out", partition: 0))
    let objection = #expect(throws: KafkaError.self) { try producer.commit(timeoutMillis: 10_000) }
    #expect(objection?.severity == .abortable)
    try producer.abort(timeoutMillis: 10_000)
  }

  @Test func `a record outside of a transaction is fatal`() throws {
    let refusal = #expect(throws: KafkaError.self) { try produceOne() }
    #expect(refusal?.severity == .fatal)
    #expect(refusal?.name == "_STATE")
  }

  @Test func `a record after the transaction failed is abortable`() throws {
    cluster.inject(RD_KAFKA_RESP_ERR_ILLEGAL_GENERATION, into: .txnOffsetCommit)
    try producer.begin()
    try produceOne()
    #expect(throws: KafkaError.self) { try producer.sendOffsets(offsets, group, timeoutMillis: 10_000) }
    let refusal = #expect(throws: KafkaError.self) { try produceOne() }
    #expect(refusal?.severity == .abortable)
  }

  @Test func `a commit to a broker that is down is retriable, and succeeds when it is back`() throws {
    try producer.begin()
    try produceOne()
    try producer.sendOffsets(offsets, group, timeoutMillis: 10_000)
    cluster.stop()
    let failure = #expect(throws: KafkaError.self) { try producer.commit(timeoutMillis: 500) }
    #expect(failure?.severity == .retriable)
    cluster.start()
    try producer.commit(timeoutMillis: 20_000)
  }
}
