extension Governor {
  /// Chooses a strategy for an open incident, lets the guardrails judge it, and acts, proposes or refuses.
  mutating func decide(_ key: IncidentKey, into outputs: inout Outputs) {
    guard let incident = incidents[key], incident.status == .active, !settings.isPassive, backlog == nil
    else { return }
    let situation = situation(of: incident)
    let choice = StrategyTable.choose(in: situation) { strategy in
      if strategy == .escalateOperator { return situation.incident.isEscalated }
      return actions.standing(strategy, for: incident) != nil
        || switches.isDryRun && actions.standing(strategy, for: incident, isDryRun: true) != nil
    }
    guard let (strategy, reason) = choice else { return }
    let context = context(strategy, strategy.subject(in: situation), situation)
    let (conclusion, trace) = Guardrail.judge(context)
    switch conclusion {
    case .cleared(let isDryRun):
      issue(context, reason: reason, trace, isDryRun: isDryRun, into: &outputs)
    case .needsApproval(let why, let isDryRun):
      propose(context, reason: why, trace, isDryRun: isDryRun, into: &outputs)
    case .refused(let guardrail, let why):
      refuse(context, by: guardrail, reason: why, trace, into: &outputs)
    }
  }

  func situation(of incident: Incident) -> Situation {
    let ofTenant = incidents.open(of: incident.key.tenantID)
    let streamTime = streamTime(of: incident)
    let isDryRun = switches.isDryRun
    let isBlastEscalated = blastEscalation.flatMap { actions[$0] }.map { isDryRun || !$0.isDryRun } ?? false
    return Situation(
      incident: isDryRun ? incident.withDryRuns : incident, settings: settings.healing,
      policy: inForce.policy(of: incident.key.tenantID), now: now,
      streamTime: streamTime, heardUntil: heardUntil(of: incident), fleet: platform.fleet, history: history,
      isBlastWide: platform.isBlastWide, isBlastEscalated: isBlastEscalated,
      tenantFailures: ofTenant.reduce(0) { $0 + $1.evidence.recentFailures },
      hasTrafficSpike: ofTenant.contains { $0.evidence.conditions.contains(.trafficSpike) },
      isThrottled: actions.standing(.rateLimitSource, for: incident).map(\.isLiveHeal) ?? false,
      candidates: Situation.candidates(of: incident.evidence, streamTime: streamTime, now: now, settings.healing))
  }

  func context(
    _ strategy: any HealStrategy, _ subject: HealSubject, _ situation: Situation, continuing action: HealAction? = nil,
    plan fixed: HealPlan? = nil, by mandate: DecisionContext.Mandate = .automatic
  ) -> DecisionContext {
    var plan = action?.plan ?? fixed ?? strategy.plan(for: subject, in: situation)
    if let run = action?.replay { plan.deliveries = run.waiting }
    return DecisionContext(
      situation: situation, strategy: strategy, subject: subject, plan: plan,
      probability: probability(strategy, subject), isContinuation: action != nil,
      isProven: (action?.replay?.provenSteps ?? 0) > 0,
      stepSentAt: action?.replay.map { $0.deadline - settings.healing.verificationMillis }, mandate: mandate,
      settings: inForce,
      switches: switches, liveHeals: actions.liveHeals, isFresh: isFresh(situation.incident))
  }

  /// Of a replay: the mean of the base and of how the endpoint's replays went so far.
  private func probability(_ strategy: any HealStrategy, _ subject: HealSubject) -> Double {
    guard strategy.kind == .replayRecent else { return strategy.baseProbability }
    return (strategy.baseProbability + (history.record(of: subject, at: now)?.replaySuccessRate ?? 0.5)) / 2
  }

  private func heardUntil(of incident: Incident) -> Timestamp {
    max(
      incident.updatedAt,
      incident.source.flatMap { sources.heardUntil($0, evaluationMillis: settings.evaluationMillis) }
        ?? incident.updatedAt)
  }

  func streamTime(of incident: Incident) -> Timestamp {
    incident.source.flatMap { sources.streamTime(of: $0) } ?? sources.streamTime ?? incident.updatedAt
  }

  private func isFresh(_ incident: Incident) -> Bool {
    guard let source = incident.source else { return true }
    return sources.isFresh(source, at: now, maxAgeMillis: settings.maxEvidenceAgeMillis)
  }

  // MARK: Outcomes of a decision

  /// - Parameter proposal: what is carried out with this, under its id.
  @discardableResult
  mutating func issue(
    _ context: DecisionContext, approving proposal: HealAction? = nil, reason: String, _ trace: [GuardrailTrace],
    isDryRun: Bool, into outputs: inout Outputs
  ) -> HealAction {
    var action = action(context, approving: proposal, trace, isDryRun: isDryRun, isProposal: false)
    note(action, of: context)
    if let run = action.replay, !isDryRun {
      let size = min(run.nextSize(settings.healing.replaySteps), context.replayHeadroom)
      begin(run, of: &action, size: size)
    } else {
      action.replay = nil
    }
    if isDryRun, action.strategy == .replayRecent { action = watched(action) }
    if !isDryRun || action.asking == nil { actions.insert(action) }
    let event: HealAction.Event = action.replay == nil ? .issued : .canary
    report.count(action, deliveries: action.replay == nil ? 0 : action.plan.deliveries.count)
    count { counters in
      counters.actionsIssued += 1
      if action.strategy == .escalateOperator { counters.escalations += 1 }
    }
    publish(event, action, by: action.asking?.operatorID ?? ownID, reason: reason, into: &outputs)
    return action
  }

