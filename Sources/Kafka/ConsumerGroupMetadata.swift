internal import CRdkafka

/// A member's identity in its group at one generation: what lets the broker refuse a stale member's offsets (KIP-447).
/// Take it anew after each rebalance.
@safe package final class ConsumerGroupMetadata {
  let handle: OpaquePointer

  init(adopting handle: OpaquePointer) {
    unsafe self.handle = handle
  }

  deinit { unsafe rd_kafka_consumer_group_metadata_destroy(handle) }
}
