internal import CRdkafka

/// A member of a consumer group, or a reader of partitions that it is assigned by hand; owned by one thread.
///
/// Rebalances and errors are events of the group's queue. Messages come in batches from a queue of their own, to which each partition is
/// forwarded before it is assigned: that costs 122 ns a message, against 264 ns for one event a message. The queue lives as
/// long as its assignment, so what was fetched under an earlier one cannot surface in a later one.
package final class Consumer {
  /// The names that `Message.topicIndex` counts in; grows at `assign`, never changes otherwise.
  package private(set) var topics: [String] = []
  let client: Client
  let gate = FetchGate()
  /// Messages, under the present assignment.
  private var polledCount = 0
  private let events: Queue
  /// What is read first, if anything, then the rest.
  private var queues: [MessageQueue] = []
  private var phase = Phase.unassigned

  private enum Phase { case unassigned, assigned, mustAssign, mustUnassign, closed }

  /// Makes a client; connects in the background, so a wrong address shows as a `failed` event.
  /// - Throws: what is wrong with the settings.
  package init(_ settings: ClientSettings, group: String) throws(KafkaError) {
    let configuration = try ClientConfiguration(
      settings, Self.defaults + [("group.id", group)], events: RD_KAFKA_EVENT_REBALANCE)
    client = try configuration.makeClient(RD_KAFKA_CONSUMER, behind: gate)
    unsafe rd_kafka_poll_set_consumer(client.handle)
    guard let events = Queue.consumerEvents(of: client) else {
      throw KafkaError(RD_KAFKA_RESP_ERR__UNKNOWN_GROUP, during: .init(.configure))
    }
    self.events = events
  }

  /// Joins the group; an `assigned` event follows, to be answered with `assign`.
  package func subscribe(_ topics: [String]) throws(KafkaError) {
    let list = PartitionList(topics.map { TopicPartition(topic: $0, partition: -1) })
    try unsafe client.check(rd_kafka_subscribe(client.handle, list.handle), .init(.subscribe))
  }

  /// Waits for the first message or event, then takes what is there.
  ///
  /// Call it more often than `max.poll.interval.ms` (300 s), or the group takes the partitions away.
  /// - Parameters:
  ///   - maxMessages: ends of partitions count; 0: only events are waited for.
  ///   - timeoutMillis: how long to wait when there is nothing; the call may take 20 ms longer to see an event.
  ///   - ahead: borrows each message before its turn: a chunk of them, then their turns, and so on.
  ///   - body: borrows each message, in the order of the offsets within a partition.
  package func poll(
    maxMessages: Int, timeoutMillis: Int, ahead: (borrowing Message) -> Void = { _ in },
    _ body: (borrowing Message) -> Void
  ) -> [ConsumerEvent] {
    client.collectLog()
    let isReading = phase == .assigned && maxMessages > 0
    var reports = takeEvents(timeoutMillis: isReading ? 0 : timeoutMillis)
    guard isReading, phase == .assigned else { return reports }
    var remainingMillis = reports.isEmpty ? timeoutMillis : 0
    repeat {
      let sliceMillis = max(0, min(remainingMillis, Self.eventLatencyMillis))
      if take(maxMessages, timeoutMillis: sliceMillis, &reports, ahead: ahead, body) > 0 { return reports }
      reports += takeEvents(timeoutMillis: 0)
      remainingMillis -= Self.eventLatencyMillis
    } while reports.isEmpty && remainingMillis > 0 && phase == .assigned
    return reports
  }

  /// Reads these partitions and no others, each from its start. Answers an `assigned` event; or, without `subscribe`,
  /// assigns by hand. To move, assign again: what was fetched before is dropped.
  ///
  /// - Parameter readFirst: topics whose messages a poll takes before those of all others.
  package func assign(
    _ starts: [(TopicPartition, StartOffset)], readFirst: Set<String> = []
  ) throws(KafkaError) {
    if phase == .assigned { try unassign() }
    for (partition, _) in starts where !topics.contains(partition.topic) { topics.append(partition.topic) }
    let first = starts.map(\.0).filter { readFirst.contains($0.topic) }
    let rest = starts.map(\.0).filter { !readFirst.contains($0.topic) }
    var queues: [MessageQueue] = []
    for partitions in first.isEmpty ? [rest] : [first, rest] {
      queues.append(try MessageQueue(partitions, topics: topics, of: client))
    }
    let list = PartitionList(starts)
    try unsafe client.check(rd_kafka_assign(client.handle, list.handle), .init(.assign))
    self.queues = queues
    polledCount = 0
    gate.restart()
    phase = .assigned
  }

  /// Reads nothing; answers a `revoked` event. What was fetched and not yet polled is dropped.
  package func unassign() throws(KafkaError) {
    gate.open()
    try unsafe client.check(rd_kafka_assign(client.handle, nil), .init(.unassign))
    queues = []
    phase = .unassigned
  }

  /// This member at the group's present generation.
  package var groupMetadata: ConsumerGroupMetadata {
    get throws(KafkaError) {
      guard let metadata = unsafe rd_kafka_consumer_group_metadata(client.handle) else {
        throw KafkaError(RD_KAFKA_RESP_ERR__UNKNOWN_GROUP, during: .init(.groupMetadata))
      }
      return unsafe ConsumerGroupMetadata(adopting: metadata)
    }
  }

  /// What librdkafka has logged since the last call.
  package func takeLog() -> [LogLine] { client.takeLog() }

  /// Leaves the group, so that the others need not wait for the session to expire. Takes `timeoutMillis` at most, and
  /// gives up then; nothing else may be called afterwards.
  package func close(timeoutMillis: Int = 5_000) {
    guard phase != .closed else { return }
    gate.open()
    // An unanswered rebalance would keep the group waiting for its answer.
    if phase != .unassigned { unsafe _ = rd_kafka_assign(client.handle, nil) }
    queues = []
    phase = .closed
    let deadline = ContinuousClock.now + .milliseconds(timeoutMillis)
    if let error = unsafe rd_kafka_consumer_close_queue(client.handle, events.handle) {
      return unsafe rd_kafka_error_destroy(error)
    }
    while unsafe rd_kafka_consumer_closed(client.handle) == 0, ContinuousClock.now < deadline {
      guard let event = events.poll(timeoutMillis: 10), event.type == RD_KAFKA_EVENT_REBALANCE else { continue }
      unsafe _ = rd_kafka_assign(client.handle, nil)
    }
  }

  /// How many messages have been fetched and not yet polled.
  package var fetchedAhead: Int { queues.reduce(0) { $0 + $1.count } }

  /// Whether more may be fetched, by the number of messages that wait and the mean size of all that have come.
  private var hasRoomAhead: Bool {
    let waiting = fetchedAhead
    guard waiting > 0 else { return true }
    return waiting < Self.maxFetchedAhead
      && waiting * (gate.passedBytes / (polledCount + waiting)) < Self.maxFetchedBytes
  }

  /// Waits for what is read last alone: of the other it is known within `eventLatencyMillis`.
  private func take(
    _ maxMessages: Int, timeoutMillis: Int, _ reports: inout [ConsumerEvent], ahead: (borrowing Message) -> Void,
    _ body: (borrowing Message) -> Void
  ) -> Int {
    gate.allow(bytes: hasRoomAhead ? Self.maxBytesBetweenPolls : 0)
    var taken = 0
    for (index, queue) in queues.enumerated() where taken < maxMessages {
      let isLast = index == queues.count - 1
      taken += queue.take(
        maxMessages - taken, timeoutMillis: isLast && taken == 0 ? timeoutMillis : 0, &reports, ahead: ahead,
        body)
    }
    polledCount += taken
    return taken
  }

  private func takeEvents(timeoutMillis: Int) -> [ConsumerEvent] {
    var reports: [ConsumerEvent] = []
    while let event = events.poll(timeoutMillis: reports.isEmpty ? timeoutMillis : 0) {
      switch event.type {
      case RD_KAFKA_EVENT_REBALANCE: reports.append(rebalance(event))
      case RD_KAFKA_EVENT_ERROR: reports.append(.failed(event.error(from: client, during: .poll)))
      case RD_KAFKA_EVENT_FETCH: preconditionFailure("a message came past the queue of messages")
      default: continue
      }
    }
    return reports
  }

  private func rebalance(_ event: borrowing Event) -> ConsumerEvent {
    switch event.code {
    case RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS:
      phase = .mustAssign
      return .assigned(event.partitions)
    case RD_KAFKA_RESP_ERR__REVOKE_PARTITIONS:
      phase = .mustUnassign
      return .revoked(event.partitions, lost: unsafe rd_kafka_assignment_lost(client.handle) != 0)
    default:
      unsafe _ = rd_kafka_assign(client.handle, nil)  // librdkafka asks for it after any other outcome
      queues = []
      phase = .unassigned
      return .failed(event.error(from: client, during: .poll))
    }
  }

  private static let eventLatencyMillis = 20

  // Beyond them nothing more is fetched until some of it has been polled: enough to go on from after a commit.
  package static let maxFetchedAhead = 50_000
  package static let maxFetchedBytes = 64 << 20
  /// Whoever does not poll for long shall not find more than that.
  package static let maxBytesBetweenPolls = 32 << 20

  /// The queue's own limits are beyond what the gate lets pass: where they are reached librdkafka 2.0.2 stops fetching for a second
  /// (issue 2879).
  private static let defaults: [(key: String, value: String)] = [
    ("isolation.level", "read_committed"),
    ("enable.auto.commit", "false"),
    ("enable.auto.offset.store", "false"),
    ("auto.offset.reset", "error"),
    ("enable.partition.eof", "true"),
    ("partition.assignment.strategy", "range"),
    ("session.timeout.ms", "15000"),
    ("heartbeat.interval.ms", "1000"),  // a member learns of a rebalance by its heartbeat
    ("queued.min.messages", "1000000"),
    ("queued.max.messages.kbytes", "393216"),
    ("fetch.wait.max.ms", "20"),
    ("fetch.error.backoff.ms", "100"),
  ]
}
