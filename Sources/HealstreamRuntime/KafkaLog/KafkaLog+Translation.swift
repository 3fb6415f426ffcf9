import Kafka

extension TopicPartition {
  init(_ partition: Partition) { self.init(topic: partition.topic, partition: partition.index) }
}

extension Partition {
  init(_ partition: TopicPartition) { self.init(topic: partition.topic, index: partition.partition) }
}

extension Position {
  /// - Returns: nil where the group has committed nothing.
  init?(_ committed: CommittedOffset?) {
    guard let committed, let offset = committed.offset else { return nil }
    self.init(offset, metadata: committed.metadata)
  }
}

extension LogEvent {
  init(_ event: ConsumerEvent) {
    self =
      switch event {
      case .assigned(let partitions): .assigned(partitions.map { Partition($0) })
      case .revoked(_, let lost): .revoked(isLost: lost)
      case .endOfPartition(let partition, let next): .end(Partition(partition), next: next)
      case .failed(let error) where error.severity == .retriable: .warning("\(error)")
      case .failed(let error) where error.severity == .fenced: .failed(.fenced("\(error)"))
      case .failed(let error) where error.name == "_AUTO_OFFSET_RESET": .failed(.fatal("\(error); \(Self.lostInput)"))
      case .failed(let error): .failed(.fatal("\(error)"))
      }
  }

  private static let lostInput =
    "the committed offset is not in the log: its retention has passed, or the topic was made anew"
}

extension KafkaError {
  /// The group has rebalanced since the offsets were read (KIP-447).
  var isStaleGeneration: Bool {
    ["ILLEGAL_GENERATION", "UNKNOWN_MEMBER_ID", "FENCED_INSTANCE_ID", "REBALANCE_IN_PROGRESS"].contains {
      name == $0 || name == "_" + $0
    }
  }
}

/// Which slot of the assignment a message belongs to, without comparing names.
struct SlotTable {
  private var slots: [[Int?]] = []

  init() {}

  init(_ partitions: [Partition], topics: [String]) {
    slots = topics.map { topic in
      var row: [Int?] = []
      for (slot, partition) in partitions.enumerated() where partition.topic == topic {
        let missing = Int(partition.index) + 1 - row.count
        if missing > 0 { row += [Int?](repeating: nil, count: missing) }
        row[Int(partition.index)] = slot
      }
      return row
    }
  }

  subscript(topicIndex: Int, partition: Int32) -> Int? {
    guard slots.indices.contains(topicIndex), slots[topicIndex].indices.contains(Int(partition)) else { return nil }
    return slots[topicIndex][Int(partition)]
  }
}
