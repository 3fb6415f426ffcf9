struct Topic {
  static let maxPartitions = 10_000

  private(set) var partitions: [PartitionLog]
  let configuration: TopicConfiguration

  init(partitionCount: Int, configuration: TopicConfiguration = TopicConfiguration()) {
    partitions = Array(repeating: PartitionLog(), count: partitionCount)
    self.configuration = configuration
  }

  /// The log of a partition that a client has named.
  subscript(partition: Int32) -> PartitionLog? {
    _read { yield partitions.indices.contains(Int(partition)) ? partitions[Int(partition)] : nil }
  }

  /// Appends what a producer sent.
  /// - Returns: the offset of the first record, and the time stamped on the records, where the topic stamps one.
  mutating func append(
    _ records: ArraySlice<UInt8>, to partition: Int32, now: Int64, check: (RecordBatch) throws(ErrorCode) -> Void
  ) throws(ErrorCode) -> (offset: Int64, appendTime: Int64?) {
    guard partitions.indices.contains(Int(partition)) else { throw .unknownTopicOrPartition }
    let batch = try RecordBatch(produced: records, maxBytes: configuration.maxMessageBytes)
    try check(batch)
    let appendTime = configuration.usesAppendTime ? now : nil
    return (try partitions[Int(partition)].append(batch, appendTime: appendTime), appendTime)
  }

  mutating func endTransaction(
    _ outcome: TransactionOutcome, in partition: Int32, producerID: Int64, epoch: Int16, now: Int64
  ) {
    guard partitions.indices.contains(Int(partition)) else { return }
    partitions[Int(partition)].endTransaction(outcome, producerID: producerID, epoch: epoch, now: now)
  }

  /// - Throws: `.invalidPartitions`, as partitions can only become more.
  mutating func grow(to count: Int, dryRun: Bool) throws(ErrorCode) {
    guard count > partitions.count, count <= Self.maxPartitions else { throw .invalidPartitions }
    guard !dryRun else { return }
    partitions += Array(repeating: PartitionLog(), count: count - partitions.count)
  }

  /// At most 249 letters, digits, dots, underscores and hyphens.
  static func isValid(name: String) -> Bool {
    (1...249).contains(name.utf8.count) && name != "." && name != ".."
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"): true
        default: false
        }
      }
  }
}
