/// The strategies in the order of priority: the first that fits is chosen.
enum StrategyTable {
  static let all: [any HealStrategy] = [
    EscalateOperator(), RateLimitSource(), ReplayRecent(), SilenceDupes(), DeferAndMonitor(),
  ]

  static subscript(kind: Strategy) -> any HealStrategy {
    guard let row = all.first(where: { $0.kind == kind }) else { preconditionFailure("every strategy has its row") }
    return row
  }

  /// The first row that fits and does not stand already; where it is exhausted, the escalation in its place, if there was none.
  ///
  /// - Parameter stands: whether an action of this kind is in force or under way for the incident.
  static func choose(
    in situation: Situation, stands: (Strategy) -> Bool
  ) -> (strategy: any HealStrategy, reason: String)? {
    var isAnythingDone = false
    for row in all {
      if stands(row.kind) {
        guard row.letsOthersActBeside else { return nil }
        isAnythingDone = true
        continue
      }
      guard !situation.isEasing || row.suitsRecovery else { continue }
      guard !(row.isLastResort && isAnythingDone), let reason = row.reason(in: situation) else { continue }
      guard let exhaustion = row.exhaustion(in: situation) else { return (row, reason) }
      if !stands(.escalateOperator) { return (EscalateOperator(), exhaustion) }
    }
    return nil
  }
}
