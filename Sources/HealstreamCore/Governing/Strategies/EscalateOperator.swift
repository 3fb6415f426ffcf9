/// A person has to look: too much fails, a retry cannot mend it, or healing did not help.
struct EscalateOperator: HealStrategy {
  let kind = Strategy.escalateOperator
  let baseProbability = 0.90
  let letsOthersActBeside = true

  func reason(in situation: Situation) -> String? {
    let settings = situation.settings
    let incident = situation.incident
    let now = situation.now
    if incident.key.scope == .platform { return "the platform itself is at fault" }
    if situation.isBlastWide, !situation.isBlastEscalated { return "too much began to fail together" }
    let failures = situation.evidence.recentFailures
    if failures > settings.escalateFailures { return "\(failures) failures in 5 min" }
    if incident.permanentRatio > settings.escalatePermanentRatio {
      return "\(readablePercent(incident.permanentRatio)) of the failures are permanent"
    }
    let streak = situation.history.streak(of: incident.subject, at: now)
    if streak > settings.escalateStreak { return "\(streak) failed heals and deferrals in a row" }
    if let blocked = situation.history.blockedStrategy(for: incident.subject, at: now) {
      return "\(blocked.rawValue) failed too often"
    }
    return nil
  }

  func plan(for subject: HealSubject, in situation: Situation) -> HealPlan {
    var plan = HealPlan()
    plan.step = 1
    plan.priority = "high"
    plan.dedupKey = "healstream:" + situation.incident.id
    plan.notify = situation.policy.skipNotifications ? [] : situation.settings.notify
    plan.message = situation.incident.message
    return plan
  }

  /// A tenant's escalations may wait for a while after the incident's opening.
  func limits(of plan: HealPlan, for subject: HealSubject, in situation: Situation) -> GuardrailFinding {
    let delay = Int64(situation.policy.escalationDelayMinutes) * 60_000
    let elapsed = situation.now - situation.incident.openedAt
    return GuardrailFinding(
      elapsed >= delay, value: readableMinutes(elapsed), limit: readableMinutes(delay),
      else: "Escalation delayed (\(readableMinutes(elapsed)) < \(readableMinutes(delay)))")
  }
}
