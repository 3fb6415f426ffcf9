extension Governor {
  // MARK: Replays

  /// Sends the next step: takes it from what waits, into the ledger and the endpoint's budget.
  mutating func begin(_ run: ReplayRun, of action: inout HealAction, size: Int) {
    var run = run
    action.plan.deliveries = run.begin(step: size, judgedBy: now + settings.healing.verificationMillis)
    action.plan.step = run.step
    action.expiresAt = now + settings.healing.replayExpiryMillis
    action.replay = run
    history.note(replayed: action.plan.deliveries, to: action.subject, at: now)
    count { counters in counters.replays += size }
  }

  mutating func fold(_ outcome: ReplayOutcome, into outputs: inout Outputs) {
    guard var action = actions[outcome.actionID], var run = action.replay, action.subject.tenantID == outcome.tenantID,
      run.note(outcome.deliveryID, succeeded: outcome.succeeded)
    else { return count { counters in counters.unmatchedOutcomes += 1 } }
    action.replay = run
    actions.update(action)
    history.note(replayDelivered: outcome.succeeded, to: action.subject, at: now)
    advanceReplay(action, into: &outputs)
  }

  /// Goes on to the next step where the last one succeeded, and settles where nothing more is to be done.
  mutating func advanceReplay(_ action: HealAction, into outputs: inout Outputs) {
    guard var action = actions[action.id], var run = action.replay else { return }
    run.withdraw { history.wasReplayed($0, of: action.subject.tenantID) }
    action.replay = run
    actions.update(action)
    switch run.progress(at: now, successShare: settings.healing.replaySuccessShare) {
    case .underWay: break
    case .over: conclude(action, run, into: &outputs)
    case .readyForNext:
      if now >= run.deadline {  // it was not allowed to go on for too long
        conclude(action, run, into: &outputs)
      } else {
        tryNextStep(of: action, run, into: &outputs)
      }
    }
  }

  /// A replay of which nothing was left to do is no failed heal: it is over, and counts for nothing.
  private mutating func conclude(
    _ action: HealAction, _ run: ReplayRun, said: String? = nil, into outputs: inout Outputs
  ) {
    let share = settings.healing.replaySuccessShare
    let evidence = [run.evidence(successShare: share), said].compactMap(\.self).joined(separator: "; ")
    guard let outcome = run.outcome(successShare: share) else {
      var action = action
      action.evidence = evidence
      actions.remove(action)
      return publish(.cancelled, action, reason: evidence, into: &outputs)
    }
    settle(action, outcome, evidence: evidence, into: &outputs)
  }

  private mutating func tryNextStep(of action: HealAction, _ run: ReplayRun, into outputs: inout Outputs) {
    guard backlog == nil else { return }
    guard let incident = incident(of: action) else {
      return conclude(action, run, into: &outputs)
    }
    let context = context(
      StrategyTable[action.strategy], action.subject, situation(of: incident), continuing: action,
      by: action.asking.map { .asked($0) } ?? .automatic)
    guard let trace = traceOfGoingOn(action, context, into: &outputs) else { return }
    var action = action
    action.heldBy = nil
    action.probability = context.probability
    action.trace = trace
    let size = min(run.nextSize(settings.healing.replaySteps), context.replayHeadroom)
    begin(run, of: &action, size: size)
    actions.update(action)
    report.count(action, deliveries: size)
    publish(.issued, action, reason: "the step before was delivered", into: &outputs)
  }

  /// What the guardrails found where they let an action under way go on; else it waits, and that is said.
  mutating func traceOfGoingOn(
    _ action: HealAction, _ context: DecisionContext, into outputs: inout Outputs
  ) -> [GuardrailTrace]? {
    let (conclusion, trace) = Guardrail.judge(context)
    switch conclusion {
    case .cleared(isDryRun: false): return trace
    case .cleared(isDryRun: true): hold(action, context, by: .dryRun, reason: "Dry run is on", trace, into: &outputs)
    case .needsApproval(let reason, _): hold(action, context, by: .approval, reason: reason, trace, into: &outputs)
    case .refused(let guardrail, let reason):
      hold(action, context, by: guardrail, reason: reason, trace, into: &outputs)
    }
    return nil
  }

  /// The next step waits. A budget that is used up is no refusal: it fills again within a minute.
  private mutating func hold(
    _ action: HealAction, _ context: DecisionContext, by guardrail: Guardrail, reason: String,
    _ trace: [GuardrailTrace],
    into outputs: inout Outputs
  ) {
    guard guardrail != .replayBudget else { return }
    skip()
    guard action.heldBy != guardrail else { return }
    var action = action
    action.heldBy = guardrail
    actions.update(action)
    let refusal = Incident.Refusal(strategy: action.strategy, guardrail: guardrail)
    auditRefusal(context, refusal, reason: reason, trace, into: &outputs)
  }

  /// Nothing is replayed that was delivered meanwhile, neither by an action under way nor by a later one; and what went out and was
  /// delivered without showing as a replay was overtaken by the sender's own retry.
  mutating func withdraw(_ summary: FailureSummary, into outputs: inout Outputs) {
    guard !summary.delivered.isEmpty else { return }
    let delivered = Set(summary.delivered)  // looked up, never walked
    noteDelivered(delivered, of: summary.tenantID, into: &outputs)
    for incident in incidents.open(of: summary.tenantID) {
      incidents.update(incident.key) { incident in incident.withdraw(delivered) }
    }
    for action in actions.replays where action.subject.tenantID == summary.tenantID {
      var action = action
      action.replay?.noteOvertaken { delivered.contains($0) }
      withdraw(from: action) { delivered.contains($0) }
      advanceReplay(action, into: &outputs)
    }
  }

  /// Takes out what the sender has taken up again, and, where the statement names all of its candidates, what is not among them any
  /// more. What a command asked for may be older than any candidate.
  mutating func withdraw(by statement: LevelStatement, at streamTime: Timestamp) {
    let sender = settings.healing.sender
    let namesAll = statement.candidateCount == statement.candidates.count
    for action in actions.replays where action.incidentKey == statement.key {
      withdraw(from: action) { delivery in
        let candidate = statement.candidates.first { $0.deliveryID == delivery }
        return candidate.map { sender.isRetryPending($0, at: streamTime) } ?? (namesAll && action.asking == nil)
      }
    }
  }

  private mutating func withdraw(from action: HealAction, where isDone: (String) -> Bool) {
    var action = action
    action.replay?.withdraw(where: isDone)
    actions.update(action)
  }

  // MARK: What the executor says

  mutating func fold(_ outcome: ActionOutcome, into outputs: inout Outputs) {
    guard let action = actions[outcome.actionID], !action.isProposal, !action.isDryRun, action.outcome == nil else {
      return count { counters in counters.unmatchedOutcomes += 1 }
    }
    let said =
      "the executor says \(outcome.outcome.rawValue)"
      + (outcome.detail.isEmpty ? "" : ": " + String(outcome.detail.prefix(Self.maxDetail)))
    if let run = action.replay { return fold(outcome.outcome, of: action, run, said: said, into: &outputs) }
    switch (action.strategy, outcome.outcome) {
    case (.deferAndMonitor, _): break
    case (_, .done): settle(action, .effective, evidence: said, into: &outputs)
    case (_, .failed), (_, .refused): settle(action, .ineffective, evidence: said, isInForce: false, into: &outputs)
    case (_, .expired): settle(action, .inconclusive, evidence: said, isInForce: false, into: &outputs)
    }
  }

  /// Characters kept of what an executor says.
  private static let maxDetail = 300

  /// What an executor says of a replay's step is true of what of it has shown no outcome among the deliveries.
  private mutating func fold(
    _ outcome: ActionOutcome.Outcome, of action: HealAction, _ run: ReplayRun, said: String, into outputs: inout Outputs
  ) {
    var (action, run) = (action, run)
    switch outcome {
    case .done: return  // the deliveries tell
    case .refused: run.noteRest(.unsent)
    case .failed: run.noteRest(.failed)
    case .expired: break
    }
    action.replay = run
    conclude(action, run, said: said, into: &outputs)
  }

  /// Says how an action went. A replay is over with that, and so is a throttle or silence that never came into force.
  private mutating func settle(
    _ action: HealAction, _ outcome: HealAction.Outcome, evidence: String, isInForce: Bool = true,
    into outputs: inout Outputs
  ) {
    var action = action
    action.outcome = outcome
    action.evidence = evidence
    action.settlesBy = nil
    if action.strategy.isHeal {
      let subjects = [
        action.subject, HealSubject(tenantID: action.incidentKey.tenantID, endpoint: action.incidentKey.endpoint),
      ]
      history.note(outcome, of: action.strategy, for: subjects[0] == subjects[1] ? [subjects[0]] : subjects, at: now)
    }
    let stands = action.replay == nil && (isInForce || !action.strategy.isHeal)
    if stands { actions.update(action) } else { actions.remove(action) }
    publish(.settled, action, reason: "\(outcome.rawValue): \(evidence)", into: &outputs)
  }

  // MARK: Time and the incident's end

  mutating func endWhatIsDue(into outputs: inout Outputs) {
    for due in actions.due(at: now) {
      if let settlesBy = due.settlesBy, now >= settlesBy {
        let wait = readableMinutes(settings.healing.verificationMillis)
        settle(due, .inconclusive, evidence: "the executor said nothing for \(wait)", into: &outputs)
      }
      guard let action = actions[due.id] else { continue }
      if let remindsAt = action.remindsAt, now >= remindsAt { remind(action, into: &outputs) }
      if action.replay != nil {
        advanceReplay(action, into: &outputs)
      } else if let endsAt = action.endsAt, now >= endsAt {
        if action.watch == nil { end(action, isOver: true, into: &outputs) } else { score(action, into: &outputs) }
      }
    }
  }

  /// Ends what was done for an incident that has closed. A replay goes on where the incident recovered.
  mutating func endActions(of incident: Incident, into outputs: inout Outputs) {
    for var action in actions.standing(for: incident) {
      if action.isDryRun, action.strategy == .replayRecent {
        continue  // its deliveries are watched to the end
      } else if action.replay != nil {
        guard incident.resolution != .recovered else { continue }
        action.replay?.stop()
        actions.update(action)
      } else {
        end(action, isOver: false, into: &outputs)
      }
    }
  }

  /// - Parameter isOver: its own time is over; else its incident ended it.
  private mutating func end(_ action: HealAction, isOver: Bool, into outputs: inout Outputs) {
    actions.remove(action)
    if blastEscalation == action.id { blastEscalation = nil }  // another incident has to tell
    let event: HealAction.Event =
      action.isProposal || action.strategy == .deferAndMonitor || action.strategy == .replayRecent
      ? isOver ? .expired : .cancelled : .lifted
    publish(event, action, reason: isOver ? "its time is over" : "the incident is over", into: &outputs)
  }
}
