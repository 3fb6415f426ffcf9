/// What healing can do, in the order of priority.
package enum Strategy: String, CaseIterable, Sendable {
  case escalateOperator = "ESCALATE_OPERATOR"
  case rateLimitSource = "RATE_LIMIT_SOURCE"
  case replayRecent = "REPLAY_RECENT"
  case silenceDupes = "SILENCE_DUPES"
  case deferAndMonitor = "DEFER_AND_MONITOR"

  /// Whether it touches anything: only these count against caps, and only these are heals.
  var isHeal: Bool {
    switch self {
    case .rateLimitSource, .replayRecent, .silenceDupes: true
    case .escalateOperator, .deferAndMonitor: false
    }
  }
}
