extension Governor {
  /// What commands set is laid over the settings.
  mutating func bringIntoForce() {
    inForce = settings
    inForce.isDryRun = dryRun.value
    inForce.enforcementPercent = enforcement.value
    inForce.maintenance += maintenance.all.map(\.maintenance)
    for (tenantID, policy) in policies.all { inForce.policies[tenantID] = policy }
  }

  mutating func setAutoheal(_ isEnabled: Bool, by operatorID: String) -> Answer {
    if isEnabled, killSwitch.cause == .loss, backlog != nil {
      return .rejected("it was sent before the loss was known; send it again")
    }
    killSwitch.turn(on: isEnabled, by: operatorID)
    return .accepted("healing is \(killSwitch.isHealingOn ? "on" : "off"): \(killSwitch.reason)")
  }

  mutating func setDryRun(_ isEnabled: Bool) -> Answer {
    dryRun.set(isEnabled)
    bringIntoForce()
    return .accepted(
      isEnabled ? "dry run is on: everything is decided, nothing is acted on" : "dry run is off: decisions are acted on"
    )
  }

  mutating func setEnforcement(_ percent: Int) -> Answer {
    enforcement.set(percent)
    bringIntoForce()
    return .accepted("healing may touch \(percent) % of the incidents")
  }

  // MARK: Policies

  mutating func setPolicy(
    _ policy: TenantPolicy?, of tenantID: String, by operatorID: String, into outputs: inout Outputs
  ) -> Answer {
    if policy == nil, policies[tenantID] == nil { return .rejected("no command has set a policy of \(tenantID)") }
    guard policies.set(policy, of: tenantID) else {
      return .rejected(
        "the policies of \(PolicyBook.maxTenants) tenants are set by commands, there is no room for more")
    }
    bringIntoForce()
    let reason = policy == nil ? "the configuration's policy holds again" : "the policy holds over the configuration's"
    publishControl(
      .tenantPolicy, HealSubject(tenantID: tenantID, endpoint: nil), isInForce: policy != nil, by: operatorID,
      reason: reason, into: &outputs
    ) { json in
      json.key("policy")
      if let policy { policy.write(to: &json) } else { json.null() }
    }
    return .accepted(reason)
  }

  // MARK: Cooldowns

  mutating func clearCooldown(of subject: HealSubject) -> Answer {
    history.clearCooldowns(of: subject)
      ? .accepted("the next heal of \(subject.shown) need not wait")
      : .accepted("\(subject.shown) has no cooldown")
  }
}

extension HealSubject {
  /// For people.
  var shown: String { endpoint.map { "\($0) of \(tenantID)" } ?? tenantID }
}
