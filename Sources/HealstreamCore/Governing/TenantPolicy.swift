/// What healing may do for one tenant, where that differs from the rest.
package struct TenantPolicy: Equatable, Sendable {
  /// Replaces the cap on replays, and with it the most candidates for which a replay is chosen.
  package var maxReplays: Int?
  /// An escalation waits so long after the incident was opened.
  package var escalationDelayMinutes = 0
  /// Escalations name nobody to notify.
  package var skipNotifications = false
  /// `nil`: all.
  package var allowedStrategies: [Strategy]?
  /// Replays, throttles and silences begun within an hour for this tenant; `nil`: only the platform's cap.
  package var maxHealsPerHour: Int?

  package init() {}
}
