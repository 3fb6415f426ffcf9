/// One row of the table of strategies: when it is chosen, what it carries, what limits it has of its own.
protocol HealStrategy: Sendable {
  var kind: Strategy { get }
  /// Chance of success before anything is known, 0–1.
  var baseProbability: Double { get }
  /// Whether the choice goes on to the next row while an action of this kind stands for the incident.
  var letsOthersActBeside: Bool { get }
  /// Chosen only where nothing else is in force or under way for the incident.
  var isLastResort: Bool { get }
  /// Whether it may begin while the condition does not hold: a replay then brings what was lost, all else would come too late.
  var suitsRecovery: Bool { get }
  /// Why it fits the situation; `nil`: it does not.
  func reason(in situation: Situation) -> String?
  /// Why an operator has to take over instead: it was tried as often as it may be.
  func exhaustion(in situation: Situation) -> String?
  /// Whom the action concerns.
  func subject(in situation: Situation) -> HealSubject
  func plan(for subject: HealSubject, in situation: Situation) -> HealPlan
  /// The strategy's own limits, as the guardrail of that name reports them.
  func limits(of plan: HealPlan, for subject: HealSubject, in situation: Situation) -> GuardrailFinding
}

extension HealStrategy {
  var isLastResort: Bool { false }
  var suitsRecovery: Bool { false }
  func exhaustion(in situation: Situation) -> String? { nil }
  func subject(in situation: Situation) -> HealSubject { situation.incident.subject }
}
