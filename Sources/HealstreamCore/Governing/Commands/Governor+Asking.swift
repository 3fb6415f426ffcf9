extension Governor {
  /// What an operator asks for is judged by every guardrail; that he asks is the approval.
  enum Verdict {
    case done(HealAction)
    case refused(String)
  }

  mutating func ask(
    for strategy: Strategy, of subject: HealSubject, by command: Command, since raisedAt: Timestamp,
    into outputs: inout Outputs, plan: (any HealStrategy, Situation) -> HealPlan
  ) -> Verdict {
    guard backlog == nil else { return .refused("a backlog is worked off, nothing is decided before its end") }
    guard actions.asked(strategy, for: subject) == nil else { return .refused("one that was asked for is under way") }
    let situation = situation(of: incident(about: subject, since: raisedAt))
    let row = StrategyTable[strategy]
    let context = context(
      row, subject, situation, plan: plan(row, situation),
      by: .asked(Asking(operatorID: command.operatorID, commandID: command.id)))
    let (conclusion, trace) = Guardrail.judge(context)
    guard case .cleared(let isDryRun) = conclusion else { return .refused(conclusion.reason) }
    return .done(
      issue(
        context, reason: "asked for by \(command.operatorID)", trace, isDryRun: isDryRun, into: &outputs))
  }

  /// The open one, or one that stands in for it: what an operator asks for needs none.
  func incident(about subject: HealSubject, since raisedAt: Timestamp) -> Incident {
    let key = IncidentKey(
      scope: subject.endpoint == nil ? .tenant : .endpoint, tenantID: subject.tenantID, endpoint: subject.endpoint)
    if let incident = incidents[key] { return incident }
    let statement = LevelStatement(
      scope: key.scope, tenantID: key.tenantID, endpoint: key.endpoint, level: .recovering, type: .failureStreak,
      raisedAt: raisedAt, lastEventAt: raisedAt)
    let arrival = Incident.Arrival(at: now, now: now, source: nil, isStale: false)
    return Incident(opening: statement, arrival, settings.incidents)
  }

  /// Whose later steps this one is for: the first has waited for the back-off.
  ///
  /// - Returns: `nil` where it is over and forgotten.
  func incident(of action: HealAction) -> Incident? {
    if action.asking != nil { return incident(about: action.subject, since: Timestamp.range.lowerBound) }
    guard let incident = incidents.known(action.incidentKey), incident.id == action.incidentID else { return nil }
    return incident
  }

  // MARK: Silences

  mutating func silence(
    _ subject: HealSubject, minutes: Int, reason: String, by command: Command, into outputs: inout Outputs
  ) -> Answer {
    let verdict = ask(for: .silenceDupes, of: subject, by: command, since: now, into: &outputs) { strategy, situation in
      var plan = strategy.plan(for: subject, in: situation)
      plan.silenceMillis = Int64(minutes) * 60_000
      plan.message = reason
      return plan
    }
    switch verdict {
    case .done(let action) where action.isDryRun: return .accepted("dry run is on, nothing is acted on")
    case .done(let action): return .accepted("\(subject.shown) is silenced before \(action.endsAt?.rfc3339 ?? "")")
    case .refused(let reason): return .rejected(reason)
    }
  }

  mutating func unsilence(_ subject: HealSubject, by operatorID: String, into outputs: inout Outputs) -> Answer {
    guard let action = actions.asked(.silenceDupes, for: subject) else {
      return .rejected("no command has silenced \(subject.shown)")
    }
    actions.remove(action)
    publish(.lifted, action, by: operatorID, reason: "lifted by \(operatorID)", into: &outputs)
    return .accepted("\(subject.shown) is no longer silenced")
  }
}
