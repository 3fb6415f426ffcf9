struct CommittedOffset: Equatable {
  let offset: Int64
  let metadata: String
}

/// The offsets of a group: those committed, and those that wait for their transaction to end.
struct GroupOffsets {
  private var committed: [TopicPartition: CommittedOffset] = [:]
  private var pending: [Int64: [TopicPartition: CommittedOffset]] = [:]  // by producer id

  /// - Throws: `.unstableOffsetCommit` when the answer must be `stable` and a transaction may still change it (KIP-447).
  func offset(_ partition: TopicPartition, stable: Bool) throws(ErrorCode) -> CommittedOffset? {
    guard !stable || !pending.values.contains(where: { $0[partition] != nil }) else { throw .unstableOffsetCommit }
    return committed[partition]
  }

  /// Commits the offset; one of a producer's transaction, when that ends.
  mutating func set(_ offset: CommittedOffset, for partition: TopicPartition, producerID: Int64?) {
    if let producerID {
      pending[producerID, default: [:]][partition] = offset
    } else {
      committed[partition] = offset
    }
  }

  /// The committed ones first, under no producer.
  var all: [(producerID: Int64?, [TopicPartition: CommittedOffset])] {
    [(nil, committed)] + pending.map { ($0, $1) }
  }

  mutating func endTransaction(_ outcome: TransactionOutcome, producerID: Int64) {
    let ended = pending.removeValue(forKey: producerID) ?? [:]
    if outcome == .committed { committed.merge(ended) { $1 } }
  }

  mutating func forget(topic: String) { committed = committed.filter { $0.key.topic != topic } }
}
