extension Governor {
  /// All guardrails judge the proposal again, as things stand now; only the approval is given.
  mutating func approve(
    _ actionID: String, _ planHash: String, by operatorID: String, into outputs: inout Outputs
  ) -> Answer {
    guard backlog == nil else { return .rejected("a backlog is worked off, nothing is decided before its end") }
    let proposal: HealAction
    switch find(actionID, planHash) {
    case .success(let found): proposal = found
    case .failure(let miss): return .rejected(miss.reason)
    }
    guard let incident = incidents[proposal.incidentKey], incident.id == proposal.incidentID else {
      return .rejected("its incident is over")
    }
    guard incident.status != .stale else {
      return .rejected("its incident is stale: nothing has been heard of it for long")
    }
    let situation = situation(of: incident)
    var plan = proposal.plan
    plan.deliveries = stillToReplay(of: proposal, in: situation)
    let context = context(
      StrategyTable[proposal.strategy], proposal.subject, situation, plan: plan, by: .approved(by: operatorID))
    let (conclusion, trace) = Guardrail.judge(context)
    guard case .cleared(let isDryRun) = conclusion else { return .rejected(conclusion.reason) }
    actions.remove(proposal)
    let reason = "approved by \(operatorID)"
    publish(.approved, proposal, by: operatorID, reason: reason, into: &outputs)
    issue(context, approving: proposal, reason: reason, trace, isDryRun: isDryRun, into: &outputs)
    return .accepted(isDryRun ? "\(reason); dry run is on, nothing is acted on" : reason)
  }

  mutating func reject(
    _ actionID: String, _ planHash: String, by operatorID: String, into outputs: inout Outputs
  ) -> Answer {
    let proposal: HealAction
    switch find(actionID, planHash) {
    case .success(let found): proposal = found
    case .failure(let miss): return .rejected(miss.reason)
    }
    actions.remove(proposal)
    incidents.update(proposal.incidentKey) { incident in incident.reject(proposal.strategy, by: operatorID) }
    publish(.cancelled, proposal, by: operatorID, reason: "rejected by \(operatorID)", into: &outputs)
    return .accepted("\(proposal.strategy.rawValue) is not proposed again for this incident")
  }

  private struct Miss: Error { let reason: String }

  private func find(_ actionID: String, _ planHash: String) -> Result<HealAction, Miss> {
    guard let action = actions[actionID] else {
      return .failure(
        Miss(reason: "there is no such proposal: its incident is over, it has expired, was rejected, or never was"))
    }
    guard action.isProposal else { return .failure(Miss(reason: "it is no proposal, but under way")) }
    guard action.planHash == planHash else { return .failure(Miss(reason: "its plan is another: \(action.planHash)")) }
    return .success(action)
  }

  /// Without what was delivered or replayed since the proposal. How old the failures may be was judged then.
  private func stillToReplay(of proposal: HealAction, in situation: Situation) -> [String] {
    let evidence = situation.evidence
    let isComplete = evidence.candidateCount == evidence.candidates.count
    let failing = Set(evidence.candidates.map(\.deliveryID))  // looked up, never walked
    return proposal.plan.deliveries.filter { delivery in
      !history.wasReplayed(delivery, of: proposal.subject.tenantID) && (!isComplete || failing.contains(delivery))
    }
  }
}

extension Guardrail.Conclusion {
  /// Why nothing may be done; empty where it may.
  var reason: String {
    switch self {
    case .cleared: ""
    case .needsApproval(let reason, _): reason
    case .refused(let guardrail, let reason): "\(guardrail.rawValue): \(reason)"
    }
  }
}
