package import HealstreamCore

/// A record of `heal-actions`, as far as an executor and those who watch it need it.
package struct HealOrder: Equatable, Sendable {
  package let event: String
  package let actionID: String
  package let strategy: String
  package let tenantID: String
  package let endpoint: String?
  /// Of this step.
  package let deliveries: [String]
  /// Of a replay, from 1.
  package let step: Int64?
  package let factor: Double?
  package let notBefore: Timestamp?
  package let expiresAt: Timestamp?
  package let isDryRun: Bool

  /// `nil`: the value is no heal action of a tenant.
  package init?(_ value: JSONValue) {
    guard let event = value["event"]?.string, let actionID = value["action_id"]?.string,
      let strategy = value["strategy"]?.string, let tenantID = value["tenant_id"]?.string
    else { return nil }
    self.event = event
    self.actionID = actionID
    self.strategy = strategy
    self.tenantID = tenantID
    endpoint = value["endpoint"]?.string
    let plan = value["plan"]
    deliveries = plan?["deliveries"]?.array?.compactMap(\.string) ?? []
    step = plan?["step"]?.integer
    factor = plan?["factor"]?.number
    notBefore = plan?["not_before"]?.timestamp
    expiresAt = value["expires_at"]?.timestamp
    isDryRun = value["dry_run"]?.bool ?? false
  }

  /// Whether it asks for something to be done now. An approval alone does not: what may be done after it is issued.
  package var isCall: Bool { ["issued", "canary"].contains(event) && !isDryRun }
  /// Whether what was done is to be undone.
  package var isEnd: Bool { ["lifted", "cancelled", "expired"].contains(event) }
}
