import HealstreamCore

/// A record of `heal-actions`, as far as an executor and those who watch it need it.
struct HealOrder: Equatable, Sendable {
  let event: String
  let actionID: String
  let strategy: String
  let tenantID: String
  let endpoint: String?
  /// Of this step.
  let deliveries: [String]
  /// Of a replay, from 1.
  let step: Int64?
  let factor: Double?
  let notBefore: Timestamp?
  let expiresAt: Timestamp?
  let isDryRun: Bool

  /// `nil`: the value is no heal action of a tenant.
  init?(_ value: JSONValue) {
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

  /// Whether it asks for something to be done now; a proposal does not, until it is approved.
  var isCall: Bool { ["issued", "canary", "approved"].contains(event) && !isDryRun }
  /// Whether what was done is to be undone.
  var isEnd: Bool { ["lifted", "cancelled", "expired"].contains(event) }
}
