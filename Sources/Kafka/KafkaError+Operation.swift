extension KafkaError {
  /// The call that failed, and what it was about where that is known.
  package struct Operation: Equatable, Sendable {
    package enum Call: String, Sendable {
      case configure, subscribe, poll, assign, unassign, committed, watermarks, flush, produce, delivery, close
      case offsetForTime = "offset for time"
      case groupMetadata = "group metadata"
      case initTransactions = "init transactions"
      case beginTransaction = "begin transaction"
      case sendOffsets = "send offsets to transaction"
      case commitTransaction = "commit transaction"
      case abortTransaction = "abort transaction"
      case createTopics = "create topics"
      case describeTopics = "describe topics"
      case deleteTopics = "delete topics"
      case listTopics = "list topics"
    }

    package let call: Call
    package let topic: String?
    package let partition: Int32?

    package init(_ call: Call, topic: String? = nil, partition: Int32? = nil) {
      self.call = call
      self.topic = topic
      self.partition = partition
    }

    init(_ call: Call, _ partition: TopicPartition) {
      self.init(call, topic: partition.topic, partition: partition.partition)
    }
  }
}

extension KafkaError.Operation: CustomStringConvertible {
  /// `produce verdicts[3]`, `produce verdicts`, `commit transaction`.
  package var description: String {
    guard let topic else { return call.rawValue }
    return partition.map { "\(call.rawValue) \(topic)[\($0)]" } ?? "\(call.rawValue) \(topic)"
  }
}
