/// The fields of a delivery that are read.
package enum DeliveryField: UInt8, CaseIterable, Sendable {
  case deliveryID, tenantID, endpoint, status, occurredAt, attempt, eventType, latencyMillis, httpStatus, error
  case responseHeaders, responseBody, replayOf, healActionID

  /// As it stands in the record.
  package var name: StaticString {
    switch self {
    case .deliveryID: "delivery_id"
    case .tenantID: "tenant_id"
    case .endpoint: "endpoint"
    case .status: "status"
    case .occurredAt: "occurred_at"
    case .attempt: "attempt"
    case .eventType: "event_type"
    case .latencyMillis: "latency_ms"
    case .httpStatus: "http_status"
    case .error: "error"
    case .responseHeaders: "response_headers"
    case .responseBody: "response_body"
    case .replayOf: "replay_of"
    case .healActionID: "heal_action_id"
    }
  }

  /// By a table: a jump for each name could not be foreseen where senders shuffle their members.
  @inline(__always)
  init?(_ name: ShortName) {
    let (known, field) = Self.known(at: Self.place(of: name))
    guard known == name, let field else { return nil }
    self = field
  }

  /// No two names fall on one place: the factor was looked for until that was so.
  @inline(__always)
  private static func place(of name: ShortName) -> UInt64 {
    ((name.head ^ name.tail) &* 0xB6A8_F921_F743_5BF5) &>> 60
  }

  /// All constants, of which the compiler makes a table.
  @inline(__always)
  private static func known(at place: UInt64) -> (ShortName, DeliveryField?) {
    switch place {
    case 0: ("delivery_id", .deliveryID)
    case 1: ("error", .error)
    case 2: ("replay_of", .replayOf)
    case 3: ("endpoint", .endpoint)
    case 4: ("response_headers", .responseHeaders)
    case 6: ("tenant_id", .tenantID)
    case 7: ("attempt", .attempt)
    case 8: ("latency_ms", .latencyMillis)
    case 9: ("occurred_at", .occurredAt)
    case 10: ("status", .status)
    case 11: ("heal_action_id", .healActionID)
    case 12: ("response_body", .responseBody)
    case 13: ("http_status", .httpStatus)
    case 14: ("event_type", .eventType)
    default: ("", nil)
    }
  }

  /// What a record must have.
  static let required: [DeliveryField] = [.deliveryID, .tenantID, .endpoint, .status]

  /// What is accepted, for the sentence that refuses another thing.
  var expected: String {
    switch self {
    case .deliveryID, .tenantID: "a non-empty string of at most \(DeliveryReader.maxIDBytes) bytes"
    case .endpoint: "a non-empty string of at most \(DeliveryReader.maxEndpointBytes) bytes"
    case .status: "one of pending, delivered, failed, dead_letter"
    case .occurredAt: "an RFC 3339 date-time or integer milliseconds since 1970, within the years 0000 to 9999"
    case .attempt: "an integer from 1 to 2147483647, or null"
    case .latencyMillis: "a number from 0, or null"
    case .httpStatus: "an integer of 32 bits, or null"
    case .responseHeaders: "an object or null"
    case .eventType, .error, .responseBody, .replayOf, .healActionID: "a string or null"
    }
  }
}
