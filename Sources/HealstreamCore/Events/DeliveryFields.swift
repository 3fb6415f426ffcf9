/// What a delivery's record says: numbers as they are, texts as places in the record's bytes, valid only together with them.
package struct DeliveryFields: Equatable, Sendable {
  package enum Status: UInt8, CaseIterable, Sendable, BitwiseCopyable {
    case pending, delivered, failed
    /// The end of the delivery; `failed` is the end of one attempt.
    case deadLetter

    package var name: StaticString {
      switch self {
      case .pending: "pending"
      case .delivered: "delivered"
      case .failed: "failed"
      case .deadLetter: "dead_letter"
      }
    }
  }

  /// 1 to 512 bytes unescaped, as `tenantID`.
  package var deliveryID = TextRange()
  package var tenantID = TextRange()
  /// As it was sent, 1 to 4096 bytes unescaped: it may hold secrets, see `EndpointURL`.
  package var endpoint = TextRange()
  package var status = Status.pending
  /// `nil`: the record's own timestamp counts.
  package var occurredAt: Timestamp?
  /// From 1.
  package var attempt: Int32 = 1
  package var eventType: TextRange?
  /// Finite, from 0.
  package var latencyMillis: Double?
  /// `nil`: there was no answer, or none was recorded.
  package var httpStatus: Int32?
  package var error: TextRange?
  /// The object from brace to brace.
  package var responseHeaders: TextRange?
  package var responseBody: TextRange?
  package var replayOf: TextRange?
  package var healActionID: TextRange?

  package init() {}
}

extension DeliveryFields.Status {
  init?(_ name: ShortName) {
    switch name {
    case "pending": self = .pending
    case "delivered": self = .delivered
    case "failed": self = .failed
    case "dead_letter": self = .deadLetter
    default: return nil
    }
  }
}
