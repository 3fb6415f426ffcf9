import Kafka
import Testing

/// Whole transactions, as a lane makes them: a member of a group reads `in`, and writes `out` with its offsets.
struct TransactionTests {
  private let broker: TestBroker
  private let member: Member
  private let producer: TransactionalProducer
  private let reader: Consumer
  private let input = TopicPartition(topic: "in", partition: 0)
  private let output = TopicPartition(topic: "out", partition: 0)

  init() throws {
    broker = try TestBroker(topics: ["in": 2, "out": 1])
    member = Member(try broker.consumer(group: "g"))
    try member.consumer.subscribe(["in"])
    try member.settle { $0.count == 2 }
    producer = try TransactionalProducer(broker.settings(oneAtATime), transactionalID: "lane-0")
    try producer.initTransactions(timeoutMillis: 10_000)
    reader = try Consumer(broker.settings(), group: "reader")
  }

  /// With room for one record, producing the next one proves that the one before has been written. An abort would drop
  /// what still waits, and so would never meet the broker.
  private let oneAtATime: [ClientSettings.Override] = [
    .init(key: "queue.buffering.max.messages", value: "1"), .init(key: "linger.ms", value: "0"),
  ]

  private func produce(_ values: UInt8...) throws(KafkaError) {
    for value in values {
      try producer.produce(topic: "out", partition: 0, key: nil, value: [value].span, timestampMillis: 1)
    }
  }

  private func sendOffset(_ offset: Int64, _ group: ConsumerGroupMetadata) throws(KafkaError) {
    try producer.sendOffsets(
      [OffsetToCommit(input, offset: offset, metadata: "epoch \(offset)")], group, timeoutMillis: 10_000)
  }

  private func transact(_ offset: Int64, _ value: UInt8) throws(KafkaError) {
    try producer.begin()
    try produce(value)
    try sendOffset(offset, member.consumer.groupMetadata)
    try producer.commit(timeoutMillis: 10_000)
  }

  private func committed() throws(KafkaError) -> CommittedOffset? {
    try member.consumer.committed([input], timeoutMillis: 10_000)[input]
  }

  private func visible() throws -> [UInt8?] {
    try reader.readToEnd([output]).map { $0.value?.first }
  }

  @Test func `records and offsets become visible together, by the commit`() throws {
    try producer.begin()
    try produce(1, 2, 3)
    #expect(try visible() == [])
    #expect(try committed()?.offset == nil)
    try sendOffset(42, member.consumer.groupMetadata)
    #expect(try visible() == [])
    try producer.commit(timeoutMillis: 10_000)
    #expect(try visible() == [1, 2, 3])
    #expect(try committed() == CommittedOffset(offset: 42, metadata: "epoch 42"))
  }

  @Test func `an aborted transaction leaves neither records nor offsets`() throws {
    try transact(5, 1)
    try producer.begin()
    try produce(2, 3)
    try sendOffset(99, member.consumer.groupMetadata)
    try producer.abort(timeoutMillis: 10_000)
    try transact(6, 4)
    #expect(try visible() == [1, 4])
    #expect(try committed()?.offset == 6)
  }

  @Test func `what was aborted can be produced again in a new transaction`() throws {
    for attempt in 0..<3 {
      try producer.begin()
      try produce(1, 2)
      try sendOffset(2, member.consumer.groupMetadata)
      if attempt < 2 { try producer.abort(timeoutMillis: 10_000) } else { try producer.commit(timeoutMillis: 10_000) }
    }
    #expect(try visible() == [1, 2])
  }

