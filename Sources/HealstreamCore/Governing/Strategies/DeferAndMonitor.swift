/// Nothing clear to do: look again in a while.
struct DeferAndMonitor: HealStrategy {
  let kind = Strategy.deferAndMonitor
  let baseProbability = 0.60
  let letsOthersActBeside = false
  let isLastResort = true

  func reason(in situation: Situation) -> String? {
    let isHarmless = situation.evidence.conditions.contains(.trafficSpike) && situation.evidence.recentFailures == 0
    if isHarmless { return "traffic spikes without failures" }
    let pending = situation.pendingRetries
    return pending == 0 ? "no clear pattern" : "the sender will try \(pending) of the failed deliveries again by itself"
  }

  func exhaustion(in situation: Situation) -> String? {
    let count = situation.incident.deferrals
    return count < situation.settings.maxDeferrals ? nil : "deferred \(count) times"
  }

  func plan(for subject: HealSubject, in situation: Situation) -> HealPlan {
    let streak = situation.history.streak(of: situation.incident.subject, at: situation.now)
    var plan = HealPlan()
    plan.recheckMillis = situation.settings.deferMillis
    plan.priority = streak >= situation.settings.deferralsToWarn ? "warning" : "low"
    plan.message = situation.incident.message
    return plan
  }

  func limits(of plan: HealPlan, for subject: HealSubject, in situation: Situation) -> GuardrailFinding {
    let (count, limit) = (situation.incident.deferrals, situation.settings.maxDeferrals)
    return GuardrailFinding(
      count < limit, value: "\(count)", limit: "\(limit)",
      else: "Deferred \(count) times, at most \(limit) per incident")
  }
}
