package import HealstreamCore

/// One attempt's outcome in the simulated world.
package struct Delivery: Equatable, Sendable {
  package enum Status: String, Sendable {
    case delivered, failed
    /// The sender gives up.
    case deadLetter = "dead_letter"
  }

  package let deliveryID: String
  package let tenantID: String
  package let endpoint: String
  /// Among the world's endpoints.
  package let endpointIndex: Int
  package let attempt: Int
  package let at: Timestamp
  package let status: Status
  package let answer: Answer
  /// Set where a heal action caused the attempt.
  package let healActionID: String?

  /// The record's value.
  package var json: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("delivery_id", deliveryID)
      json.member("tenant_id", tenantID)
      json.member("endpoint", endpoint)
      json.member("event_type", "demo.event" as StaticString)
      json.member("status", status.rawValue)
      json.member("occurred_at", at)
      json.member("attempt", attempt)
      answer.write(to: &json)
      if let healActionID {
        json.member("replay_of", deliveryID)
        json.member("heal_action_id", healActionID)
      }
    }
    return json.bytes
  }
}
