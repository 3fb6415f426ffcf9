/// One record of an input topic, its bytes borrowed from whoever polled it.
package struct InputRecord: ~Escapable {
  package let partition: Int32
  package let offset: Int64
  /// The record's Kafka timestamp: CreateTime, or LogAppendTime where the topic says so; negative where it has none.
  package let timestamp: Timestamp
  package let key: Span<UInt8>?
  /// `nil` is a tombstone.
  package let value: Span<UInt8>?

  @_lifetime(copy key, copy value)
  package init(partition: Int32, offset: Int64, timestamp: Timestamp, key: Span<UInt8>?, value: Span<UInt8>?) {
    self.partition = partition
    self.offset = offset
    self.timestamp = timestamp
    self.key = key
    self.value = value
  }
}

/// How an input record ended. Every record has exactly one outcome: nothing vanishes.
package enum Outcome: Equatable, Sendable {
  case folded
  /// Folded, and it orders an end to healing, which cannot wait until what was given out for it has its turn.
  case halting
  case rejected(Rejection)
}
