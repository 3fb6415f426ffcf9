import HealstreamCore
import Kafka

/// A lane's log on a Kafka cluster: one consumer of a group, one transactional producer.
///
/// What is retriable is called again until it succeeds, a deadline passes, or the process is asked to stop; everything else is
/// sorted into what the lane has to do about it, see `LogFailure`.
final class KafkaLog: Log {
  private let client: ClientSettings
  private let transactionalID: String
  private let inputs: [String]
  private let readFirst: Set<String>
  private let topics: TopicSettings
  private let isStopping: () -> Bool
  private let consumer: Consumer
  private var producer: TransactionalProducer?
  private var slots = SlotTable()

  init(
    client: ClientSettings, role: Role, lane: Int, instance: String, topics: TopicSettings,
    isStopping: @escaping () -> Bool
  ) throws(LogFailure) {
    self.client = client
    self.topics = topics
    self.isStopping = isStopping
    transactionalID = "\(topics.group(role))-\(instance)-\(lane)"
    inputs = role.inputs.map { topics.name($0) }
    readFirst = Set(role.readFirst.map { topics.name($0) })
    do throws(KafkaError) {
      consumer = try Consumer(client, group: topics.group(role))
    } catch {
      throw .fatal("\(error)")
    }
  }

  // MARK: Reading

  func subscribe() throws(LogFailure) {
    do throws(KafkaError) { try consumer.subscribe(inputs) } catch { throw .fatal("\(error)") }
  }

  func poll(
    maxRecords: Int, timeoutMillis: Int, ahead: (_ slot: Int, _ record: borrowing InputRecord) -> Void,
    _ body: (_ slot: Int, _ record: borrowing InputRecord, _ headers: () -> [RecordHeader]) -> Void
  ) -> [LogEvent] {
    let events = consumer.poll(maxMessages: maxRecords, timeoutMillis: timeoutMillis) { message in
      if let slot = slots[message.topicIndex, message.partition] { ahead(slot, InputRecord(message)) }
    } _: { message in
      guard let slot = slots[message.topicIndex, message.partition] else { return }
      body(slot, InputRecord(message)) {
        message.headers().map { RecordHeader(name: $0.name, value: $0.value) }
      }
    }
    return events.map { LogEvent($0) }
      + (consumer.takeLog() + (producer?.takeLog() ?? [])).map { .warning("\($0.facility): \($0.message)") }
  }

  func committed(_ partitions: [Partition]) throws(LogFailure) -> [Position?] {
    let asked = partitions.map { TopicPartition($0) }
    let answer = try patiently(for: Self.patienceMillis) { () throws(KafkaError) in
      try consumer.committed(asked, timeoutMillis: Self.callTimeoutMillis)
    }
    return asked.map { Position(answer[$0]) }
  }

  func bounds(of partition: Partition) throws(LogFailure) -> Range<Int64> {
    let (low, high) = try patiently(for: Self.patienceMillis) { () throws(KafkaError) in
      try consumer.watermarks(TopicPartition(partition), timeoutMillis: Self.callTimeoutMillis)
    }
    return low..<max(low, high)
  }

  func knownEnd(of partition: Partition) -> Int64? { consumer.knownEnd(of: TopicPartition(partition)) }

  func assign(_ starts: [Start]) throws(LogFailure) {
    do throws(KafkaError) {
      try consumer.assign(
        starts.map { (TopicPartition($0.partition), StartOffset.at($0.offset)) }, readFirst: readFirst)
    } catch {
      throw .fatal("\(error)")
    }
    slots = SlotTable(starts.map(\.partition), topics: consumer.topics)
  }

  func unassign() throws(LogFailure) {
    do throws(KafkaError) { try consumer.unassign() } catch { throw .fatal("\(error)") }
    slots = SlotTable()
  }

  // MARK: Writing

  func fence() throws(LogFailure) {
    producer = nil
    do throws(KafkaError) {
      producer = try TransactionalProducer(client, transactionalID: transactionalID)
    } catch {
      throw .fatal("\(error)")
    }
    try patiently(for: Self.patienceMillis) { () throws(KafkaError) in
      try producer?.initTransactions(timeoutMillis: Self.callTimeoutMillis)
    }
  }

