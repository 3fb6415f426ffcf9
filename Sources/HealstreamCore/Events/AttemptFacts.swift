/// What there is to count of one attempt for whoever watches a fold: names as hashes, so that taking it allocates nothing.
package struct AttemptFacts: Sendable, BitwiseCopyable {
  /// Event time as the fold held it.
  package let at: Timestamp
  package let status: DeliveryFields.Status
  /// Sent by a heal action.
  package let isReplay: Bool
  package let tenantHash: UInt64
  package let endpointHash: UInt64
  /// Of the delivery's id; of a replay, the original's.
  package let deliveryHash: UInt64

  /// - Parameter attempt: that has been folded.
  package init(_ attempt: borrowing Attempt) {
    at = attempt.at
    status = attempt.status
    isReplay = attempt.isReplay
    tenantHash = attempt.tenantHash
    endpointHash = attempt.endpointHash
    deliveryHash = attempt.deliveryHash
  }

  package static func hash(ofDelivery id: [UInt8]) -> UInt64 { KeyTable.hash(id.span) }
}
