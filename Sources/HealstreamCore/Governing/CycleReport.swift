/// What was decided since the last cycle.
struct CycleReport: Equatable, Sendable {
  /// Actions issued, dry ones and further steps of replays included.
  var actionsTaken = 0
  /// Decisions that a guardrail stopped, each time; proposals included.
  var actionsSkipped = 0
  /// Deliveries sent again.
  var totalReplays = 0
  var totalEscalations = 0
  var totalDeferrals = 0

  var isEmpty: Bool { self == CycleReport() }

  mutating func count(_ action: HealAction, deliveries: Int) {
    actionsTaken += 1
    if !action.isDryRun { totalReplays += deliveries }
    switch action.strategy {
    case .escalateOperator: totalEscalations += 1
    case .deferAndMonitor: totalDeferrals += 1
    case .rateLimitSource, .replayRecent, .silenceDupes: break
    }
  }
}

extension CycleReport: StateValue {
  func write(to state: inout StateWriter) {
    state.write(actionsTaken, actionsSkipped, totalReplays, totalEscalations, totalDeferrals)
  }

  init(from state: inout StateReader) throws(StateError) {
    actionsTaken = try state.counter()
    actionsSkipped = try state.counter()
    totalReplays = try state.counter()
    totalEscalations = try state.counter()
    totalDeferrals = try state.counter()
  }
}
