/// What there is to count of one attempt for whoever watches a fold: names as hashes, so that taking it allocates nothing.
package struct AttemptFacts: Sendable {
  /// Event time as the fold held it.
  package let at: Timestamp
  package let status: DeliveryFields.Status
  /// Sent by a heal action.
  package let isReplay: Bool
  package let tenantHash: UInt64
  package let endpointHash: UInt64
  /// Of the delivery's id; of a replay, the original's.
  package let deliveryHash: UInt64
  /// Of an attempt that failed or was dead-lettered.
  package let verdict: Verdict?

  /// - Parameter attempt: that was folded last, with the verdict on it.
  package init(_ attempt: borrowing Attempt, _ verdict: Verdict?) {
    at = attempt.at
    status = attempt.status
    isReplay = attempt.isReplay
    tenantHash = attempt.tenantHash
    endpointHash = attempt.endpointHash
    deliveryHash = attempt.deliveryHash
    self.verdict = verdict
  }

  package static func hash(ofDelivery id: [UInt8]) -> UInt64 { KeyTable.hash(id.span) }
}
