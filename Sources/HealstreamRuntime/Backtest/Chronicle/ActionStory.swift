package import HealstreamCore

/// What became of one heal action over a run, put together from its records.
package struct ActionStory: Equatable, Sendable {
  package let id: String
  package let strategy: String
  package let incidentID: String
  package let tenantID: String?
  package let endpoint: String?
  package let probability: Double
  package let isDryRun: Bool
  package let decidedAt: Timestamp
  /// Waited for an approval, which nobody gives in a backtest.
  package let isProposal: Bool
  /// The record that it came to last: `proposed`, `canary`, `issued`, `settled`, `expired`, `lifted`, `cancelled`.
  package private(set) var state: String
  package private(set) var outcome: String?
  /// Deliveries that it asked for, or would have.
  package private(set) var deliveries = 0
  /// As they came back in the recording.
  package private(set) var replayed: Int64 = 0
  package private(set) var succeeded: Int64 = 0

  /// - Parameter record: of topic `heal-actions`. `nil` where it lacks what every action has.
  init?(_ record: JSONValue) {
    guard let id = record["action_id"]?.string, let strategy = record["strategy"]?.string,
      let incidentID = record["incident_id"]?.string, let decidedAt = record["decided_at"]?.timestamp,
      let event = record["event"]?.string
    else { return nil }
    self.id = id
    self.strategy = strategy
    self.incidentID = incidentID
    self.decidedAt = decidedAt
    tenantID = record["tenant_id"]?.string
    endpoint = record["endpoint"]?.string
    probability = record["probability"]?.number ?? 0
    isDryRun = record["dry_run"]?.bool ?? false
    isProposal = event == "proposed"
    state = event
    note(record)
  }

  /// Goes on with the next record of the same action.
  mutating func note(_ record: JSONValue) {
    state = record["event"]?.string ?? state
    outcome = record["outcome"]?.string ?? outcome
    replayed = record["replayed"]?.integer ?? replayed
    succeeded = record["succeeded"]?.integer ?? succeeded
    deliveries += Self.requested(by: record).count
    if isDryRun { deliveries = max(deliveries, Int(record["would_replay"]?.integer ?? 0)) }
  }

  /// The deliveries that a record asks to send again; later ones of the same action only repeat them.
  static func requested(by record: JSONValue) -> [String] {
    guard let event = record["event"]?.string, ["canary", "issued", "proposed"].contains(event) else { return [] }
    return record["plan"]?["deliveries"]?.array?.compactMap(\.string) ?? []
  }

  package var subject: IncidentStory.Subject {
    .init(
      scope: endpoint != nil ? "endpoint" : tenantID != nil ? "tenant" : "platform", tenantID: tenantID,
      endpoint: endpoint)
  }
}
