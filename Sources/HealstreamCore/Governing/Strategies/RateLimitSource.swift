/// One tenant floods, and makes most of the failures with it: its source is held to a share of its rate.
struct RateLimitSource: HealStrategy {
  let kind = Strategy.rateLimitSource
  let baseProbability = 0.75
  let letsOthersActBeside = true

  func reason(in situation: Situation) -> String? {
    let settings = situation.settings
    guard situation.hasTrafficSpike, situation.tenantFailures >= settings.rateLimitMinFailures,
      situation.tenantFailureShare > settings.rateLimitFailureShare
    else { return nil }
    return "\(readablePercent(situation.tenantFailureShare)) of all failures come from a tenant whose traffic spikes"
  }

  func subject(in situation: Situation) -> HealSubject {
    HealSubject(tenantID: situation.incident.key.tenantID, endpoint: nil)
  }

  func plan(for subject: HealSubject, in situation: Situation) -> HealPlan {
    var plan = HealPlan()
    plan.factor = situation.settings.rateLimitFactor
    plan.durationMillis = situation.settings.rateLimitMillis
    plan.message =
      "Hold tenant \(subject.tenantID) to \(readablePercent(situation.settings.rateLimitFactor)) of its rate"
    return plan
  }

  /// The share must lie between nothing and all; a long duration is for the approval to judge.
  func limits(of plan: HealPlan, for subject: HealSubject, in situation: Situation) -> GuardrailFinding {
    let factor = plan.factor ?? 0
    return GuardrailFinding(
      factor > 0 && factor < 1, value: readableRatio(factor), limit: "0–1",
      else: "a throttle to \(readableRatio(factor)) of the rate is none")
  }
}
