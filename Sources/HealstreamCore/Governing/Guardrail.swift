/// What stands between a strategy and an action, in the order of precedence: all are evaluated, the first that does not pass
/// names the refusal. An approval is asked for only where nothing else stands in the way.
enum Guardrail: String, CaseIterable, Sendable {
  case killSwitch = "kill_switch"
  case freshEvidence = "fresh_evidence"
  case approval
  case confidence
  case maintenance
  case cooldown
  case businessHours = "business_hours"
  case strategyLimits = "strategy_limits"
  case tenantPolicy = "tenant_policy"
  case flapping
  case blastRadius = "blast_radius"
  case strategyBlocked = "strategy_blocked"
  case healsPerHour = "heals_per_hour"
  case healsAtOnce = "heals_at_once"
  case replayBudget = "replay_budget"
  case ledger
  case enforcement
  case dryRun = "dry_run"

  func check(_ context: DecisionContext) -> GuardrailFinding {
    switch self {
    case .killSwitch: context.checkKillSwitch()
    case .freshEvidence: context.checkFreshEvidence()
    case .approval: context.checkApproval()
    case .confidence: context.checkConfidence()
    case .maintenance: context.checkMaintenance()
    case .cooldown: context.checkCooldown()
    case .businessHours: context.checkBusinessHours()
    case .strategyLimits: context.checkStrategyLimits()
    case .tenantPolicy: context.checkTenantPolicy()
    case .flapping: context.checkFlapping()
    case .blastRadius: context.checkBlastRadius()
    case .strategyBlocked: context.checkStrategyBlocked()
    case .healsPerHour: context.checkHealsPerHour()
    case .healsAtOnce: context.checkHealsAtOnce()
    case .replayBudget: context.checkReplayBudget()
    case .ledger: context.checkLedger()
    case .enforcement: context.checkEnforcement()
    case .dryRun: context.checkDryRun()
    }
  }

  /// What all of them together come to.
  enum Conclusion: Equatable {
    case cleared(isDryRun: Bool)
    /// Only an approval is missing.
    case needsApproval(reason: String, isDryRun: Bool)
    case refused(Guardrail, reason: String)
  }

  static func judge(_ context: DecisionContext) -> (conclusion: Conclusion, trace: [GuardrailTrace]) {
    let findings = allCases.map { guardrail in (guardrail, guardrail.check(context)) }
    let trace = findings.map { guardrail, finding in
      GuardrailTrace(guardrail: guardrail, value: finding.value, limit: finding.limit, verdict: finding.verdict)
    }
    let failing = findings.filter { _, finding in finding.verdict == .refuse || finding.verdict == .approval }
    let isDryRun = findings.contains { _, finding in finding.verdict == .dryRun }
    guard let (guardrail, finding) = failing.first else { return (.cleared(isDryRun: isDryRun), trace) }
    guard failing.allSatisfy({ _, finding in finding.verdict == .approval }) else {
      return (.refused(guardrail, reason: finding.reason), trace)
    }
    return (.needsApproval(reason: finding.reason, isDryRun: isDryRun), trace)
  }
}
