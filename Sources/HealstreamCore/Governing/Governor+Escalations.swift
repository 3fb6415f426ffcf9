extension Governor {
  /// Tells an operator again who has not answered; the guardrails judge that too.
  mutating func remind(_ action: HealAction, into outputs: inout Outputs) {
    var action = action
    let pause = settings.healing.escalationRepeatMillis
    action.remindsAt = now + pause
    actions.update(action)
    guard backlog == nil, !settings.isPassive, let incident = incidents[action.incidentKey],
      incident.id == action.incidentID, incident.status == .active, incident.evidence.level == .anomalous
    else { return }
    let context = context(
      StrategyTable[action.strategy], action.subject, situation(of: incident), continuing: action)
    guard let trace = traceOfGoingOn(action, context, into: &outputs) else { return }
    action.heldBy = nil
    action.plan.step = (action.plan.step ?? 1) + 1
    action.plan.message = incident.message
    action.trace = trace
    (action.outcome, action.evidence) = (nil, nil)
    actions.update(action)
    report.count(action, deliveries: 0)
    count { counters in counters.escalations += 1 }
    publish(.issued, action, reason: "nobody has acknowledged it for \(readableMinutes(pause))", into: &outputs)
  }
}
