import Foundation
import Kafka
import Testing

/// Reading by hand-made assignment, from librdkafka's mock cluster.
struct ConsumerTests {
  private let cluster = MockCluster()
  private let consumer: Consumer
  private let producer: Producer
  /// Of a batch, and so of a response of the mock cluster.
  private static let maxBatchRecords = 500
  private let partitions = (0..<4).map { TopicPartition(topic: "in", partition: $0) }

  init() throws {
    cluster.createTopic("in", partitions: 4)
    cluster.createTopic("other")
    consumer = try Consumer(cluster.settings(), group: "g")
    producer = try Producer(
      cluster.settings([.init(key: "batch.num.messages", value: "\(Self.maxBatchRecords)")]))
  }

  /// The value of each record is its offset.
  private func fill(_ partition: TopicPartition, _ count: Int) throws {
    for offset in 0..<count {
      try producer.produce(
        topic: partition.topic, partition: partition.partition, key: nil, value: Array("\(offset)".utf8).span,
        timestampMillis: 1_000 + Int64(offset))
    }
    try producer.flush(timeoutMillis: 10_000)
  }

  @Test func `a record comes back as it was sent`() throws {
    let headers = [
      Header(name: "a", text: "1"), Header(name: "b", value: nil), Header(name: "a", value: []),
      Header(name: "c", value: [0, 255]),
    ]
    let (empty, bytes): ([UInt8], [UInt8]) = ([], [0, 1, 255])
    try producer.produce(
      topic: "in", partition: 0, key: bytes.span, value: bytes.span, headers: headers, timestampMillis: 12_345)
    try producer.produce(topic: "in", partition: 0, key: nil, value: nil, timestampMillis: 12_346)
    try producer.produce(topic: "in", partition: 0, key: empty.span, value: empty.span, timestampMillis: 12_347)
    try producer.flush(timeoutMillis: 10_000)
    let read = try consumer.readToEnd([partitions[0]])
    try #require(read.count == 3)
    #expect(read.map(\.topic) == ["in", "in", "in"])
    #expect(read.map(\.offset) == [0, 1, 2])
    #expect(read.map(\.timestampMillis) == [12_345, 12_346, 12_347])
    #expect(read.map(\.key) == [bytes, nil, empty])
    #expect(read.map(\.value) == [bytes, nil, empty])
    #expect(read.map(\.headers) == [headers, [], []])
  }

  @Test func `reading starts exactly where it was assigned`() throws {
    try fill(partitions[0], 20)
    #expect(try consumer.readToEnd([partitions[0]], from: .at(7)).map(\.offset) == Array(7..<20))
    #expect(try consumer.readToEnd([partitions[0]], from: .beginning).map(\.offset) == Array(0..<20))
    #expect(try consumer.readToEnd([partitions[0]], from: .end).isEmpty)
  }

  @Test(arguments: [["other"], ["in"]])
  func `what is read first comes before all else that was fetched, and leaves room for it`(first: [String]) throws {
    let other = TopicPartition(topic: "other", partition: 0)
    try fill(partitions[0], 30)
    try fill(other, 30)
    try consumer.assign([(partitions[0], .beginning), (other, .beginning)], readFirst: Set(first))
    let deadline = ContinuousClock.now + .seconds(10)
    while consumer.knownEnd(of: partitions[0]) == nil || consumer.knownEnd(of: other) == nil,
      ContinuousClock.now < deadline
    {
      Thread.sleep(forTimeInterval: 0.05)
    }
    Thread.sleep(forTimeInterval: 0.2)  // the end is known before the messages are there
    var topics: [String] = []
    _ = consumer.poll(maxMessages: 50, timeoutMillis: 1000) { topics.append(consumer.topics[$0.topicIndex]) }
    #expect(Array(topics.prefix(30)) == [String](repeating: first[0], count: 30))
    #expect(topics.count > 30)
    #expect(!topics.dropFirst(30).contains(first[0]))
  }

