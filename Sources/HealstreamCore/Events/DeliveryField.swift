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

  init?(_ name: ShortName) {
    if name == "response_body" {
      self = .responseBody
    } else if let known = DeliveryFieldName(startOf: name.head, name.tail), known.count == name.count {
      self = known.field
    } else {
      return nil
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
