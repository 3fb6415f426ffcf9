import Foundation

/// What a delivery's reader takes of a record, as Foundation's decoder makes it.
struct DecodedDelivery: Decodable {
  let deliveryID: String
  let tenantID: String
  let endpoint: String
  let status: String
  let attempt: Int32?
  let eventType: String?
  let latencyMillis: Double?
  let httpStatus: Int32?
  let error: String?
  let occurredAt: String?
  let responseBody: String?

  private enum CodingKeys: String, CodingKey {
    case deliveryID = "delivery_id"
    case tenantID = "tenant_id"
    case endpoint, status, attempt, error
    case eventType = "event_type"
    case latencyMillis = "latency_ms"
    case httpStatus = "http_status"
    case occurredAt = "occurred_at"
    case responseBody = "response_body"
  }
}