  private mutating func propose(
    _ context: DecisionContext, reason: String, _ trace: [GuardrailTrace], isDryRun: Bool, into outputs: inout Outputs
  ) {
    let action = action(context, trace, isDryRun: isDryRun, isProposal: true)
    incidents.update(context.incident.key) { incident in incident.name(action, settings.incidents) }
    actions.insert(action)
    skip()
    refusals?.add(.approval, reason: reason)
    publish(.proposed, action, reason: reason, into: &outputs)
  }

  private mutating func refuse(
    _ context: DecisionContext, by guardrail: Guardrail, reason: String, _ trace: [GuardrailTrace],
    into outputs: inout Outputs
  ) {
    skip()
    refusals?.add(guardrail, reason: reason)
    let refusal = Incident.Refusal(strategy: context.kind, guardrail: guardrail)
    guard incidents[context.incident.key]?.lastRefusal != refusal else { return }
    incidents.update(context.incident.key) { incident in incident.lastRefusal = refusal }
    auditRefusal(context, refusal, reason: reason, trace, into: &outputs)
  }

  mutating func skip() {
    report.actionsSkipped += 1
    count { counters in counters.actionsSkipped += 1 }
  }

  // MARK: The action

  private func action(
    _ context: DecisionContext, approving proposal: HealAction? = nil, _ trace: [GuardrailTrace], isDryRun: Bool,
    isProposal: Bool
  ) -> HealAction {
    let kind = context.kind
    let plan = context.plan
    let lifetime: Int64? =
      switch kind {
      case _ where isProposal: settings.healing.approvalExpiryMillis
      case .escalateOperator, .replayRecent: nil
      case .rateLimitSource: plan.durationMillis
      case .silenceDupes: plan.silenceMillis
      case .deferAndMonitor: plan.recheckMillis
      }
    let isReminded =
      kind == .escalateOperator && !isProposal && !isDryRun && settings.healing.escalationRepeatMillis > 0
    let isVerified = !isProposal && !isDryRun && (kind == .rateLimitSource || kind == .silenceDupes)
    let asking = context.asking
    let id =
      asking?.actionID(kind, for: context.subject)
      ?? HealAction.id(kind, of: context.incident, at: now, isRehearsal: isRehearsal)
    return HealAction(
      id: proposal?.id ?? id, strategy: kind, incidentID: asking == nil ? context.incident.id : "",
      incidentKey: context.incident.key, subject: context.subject, probability: context.probability, plan: plan,
      planHash: proposal?.planHash ?? plan.hash(of: kind), isDryRun: isDryRun, isProposal: isProposal, decidedAt: now,
      expiresAt: lifetime.map { now + $0 }, trace: trace,
      replay: kind == .replayRecent && !isProposal ? ReplayRun(deliveries: plan.deliveries, at: now) : nil,
      severity: asking == nil ? context.incident.severity : nil,
      remindsAt: isReminded ? now + settings.healing.escalationRepeatMillis : nil,
      endsAt: lifetime.map { now + $0 }, settlesBy: isVerified ? now + settings.healing.verificationMillis : nil,
      asking: asking)
  }

  /// Notes the conduct that later decisions depend on; a dry run counts against no cap.
  private mutating func note(_ action: HealAction, of context: DecisionContext) {
    let limits = settings.incidents
    incidents.update(context.incident.key) { incident in
      if !incident.actionIDs.contains(action.id) { incident.name(action, limits) }
      incident.lastRefusal = nil
      if action.isDryRun { incident.dryRuns.note(action.strategy) } else { incident.note(action.strategy) }
    }
    if action.strategy == .escalateOperator, platform.isBlastWide { blastEscalation = action.id }
    guard !action.isDryRun else { return }
    switch action.strategy {
    case .escalateOperator: break
    case .deferAndMonitor: history.note(deferralFor: context.incident.subject, at: now)
    case .rateLimitSource, .replayRecent, .silenceDupes: history.note(action.strategy, for: action.subject, at: now)
    }
    if action.isLiveHeal { history.count(healFor: action.subject.tenantID, at: now) }
  }
}

extension Incident {
  fileprivate mutating func note(_ strategy: Strategy) {
    switch strategy {
    case .escalateOperator: isEscalated = true
    case .deferAndMonitor: deferrals += 1
    case .silenceDupes: silences += 1
    case .rateLimitSource, .replayRecent: break
    }
  }

  fileprivate mutating func name(_ action: HealAction, _ settings: IncidentSettings) {
    actionCount += 1
    actionIDs.append(action.id)
    actionIDs.removeFirst(max(0, actionIDs.count - settings.maxActionsNamed))
  }
}
