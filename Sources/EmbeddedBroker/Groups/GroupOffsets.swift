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

  mutating func commit(_ offset: CommittedOffset, for partition: TopicPartition) { committed[partition] = offset }

  mutating func hold(_ offset: CommittedOffset, for partition: TopicPartition, producerID: Int64) {
    pending[producerID, default: [:]][partition] = offset
  }

  mutating func endTransaction(_ outcome: TransactionOutcome, producerID: Int64) {
    let ended = pending.removeValue(forKey: producerID) ?? [:]
    if outcome == .committed { committed.merge(ended) { $1 } }
  }

  mutating func forget(topics: Set<String>) { committed = committed.filter { !topics.contains($0.key.topic) } }
}