  func transact(_ burst: Burst) throws(LogFailure) {
    guard let producer else { preconditionFailure("a log is fenced before it is written to") }
    do throws(KafkaError) {
      try producer.begin()
      for outputs in burst.outputs { try produce(outputs, producer) }
      for letter in burst.deadLetters { try produce(letter, producer) }
      if !burst.positions.isEmpty { try sendOffsets(burst, producer) }
    } catch {
      throw giveUp(error, producer)
    }
    do throws(KafkaError) {
      try retrying { () throws(KafkaError) in try producer.commit(timeoutMillis: Self.callTimeoutMillis) }
    } catch  where error.severity == .retriable {
      throw .unknownOutcome("\(error)")
    } catch {
      throw giveUp(error, producer)
    }
  }

  func close() { consumer.close() }

  private func produce(_ outputs: Outputs, _ producer: TransactionalProducer) throws(KafkaError) {
    for record in outputs.records {
      try producer.produce(
        topic: topics.name(record.topic), key: outputs.key(of: record).span, value: outputs.value(of: record).span,
        headers: outputs.cloudEventHeaders(of: record), timestampMillis: record.at.millis)
    }
  }

  private func produce(_ letter: DeadLetter, _ producer: TransactionalProducer) throws(KafkaError) {
    try producer.produce(
      topic: topics.name(Topic.deadLetters), key: letter.key?.span, value: letter.value?.span,
      headers: letter.annotatedHeaders.map { Header(name: $0.name, value: $0.value) },
      timestampMillis: letter.timestamp.millis)
  }

  private func sendOffsets(_ burst: Burst, _ producer: TransactionalProducer) throws(KafkaError) {
    let offsets = burst.positions.map {
      OffsetToCommit(TopicPartition($0.partition), offset: $0.position.offset, metadata: $0.position.metadata)
    }
    let group = try consumer.groupMetadata
    try retrying { () throws(KafkaError) in
      try producer.sendOffsets(offsets, group, timeoutMillis: Self.callTimeoutMillis)
    }
  }

  /// Aborts what can be aborted, and says what is known of the outcome then.
  private func giveUp(_ error: KafkaError, _ producer: TransactionalProducer) -> LogFailure {
    switch error.severity {
    case .fenced:
      return .fenced("\(error); another process runs as \(transactionalID): give each its own instance")
    case .fatal:
      return .unknownOutcome("\(error)")
    case .abortable, .retriable:
      do throws(KafkaError) {
        try retrying { () throws(KafkaError) in try producer.abort(timeoutMillis: Self.callTimeoutMillis) }
      } catch {
        return error.severity == .fenced ? .fenced("\(error)") : .unknownOutcome("\(error)")
      }
      if error.name == "MSG_SIZE_TOO_LARGE" { return .tooLarge("\(error)") }
      return error.isStaleGeneration ? .staleGeneration("\(error)") : .aborted("\(error)")
    }
  }

  // MARK: Patience

  private static let callTimeoutMillis = 2000
  /// How long one step of a transaction is tried: as long as the transaction itself may last.
  private static let transactionMillis: Int64 = 60_000
  /// How long the cluster is waited for where nothing can be done without it.
  private static let patienceMillis: Int64 = 600_000

  private func retrying(_ call: () throws(KafkaError) -> Void) throws(KafkaError) {
    try retrying(for: Self.transactionMillis, call)
  }

  /// Calls again while the error is retriable, up to `millis`, and not beyond a request to stop.
  private func retrying<Answer>(
    for millis: Int64, _ call: () throws(KafkaError) -> Answer
  ) throws(KafkaError) -> Answer {
    let deadline = ContinuousClock.now + .milliseconds(millis)
    while true {
      do throws(KafkaError) {
        return try call()
      } catch {
        guard error.severity == .retriable, ContinuousClock.now < deadline, !isStopping() else { throw error }
      }
    }
  }

  private func patiently<Answer>(
    for millis: Int64, _ call: () throws(KafkaError) -> Answer
  ) throws(LogFailure) -> Answer {
    do throws(KafkaError) {
      return try retrying(for: millis, call)
    } catch {
      throw error.severity == .fenced ? .fenced("\(error)") : .fatal("\(error)")
    }
  }
}

extension InputRecord {
  @_lifetime(copy message)
  fileprivate init(_ message: borrowing Message) {
    self.init(
      partition: message.partition, offset: message.offset, timestamp: Timestamp(millis: message.timestampMillis),
      key: message.key, value: message.value)
  }
}
