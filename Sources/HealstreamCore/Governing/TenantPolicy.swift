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

  package static let replaysRange = 1...1000
  package static let escalationDelayMinutesRange = 0...10_080
  package static let healsPerHourRange = 0...1_000_000
  /// On the wire and in the configuration.
  package static let memberNames = [
    "max_replays", "escalation_delay_minutes", "skip_notifications", "allowed_strategies", "max_heals_per_hour",
  ]
}
