import HealstreamCore
import SimulatedWorld

/// Does by hand what healing would do by itself: asks for the replays that are recommended, two minutes after an incident has
/// recovered, and again and again for an hour, because one replay takes 25 deliveries at most.
struct Operator {
  private var intentions: [(due: Timestamp, tenantID: String)] = []
  private var orderCount = 0

  private static let reactionMillis = 2 * minute
  /// A little more than the cooldown of an endpoint.
  private static let pauseMillis = 6 * minute
  private static let requests: Int64 = 10

  /// - Parameter incident: a record of `incidents`.
  mutating func note(_ incident: JSONValue, at: Timestamp) {
    guard incident["resolution"]?.string == "recovered", let tenantID = incident["tenant_id"]?.string else { return }
    for request in 0..<Self.requests {
      intentions.append((at + Self.reactionMillis + request * Self.pauseMillis, tenantID))
    }
  }

  /// Commands whose time has come, as values of records.
  mutating func orders(at now: Timestamp) -> [[UInt8]] {
    let due = intentions.filter { $0.due <= now }
    intentions.removeAll { $0.due <= now }
    return due.map { _, tenantID in
      orderCount += 1
      return Array(
        """
        {"command_id":"order-\(orderCount)","operator_id":"op","role":"operator","command":"replay-recommended",\
        "args":{"tenant_id":"\(tenantID)"},"issued_at":"\(now.rfc3339)"}
        """.utf8)
    }
  }
}