  @Test func `no more is fetched ahead than may wait, and all of it comes`() throws {
    let count = 4 * Consumer.maxFetchedAhead
    try fill(partitions[0], count)
    cluster.answerAfter(millis: 20)  // so that a test that is kept waiting does not find all of it fetched
    try consumer.assign([(partitions[0], .beginning)])
    var polled = 0
    let deadline = ContinuousClock.now + .seconds(30)
    while consumer.fetchedAhead < Consumer.maxFetchedAhead, ContinuousClock.now < deadline {
      _ = consumer.poll(maxMessages: 1, timeoutMillis: 1000) { _ in polled += 1 }
      Thread.sleep(forTimeInterval: 0.005)
    }
    try #require(consumer.fetchedAhead >= Consumer.maxFetchedAhead)
    // Now a poll shuts the gate: beyond what has passed it by then comes one response a second.
    let start = ContinuousClock.now
    _ = consumer.poll(maxMessages: 1, timeoutMillis: 1000) { _ in polled += 1 }
    let passed = consumer.fetchedAhead
    try #require(passed < count / 2)
    Thread.sleep(forTimeInterval: 1)
    let ahead = consumer.fetchedAhead
    let seconds = Int((ContinuousClock.now - start).components.seconds)
    #expect(ahead <= passed + (2 + seconds) * Self.maxBatchRecords)
    cluster.answerAfter(millis: 0)
    while polled < count {
      let before = polled
      _ = consumer.poll(maxMessages: 10_000, timeoutMillis: 5000) { _ in polled += 1 }
      try #require(polled > before)
    }
    #expect(polled == count)
  }

  // A loop that polls one message now and then, or none after the first.
  @Test(arguments: [(true, Consumer.maxFetchedBytes), (false, Consumer.maxBytesBetweenPolls)])
  func `no more bytes are fetched ahead than may wait`(isPolling: Bool, maxBytes: Int) throws {
    let large = [UInt8](repeating: 7, count: 100_000)
    let expected = maxBytes / large.count
    // The mock cluster keeps 5 MB of a partition.
    let partitions = (0..<32).map { TopicPartition(topic: "large", partition: $0) }
    cluster.createTopic("large", partitions: Int32(partitions.count))
    for partition in partitions {
      for _ in 0..<40 {
        try producer.produce(
          topic: "large", partition: partition.partition, key: nil, value: large.span, timestampMillis: 0)
      }
    }
    try producer.flush(timeoutMillis: 10_000)
    try consumer.assign(partitions.map { ($0, .beginning) })
    _ = consumer.poll(maxMessages: 1, timeoutMillis: 1000) { _ in }
    let deadline = ContinuousClock.now + .seconds(20)
    func pass(_ count: Int, until isDone: () -> Bool) {
      for _ in 0..<count where !isDone() && ContinuousClock.now < deadline {
        if isPolling { _ = consumer.poll(maxMessages: 1, timeoutMillis: 0) { _ in } }
        Thread.sleep(forTimeInterval: 0.02)
      }
    }
    pass(1000) { consumer.fetchedAhead >= expected - 20 }
    pass(25) { false }
    #expect(consumer.fetchedAhead >= expected - 20)
    #expect(consumer.fetchedAhead <= expected + partitions.count * 12)  // and what one response may hold
    #expect(try consumer.watermarks(partitions[0], timeoutMillis: 5000).high == 40)
  }

  @Test func `topics are told apart by their index`() throws {
    try fill(partitions[0], 2)
    try fill(TopicPartition(topic: "other", partition: 0), 3)
    let read = try consumer.readToEnd([partitions[0], TopicPartition(topic: "other", partition: 0)])
    #expect(read.filter { $0.topic == "in" }.count == 2)
    #expect(read.filter { $0.topic == "other" }.count == 3)
    #expect(consumer.topics == ["in", "other"])
  }

  @Test func `the end of a partition follows its messages and says where it is`() throws {
    try fill(partitions[1], 5)
    try consumer.assign([(partitions[1], .beginning), (partitions[2], .beginning)])
    let (messages, events) = try consumer.collect { _, events in events.endedPartitions.count == 2 }
    #expect(messages.count == 5)
    #expect(events.contains(.endOfPartition(partitions[1], nextOffset: 5)))
    #expect(events.contains(.endOfPartition(partitions[2], nextOffset: 0)))
  }

  /// librdkafka unassigns in the background: what it does there must not touch the next assignment.
  @Test func `an assignment right after another is read to its end`() throws {
    try fill(partitions[0], 10)
    for round in 0..<50 {
      let start = Int64(round % 10)
      let read = try consumer.readToEnd([partitions[0]], from: .at(start))
      try #require(read.map(\.offset) == Array(start..<10), "round \(round)")
    }
  }

