/// What a command orders, its arguments read.
package enum Order: Equatable, Sendable {
  case acknowledge(incidentID: String, isKnownIssue: Bool)
  case resolve(incidentID: String)
  case approve(actionID: String, planHash: String)
  case reject(actionID: String, planHash: String)
  /// - tenantID: `nil`: whichever tenant they are of.
  case replay(tenantID: String?, deliveryIDs: [String])
  case replayRecommended(tenantID: String)
  case runCycle(isDryRun: Bool)
  case clearCooldown(HealSubject)
  /// Tenant and endpoint may be patterns.
  case setMaintenance(HealSubject, until: Timestamp)
  case endMaintenance(HealSubject)
  case silence(HealSubject, minutes: Int, reason: String)
  case unsilence(HealSubject)
  case setAutoheal(isEnabled: Bool)
  case setDryRun(isEnabled: Bool)
  case setEnforcement(percent: Int)
  /// - policy: `nil`: the configuration's again.
  case setTenantPolicy(tenantID: String, TenantPolicy?)

  /// Whether it only holds healing back: such a one never comes too late.
  package var onlyHoldsBack: Bool {
    switch self {
    case .setAutoheal(let isEnabled): !isEnabled
    case .setDryRun(let isEnabled): isEnabled
    case .reject, .setMaintenance: true
    default: false
    }
  }
}

extension Order {
  /// The arguments, as `CommandKind` reads them.
  package func write(to json: inout JSONWriter) {
    json.object { json in
      switch self {
      case .acknowledge(let incidentID, let isKnownIssue):
        json.member(CommandArgument.incidentID.name, incidentID)
        json.member(CommandArgument.knownIssue.name, isKnownIssue)
      case .resolve(let incidentID): json.member(CommandArgument.incidentID.name, incidentID)
      case .approve(let actionID, let planHash), .reject(let actionID, let planHash):
        json.member(CommandArgument.actionID.name, actionID)
        json.member(CommandArgument.planHash.name, planHash)
      case .replay(let tenantID, let deliveryIDs):
        json.array(CommandArgument.deliveryIDs.name) { json in for id in deliveryIDs { json.value(id) } }
        json.member(CommandArgument.tenantID.name, tenantID)
      case .replayRecommended(let tenantID): json.member(CommandArgument.tenantID.name, tenantID)
      case .runCycle(let isDryRun): json.member(CommandArgument.dryRun.name, isDryRun)
      case .clearCooldown(let subject), .endMaintenance(let subject), .unsilence(let subject): subject.write(to: &json)
      case .setMaintenance(let subject, let until):
        subject.write(to: &json)
        json.member(CommandArgument.until.name, until)
      case .silence(let subject, let minutes, let reason):
        subject.write(to: &json)
        json.member(CommandArgument.minutes.name, minutes)
        json.member(CommandArgument.reason.name, reason)
      case .setAutoheal(let isEnabled), .setDryRun(let isEnabled):
        json.member(CommandArgument.enabled.name, isEnabled)
      case .setEnforcement(let percent): json.member(CommandArgument.percent.name, percent)
      case .setTenantPolicy(let tenantID, let policy):
        json.member(CommandArgument.tenantID.name, tenantID)
        json.key(CommandArgument.policy.name)
        if let policy { policy.write(to: &json) } else { json.null() }
      }
    }
  }
}

extension HealSubject {
  fileprivate func write(to json: inout JSONWriter) {
    json.member(CommandArgument.tenantID.name, tenantID)
    json.member(CommandArgument.endpoint.name, endpoint)
  }
}
