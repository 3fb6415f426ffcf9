/// Every number the governor judges by. The unit is in the name, the value is the default.
package struct GovernorSettings: Equatable, Sendable {
  // MARK: Switches

  /// The kill switch: `false` refuses every action, escalations included.
  package var autohealEnabled = true
  /// Everything is decided and said, nothing is acted on; caps and ledger stay untouched.
  package var isDryRun = false
  /// The share of incidents that healing may touch, 0–100; which ones follows from their ids.
  package var enforcementPercent = 100
  /// Detects and audits, but opens no incident and heals nothing.
  package var isPassive = false

  // MARK: Clocks

  /// Append time between two cycles.
  package var cycleMillis: Int64 = 30_000
  /// Stream time between two looks of the detectors at what time alone changes: so much later than it happened a change of an alarm
  /// is stated at the latest.
  package var evaluationMillis: Int64 = 30_000
  /// Evidence appended later than this after its event time is stale, and so is what a source said that fell silent for longer.
  package var maxEvidenceAgeMillis: Int64 = 60_000

  // MARK: Parts

  package var incidents = IncidentSettings()
  package var platform = PlatformSettings()
  package var healing = HealSettings()
  /// By tenant id.
  package var policies: [String: TenantPolicy] = [:]
  package var maintenance: [Maintenance] = []
  /// `nil`: heals at any hour.
  package var businessHours: BusinessHours?

  package init() {}

  func policy(of tenantID: String) -> TenantPolicy { policies[tenantID] ?? TenantPolicy() }
}
