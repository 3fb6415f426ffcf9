/// A field's name as it is found in a record: all of it is compared in two words, and there is no jump for each name, which could not be
/// foreseen where senders shuffle their members.
struct DeliveryFieldName {
  let field: DeliveryField
  let count: Int
  private let name: ShortName
  private let headMask: UInt64
  private let tailMask: UInt64

  @inline(__always)
  private init(_ field: DeliveryField, _ name: ShortName) {
    self.field = field
    self.name = name
    count = name.count
    headMask = ShortName.mask(bytes: min(name.count, 8))
    tailMask = ShortName.mask(bytes: max(name.count - 8, 0))
  }

  /// The one that sixteen bytes start with, whatever stands behind it there. `response_body` is not found, since another name begins as
  /// it does: that one is `DeliveryField`'s to know.
  @inline(__always)
  init?(startOf head: UInt64, _ tail: UInt64) {
    self = Self.only(at: Self.place(head))
    guard (head ^ name.head) & headMask | (tail ^ name.tail) & tailMask == 0 else { return nil }
  }

  /// By the first four bytes. No two names fall on one place: the factor was looked for until that was so.
  @inline(__always)
  private static func place(_ head: UInt64) -> UInt32 { (UInt32(truncatingIfNeeded: head) &* 0x40FF_CD85) &>> 28 }

  /// All constants, of which the compiler makes a table. On a place without a name any one will do: it is not what stands there.
  @inline(__always)
  private static func only(at place: UInt32) -> Self {
    switch place {
    case 0: Self(.endpoint, "endpoint")
    case 1: Self(.tenantID, "tenant_id")
    case 2: Self(.attempt, "attempt")
    case 3: Self(.status, "status")
    case 4: Self(.healActionID, "heal_action_id")
    case 5: Self(.occurredAt, "occurred_at")
    case 6: Self(.responseHeaders, "response_headers")
    case 10: Self(.httpStatus, "http_status")
    case 11: Self(.error, "error")
    case 12: Self(.eventType, "event_type")
    case 14: Self(.replayOf, "replay_of")
    case 15: Self(.latencyMillis, "latency_ms")
    default: Self(.deliveryID, "delivery_id")
    }
  }
}
