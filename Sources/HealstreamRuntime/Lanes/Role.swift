/// What a lane does: the folds of one consumer group.
package enum Role: String, CaseIterable, Sendable {
  /// deliveries → triage, dead letters, signals.
  case detect
  /// signals, action outcomes, commands → incidents, heal actions, control, audit.
  case govern
  /// signals → advice.
  case report

  var inputs: [Topic] {
    switch self {
    case .detect: [.deliveries]
    case .govern: [.signals, .actionOutcomes, .commands]
    case .report: [.signals]
    }
  }
}