  @Test func `offsets of an open transaction are waited for, then told`() throws {
    try transact(5, 1)
    try producer.begin()
    try sendOffset(6, member.consumer.groupMetadata)
    let failure = #expect(throws: KafkaError.self) {
      _ = try member.consumer.committed([input], timeoutMillis: 500)
    }
    #expect(failure?.severity == .retriable)
    try producer.commit(timeoutMillis: 10_000)
    #expect(try committed()?.offset == 6)
  }

  @Test func `a second producer of the same id fences the first, whose work is lost`() throws {
    try transact(5, 1)
    try producer.begin()
    try produce(2, 2)
    let successor = try TransactionalProducer(broker.settings(), transactionalID: "lane-0")
    try successor.initTransactions(timeoutMillis: 10_000)
    let failure = #expect(throws: KafkaError.self) {
      try sendOffset(99, member.consumer.groupMetadata)
      try producer.commit(timeoutMillis: 10_000)
    }
    #expect(failure?.severity == .fenced, "\(failure.map(String.init(describing:)) ?? "")")
    // At the latest when it has to do with the cluster: the client may learn of its end behind the call that was refused.
    let later = #expect(throws: KafkaError.self) {
      try producer.begin()
      try produce(4)
      try producer.commit(timeoutMillis: 10_000)
    }
    #expect(later?.severity == .fenced)
    #expect(try visible() == [1])
    #expect(try committed()?.offset == 5)
    try successor.begin()
    try successor.produce(topic: "out", partition: 0, key: nil, value: [3].span, timestampMillis: 1)
    try successor.commit(timeoutMillis: 10_000)
    let seen = try visible()
    #expect(seen == [1, 3])
  }

  @Test func `a predecessor's open transaction is aborted by init`() throws {
    try producer.begin()
    try produce(1, 1)
    try sendOffset(7, member.consumer.groupMetadata)
    let successor = try TransactionalProducer(broker.settings(), transactionalID: "lane-0")
    try successor.initTransactions(timeoutMillis: 10_000)
    #expect(try visible() == [])
    #expect(try committed()?.offset == nil)
  }

  @Test func `the offsets of a stale generation are refused, and nothing of them is committed`() throws {
    let stale = try member.consumer.groupMetadata
    let other = Member(try broker.consumer(group: "g"))
    try other.consumer.subscribe(["in"])
    try member.settle(with: other) { $0.count == 1 && other.owned.count == 1 }
    try producer.begin()
    try produce(1)
    let failure = #expect(throws: KafkaError.self) { try sendOffset(777, stale) }
    #expect(failure?.severity == .abortable)
    let refusal = #expect(throws: KafkaError.self) { try producer.commit(timeoutMillis: 10_000) }
    #expect(refusal?.severity == .abortable)
    try producer.abort(timeoutMillis: 10_000)
    #expect(try visible() == [])
    #expect(try committed()?.offset == nil)
    try transact(3, 2)
    #expect(try committed()?.offset == 3)
  }

  @Test func `the end of a partition counts the markers of transactions`() throws {
    try transact(1, 1)  // offset 0, marker 1
    try transact(2, 2)  // offset 2, marker 3
    try producer.begin()
    try produce(3, 4)  // offset 4, and 5 if it is sent before the abort
    try producer.abort(timeoutMillis: 10_000)
    let end = try reader.watermarks(output, timeoutMillis: 10_000).high
    #expect((6...7).contains(end))
    try reader.assign([(output, .beginning)])
    let (messages, events) = try reader.collect { _, events in
      events.contains(.endOfPartition(output, nextOffset: end))
    }
    #expect(messages.map(\.offset) == [0, 2])
    #expect(events.contains(.endOfPartition(output, nextOffset: end)))
    #expect(try reader.readToEnd([output], from: .at(1)).map(\.offset) == [2])
    #expect(try reader.readToEnd([output], from: .at(end)).isEmpty)
  }

  @Test func `the end stops before what is not yet committed`() throws {
    try transact(1, 1)
    try producer.begin()
    try produce(2, 2)
    try sendOffset(2, member.consumer.groupMetadata)
    try reader.assign([(output, .beginning)])
    let (_, events) = try reader.collect { _, events in !events.endedPartitions.isEmpty }
    #expect(events.contains(.endOfPartition(output, nextOffset: 2)))
    #expect(try reader.watermarks(output, timeoutMillis: 10_000) == (0, 2))
  }

  @Test func `two hundred records in order, transaction by transaction`() throws {
    for batch in 0..<20 {
      try producer.begin()
      for index in 0..<10 { try produce(UInt8(truncatingIfNeeded: batch * 10 + index)) }
      try sendOffset(Int64(batch), member.consumer.groupMetadata)
      try producer.commit(timeoutMillis: 10_000)
    }
    #expect(try visible() == (0..<200).map { UInt8(truncatingIfNeeded: $0) })
  }
}
