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

  /// By length first, so that an unknown name is known as such after a comparison or two.
  @inline(__always)
  init?(_ name: ShortName) {
    switch name.count {
    case 5 where name == "error": self = .error
    case 6 where name == "status": self = .status
    case 7 where name == "attempt": self = .attempt
    case 8 where name == "endpoint": self = .endpoint
    case 9 where name == "tenant_id": self = .tenantID
    case 9 where name == "replay_of": self = .replayOf
    case 10 where name == "event_type": self = .eventType
    case 10 where name == "latency_ms": self = .latencyMillis
    case 11 where name == "delivery_id": self = .deliveryID
    case 11 where name == "occurred_at": self = .occurredAt
    case 11 where name == "http_status": self = .httpStatus
    case 13 where name == "response_body": self = .responseBody
    case 14 where name == "heal_action_id": self = .healActionID
    case 16 where name == "response_headers": self = .responseHeaders
    default: return nil
    }
  }

  var bit: UInt16 { 1 &<< UInt16(rawValue) }

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
