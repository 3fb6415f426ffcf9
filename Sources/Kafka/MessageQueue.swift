internal import CRdkafka

/// What has been fetched under one assignment, and the buffer that it is taken into.
@safe final class MessageQueue {
  private let queue: Queue
  private let sources: [Queue]
  private let topics: [String]
  private var indexByHandle: [OpaquePointer: Int] = unsafe [:]
  private var lastTopic: OpaquePointer?
  private var lastTopicIndex = 0
  private var isLending = false
  private let buffer: UnsafeMutableBufferPointer<UnsafeMutablePointer<rd_kafka_message_t>?>

  /// To be made before the partitions are assigned, so that no message takes another way.
  init(_ partitions: [TopicPartition], topics: [String], of client: Client) throws(KafkaError) {
    var sources: [Queue] = []
    for partition in partitions { try sources.append(Queue.fetched(partition, of: client)) }
    self.sources = sources
    queue = Queue(of: client)
    self.topics = topics
    unsafe buffer = .allocate(capacity: Self.chunkCount)
    unsafe buffer.initialize(repeating: nil)
    forwardSources()
  }

  deinit { unsafe buffer.deallocate() }

  /// Messages that wait, ends of partitions and errors included.
  var count: Int { unsafe rd_kafka_queue_length(queue.handle) }

  /// Waits for one message, then takes what is there, and what comes in the meantime: librdkafka itself would wait until `maxMessages` are.
  /// - Parameters:
  ///   - maxMessages: from 1.
  ///   - ahead: gets each message before its turn, in chunks.
  /// - Returns: how many entries were taken, ends of partitions and errors included.
  func take(
    _ maxMessages: Int, timeoutMillis: Int, _ reports: inout [ConsumerEvent], ahead: (borrowing Message) -> Void,
    _ body: (borrowing Message) -> Void
  ) -> Int {
    precondition(!isLending, "a poll within a poll would free the messages that are lent")
    isLending = true
    defer { isLending = false }
    forwardSources()
    guard fill(from: 0, upTo: 1, timeoutMillis: timeoutMillis) == 1 else { return 0 }
    var count = 1
    var taken = 0
    while true {
      let end = min(Self.chunkCount, maxMessages - taken)
      count += fill(from: count, upTo: end, timeoutMillis: 0)
      lend(count, &reports, ahead: ahead, body)
      taken += count
      guard count == end, taken < maxMessages else { return taken }
      count = 0
    }
  }

  /// What is taken at a time: what librdkafka touches in handing it out is then still in the processor's cache where it is read.
  private static let chunkCount = 32

  /// Lends what has been taken to both, and gives it back.
  private func lend(
    _ count: Int, _ reports: inout [ConsumerEvent], ahead: (borrowing Message) -> Void,
    _ body: (borrowing Message) -> Void
  ) {
    for index in 0..<count { lend(index, to: ahead) }
    for index in 0..<count {
      if !lend(index, to: body), let message = unsafe buffer[index] { unsafe reports.append(report(message)) }
      unsafe rd_kafka_message_destroy(buffer[index])
    }
  }

  /// - Returns: `false` of an entry that is no message.
  @discardableResult
  private func lend(_ index: Int, to body: (borrowing Message) -> Void) -> Bool {
    guard let message = unsafe buffer[index], unsafe message.pointee.err == RD_KAFKA_RESP_ERR_NO_ERROR else {
      return false
    }
    if unsafe message.pointee.rkt != lastTopic {
      unsafe lastTopic = message.pointee.rkt
      lastTopicIndex = unsafe topicIndex(of: message.pointee.rkt)
    }
    unsafe body(Message(borrowing: message, topicIndex: lastTopicIndex))
    return true
  }

  /// librdkafka undoes a forwarding some time after a partition was unassigned, from a thread of its own; what is fetched under the next
  /// assignment would then wait in the partition's own queue. So it is set anew at each poll (a lock and a pointer each).
  private func forwardSources() {
    for source in sources { source.forward(to: queue) }
  }

  private func fill(from start: Int, upTo end: Int, timeoutMillis: Int) -> Int {
    unsafe max(
      0,
      rd_kafka_consume_batch_queue(queue.handle, Int32(timeoutMillis), buffer.baseAddress! + start, end - start))
  }

  private func report(_ message: UnsafeMutablePointer<rd_kafka_message_t>) -> ConsumerEvent {
    let topic = unsafe topics[topicIndex(of: message.pointee.rkt)]
    let partition = unsafe TopicPartition(topic: topic, partition: message.pointee.partition)
    if unsafe message.pointee.err == RD_KAFKA_RESP_ERR__PARTITION_EOF {
      return .endOfPartition(partition, nextOffset: unsafe message.pointee.offset)
    }
    let text = unsafe rd_kafka_message_errstr(message).map { unsafe String(cString: $0) }
    return .failed(KafkaError(unsafe message.pointee.err, text, during: .init(.poll, partition)))
  }

  /// A topic's handle is the same for every message of one assignment, so its name is looked at once.
  private func topicIndex(of handle: OpaquePointer?) -> Int {
    guard let handle = unsafe handle else { preconditionFailure("a message without a topic") }
    if let known = unsafe indexByHandle[handle] { return known }
    let name = unsafe String(cString: rd_kafka_topic_name(handle))
    guard let index = topics.firstIndex(of: name) else { preconditionFailure("a message of \(name), never assigned") }
    unsafe indexByHandle[handle] = index
    return index
  }
}
