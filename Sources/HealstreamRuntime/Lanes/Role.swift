/// What a lane does: the folds of one consumer group.
package enum Role: String, CaseIterable, Sendable {
  /// deliveries → triage, dead letters, signals.
  case detect
  /// signals, action outcomes, commands → incidents, heal actions, control, audit.
  case govern
  /// signals → advice.
  case report

  /// Of the inputs those that are read before the others: what operators order does not wait behind a backlog.
  var readFirst: [Topic] { self == .govern ? [.commands] : [] }

  var inputs: [Topic] {
    switch self {
    case .detect: [.deliveries]
    case .govern: [.signals, .actionOutcomes, .commands]
    case .report: [.signals]
    }
  }
}
