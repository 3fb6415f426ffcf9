/// What a poll reports beside messages.
package enum ConsumerEvent: Equatable, Sendable {
  /// The group gave these partitions, in order; possibly none. Answer with `Consumer.assign`: until then no message comes.
  case assigned([TopicPartition])
  /// The group takes all its partitions back (the protocol is eager); `lost`: another member may own them already, so
  /// nothing may be committed for them. Answer with `Consumer.unassign`: until then the rebalance waits, and no message comes.
  case revoked([TopicPartition], lost: Bool)
  /// All of the partition that was readable has been delivered. `nextOffset` is the position, which counts transaction
  /// markers too; messages that arrived since may follow the end of partition within the same poll.
  case endOfPartition(TopicPartition, nextOffset: Int64)
  /// Informative (`retriable`: the client goes on by itself) or the end of this client (`fatal`).
  case failed(KafkaError)
}