  @Test func `moving about loses nothing, doubles nothing, and shows nothing stale`() throws {
    for partition in partitions { try fill(partition, 2_000) }
    var random = SystemRandomNumberGenerator()
    for round in 0..<60 {
      let starts = partitions.filter { _ in Bool.random(using: &random) }.map {
        ($0, Int64.random(in: 0..<1_500, using: &random))
      }
      try consumer.assign(starts.map { ($0, .at($1)) })
      var next = Dictionary(uniqueKeysWithValues: starts)
      let polls = Int.random(in: 0...8, using: &random)
      for _ in 0..<polls {
        let events = consumer.poll(maxMessages: 300, timeoutMillis: round.isMultiple(of: 3) ? 60 : 0) { message in
          let partition = TopicPartition(topic: "in", partition: message.partition)
          #expect(next[partition] == message.offset, "round \(round) \(partition)")
          next[partition]? += 1
        }
        #expect(events.failures.isEmpty)
      }
      guard round.isMultiple(of: 2) else { continue }
      try consumer.unassign()
      #expect(consumer.poll(maxMessages: 300, timeoutMillis: 0) { _ in Issue.record("unassigned") }.isEmpty)
    }
    #expect(try consumer.readToEnd(partitions).count == 8_000)
  }

  @Test func `a poll returns what is there instead of waiting for a full batch`() throws {
    try fill(partitions[0], 10)
    try consumer.assign([(partitions[0], .beginning)])
    let elapsed = ContinuousClock().measure {
      var count = 0
      while count == 0 { _ = consumer.poll(maxMessages: 10_000, timeoutMillis: 60_000) { _ in count += 1 } }
      #expect(count <= 10)
    }
    #expect(elapsed < .seconds(20))
  }

  @Test func `a poll takes no more than it was allowed`() throws {
    try fill(partitions[0], 50)
    try consumer.assign([(partitions[0], .beginning)])
    var offsets: [Int64] = []
    let deadline = ContinuousClock.now + .seconds(10)
    while offsets.count < 50, ContinuousClock.now < deadline {
      let maxMessages = offsets.count < 10 ? 1 : 7
      var taken = 0
      _ = consumer.poll(maxMessages: maxMessages, timeoutMillis: 100) {
        taken += 1
        offsets.append($0.offset)
      }
      #expect(taken <= maxMessages)
    }
    #expect(offsets == Array(0..<50))
  }

  /// They are taken from librdkafka a few at a time.
  @Test(arguments: [31, 32, 33, 64, 100])
  func `a poll takes what it was allowed of what waits, and lends each message ahead of its turn, once`(
    maxMessages: Int
  ) throws {
    try fill(partitions[0], 200)
    try consumer.assign([(partitions[0], .beginning)])
    let deadline = ContinuousClock.now + .seconds(10)
    while consumer.fetchedAhead < 200, ContinuousClock.now < deadline { Thread.sleep(forTimeInterval: 0.02) }
    var ahead: [Int64] = []
    var offsets: [Int64] = []
    _ = consumer.poll(
      maxMessages: maxMessages, timeoutMillis: 1000,
      ahead: {
        #expect($0.offset >= Int64(offsets.count))
        ahead.append($0.offset)
      }
    ) { offsets.append($0.offset) }
    #expect(offsets == (0..<Int64(maxMessages)).map { $0 })
    #expect(ahead == offsets)
  }

  @Test func `an offset that the log does not hold is an error of its partition, not a jump`() throws {
    try fill(partitions[3], 5)
    try consumer.assign([(partitions[3], .at(100))])
    let (messages, events) = try consumer.collect { _, events in !events.failures.isEmpty }
    #expect(messages.isEmpty)
    let failure = try #require(events.failures.first)
    #expect(failure.name == "_AUTO_OFFSET_RESET")
    #expect(failure.severity == .fatal)
    #expect(failure.operation == .init(.poll, topic: "in", partition: 3))
  }

  @Test func `the ends of a partition can be asked for`() throws {
    try fill(partitions[0], 5)
    #expect(try consumer.watermarks(partitions[0], timeoutMillis: 10_000) == (0, 5))
    let missing = TopicPartition(topic: "in", partition: 99)
    let failure = #expect(throws: KafkaError.self) { _ = try consumer.watermarks(missing, timeoutMillis: 2_000) }
    #expect(failure?.operation == .init(.watermarks, topic: "in", partition: 99))
  }

  @Test func `a group that has committed nothing has no offset`() throws {
    let committed = try consumer.committed(partitions, timeoutMillis: 10_000)
    #expect(committed.count == 4)
    #expect(committed[partitions[0]] == CommittedOffset(offset: nil, metadata: ""))
  }

  @Test func `closing takes no longer than it was given`() throws {
    try fill(partitions[0], 100)
    try consumer.assign([(partitions[0], .beginning)])
    _ = consumer.poll(maxMessages: 1, timeoutMillis: 1_000) { _ in }
    let elapsed = ContinuousClock().measure {
      consumer.close(timeoutMillis: 2_000)
      consumer.close(timeoutMillis: 2_000)
    }
    #expect(elapsed < .seconds(4))
  }
}
