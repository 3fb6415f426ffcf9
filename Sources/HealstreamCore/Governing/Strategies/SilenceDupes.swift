/// Nearly all errors are the same one: repeating it tells nobody anything.
struct SilenceDupes: HealStrategy {
  let kind = Strategy.silenceDupes
  let baseProbability = 0.75
  let letsOthersActBeside = true

  func reason(in situation: Situation) -> String? {
    let evidence = situation.evidence
    guard evidence.signatureShare > situation.settings.silenceSignatureShare,
      evidence.recentFailures >= situation.settings.silenceMinFailures
    else { return nil }
    return "\(readablePercent(evidence.signatureShare)) of the errors share one signature"
  }

  func exhaustion(in situation: Situation) -> String? {
    let count = situation.incident.silences
    return count < situation.settings.maxSilences ? nil : "the same error was silenced \(count) times"
  }

  func plan(for subject: HealSubject, in situation: Situation) -> HealPlan {
    var dedup = DerivedID.Builder("signature")
    dedup.add(subject.tenantID)
    dedup.add(subject.endpoint ?? "")
    dedup.add(Int64(bitPattern: situation.evidence.signature))
    var plan = HealPlan()
    plan.durationMillis = situation.settings.silenceDedupMillis
    plan.silenceMillis = situation.settings.silenceMillis
    plan.dedupKey = dedup.finish().hex
    return plan
  }

  func limits(of plan: HealPlan, for subject: HealSubject, in situation: Situation) -> GuardrailFinding {
    let (count, limit) = (situation.incident.silences, situation.settings.maxSilences)
    return GuardrailFinding(
      count < limit, value: "\(count)", limit: "\(limit)",
      else: "Silenced \(count) times, at most \(limit) per incident")
  }
}
