/// A few deliveries failed for a passing reason: they are sent again, one first.
struct ReplayRecent: HealStrategy {
  let kind = Strategy.replayRecent
  let baseProbability = 0.75
  let letsOthersActBeside = false
  let suitsRecovery = true

  func reason(in situation: Situation) -> String? {
    let ratio = situation.evidence.triage.ratio(of: .transientEndpointDown)
    let count = situation.candidateCount
    guard ratio > situation.settings.replayTransientRatio, count <= situation.maxReplays, !situation.candidates.isEmpty
    else { return nil }
    return "\(readablePercent(ratio)) of the failures are transient, \(count) can be replayed"
  }

  /// The endpoint whose candidate is oldest; of a tenant's, first one that is not cooling down.
  func subject(in situation: Situation) -> HealSubject {
    let tenantID = situation.incident.key.tenantID
    let subjects = situation.candidates.map { HealSubject(tenantID: tenantID, endpoint: $0.endpoint) }
    let idle = subjects.first { subject in
      let cooldown = situation.history.cooldown(of: kind, for: subject, at: situation.now)
      return cooldown.map { $0.elapsedMillis >= $0.lengthMillis } ?? true
    }
    return idle ?? subjects.first ?? situation.incident.subject
  }

  /// Oldest first, none that was replayed before; empty where all were.
  func plan(for subject: HealSubject, in situation: Situation) -> HealPlan {
    var plan = HealPlan()
    plan.step = 1
    let chosen = situation.candidates.lazy
      .filter { $0.endpoint == subject.endpoint }
      .filter { !situation.history.wasReplayed($0.deliveryID, of: subject.tenantID) }
      .prefix(situation.maxReplays)
    plan.deliveries = chosen.map(\.deliveryID)
    plan.notBefore = chosen.compactMap(\.notBefore).max()
    return plan
  }

  /// The first step needs that the last live delivery succeeded, after the incident was raised and after the last replay that
  /// failed: one success among failures is a brownout's, or a flapping endpoint's of the time before.
  ///
  /// Live deliveries that fail are answer enough. Only where none comes any more, as far as the evidence tells, a replay asks in
  /// their place: after a back-off of 60 s, doubled with each failed replay in a row, and three of the endpoint's usual gaps.
  func limits(of plan: HealPlan, for subject: HealSubject, in situation: Situation) -> GuardrailFinding {
    guard plan.deliveries.count <= situation.maxReplays else {
      return GuardrailFinding(
        false, value: "\(plan.deliveries.count)", limit: "\(situation.maxReplays)",
        else: "\(plan.deliveries.count) deliveries, at most \(situation.maxReplays) are replayed")
    }
    let raisedAt = situation.evidence.raisedAt
    let failedAt = situation.history.record(of: subject, at: situation.now)?.replayFailedAt ?? raisedAt
    let lastEventAt = situation.evidence.lastEventAt
    let hasRecovered =
      situation.evidence.lastSuccessAt.map { $0 > max(raisedAt, failedAt) && $0 >= lastEventAt } ?? false
    let lastHeard = max(raisedAt, failedAt, lastEventAt)
    let rest = backOffMillis(for: subject, in: situation) - (situation.heardUntil - lastHeard)
    return GuardrailFinding(
      hasRecovered || rest <= 0,
      value: hasRecovered ? "live success" : "\(readableMinutes(max(0, rest))) of back-off left",
      limit: "live success or 0m",
      else: "No live delivery has succeeded again, back-off ends in \(readableMinutes(rest))")
  }

  private func backOffMillis(for subject: HealSubject, in situation: Situation) -> Int64 {
    let rate = situation.evidence.liveRatePerMinute
    let gapMillis = rate > 0 ? Int64(min(60_000 / rate, Double(situation.settings.maxReplayBackOffMillis))) : 0
    return max(situation.history.replayBackOffMillis(for: subject, at: situation.now), 3 * gapMillis)
  }
}
