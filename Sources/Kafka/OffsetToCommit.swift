/// One partition's progress, to be committed within a transaction.
package struct OffsetToCommit: Equatable, Sendable {
  package let partition: TopicPartition
  /// The next offset to read, 0 or more.
  package let offset: Int64
  /// Kept beside the offset and returned by `Consumer.committed`; brokers take 4,096 bytes by default.
  package let metadata: String

  package init(_ partition: TopicPartition, offset: Int64, metadata: String = "") {
    self.partition = partition
    self.offset = offset
    self.metadata = metadata
  }
}
