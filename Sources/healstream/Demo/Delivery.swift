import HealstreamCore

/// One attempt's outcome in the simulated world.
struct Delivery: Equatable, Sendable {
  enum Status: String, Sendable {
    case delivered, failed
    /// The sender gives up.
    case deadLetter = "dead_letter"
  }

  let deliveryID: String
  let tenantID: String
  let endpoint: String
  let attempt: Int
  let at: Timestamp
  let status: Status
  let answer: Answer
  /// Set where a heal action caused the attempt.
  let healActionID: String?

  /// The record's value.
  var json: [UInt8] {
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
