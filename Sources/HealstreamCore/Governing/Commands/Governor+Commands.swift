extension Governor {
  /// What has become of an order, for people.
  enum Answer: Equatable {
    case accepted(String, exceptions: [CommandException] = [])
    /// Nothing has changed.
    case rejected(String, exceptions: [CommandException] = [])
  }

  /// Obeys a command where nothing speaks against it, and answers it in the audit.
  mutating func fold(_ command: Command, at source: SignalSource, into outputs: inout Outputs) {
    killSwitch.reach(CommandPlace(source))
    if let order = admit(command, into: &outputs) {
      switch obey(order, of: command, into: &outputs) {
      case .accepted(let reason, let exceptions):
        commands.insert(command.id)
        count { counters in counters.commandsAccepted += 1 }
        answer(command, "accepted", reason: reason, exceptions, into: &outputs)
      case .rejected(let reason, let exceptions):
        reject(command, reason: reason, exceptions, into: &outputs)
      }
    }
    sayWhatGoverns(into: &outputs)
  }

  /// - Returns: what it orders; `nil` where it was answered and is not to be obeyed.
  private mutating func admit(_ command: Command, into outputs: inout Outputs) -> Order? {
    switch command.content {
    case .refused(let reason): reject(command, reason: reason, into: &outputs)
    case .order where commands.contains(command.id):
      answer(command, "repeated", reason: "it was obeyed before", into: &outputs)
    case .order(let order):
      guard let expiresAt = command.expiresAt, now > expiresAt else { return order }
      reject(command, reason: "it expired at \(expiresAt.rfc3339) and was read at \(now.rfc3339)", into: &outputs)
    }
    return nil
  }

  private mutating func reject(
    _ command: Command, reason: String, _ exceptions: [CommandException] = [], into outputs: inout Outputs
  ) {
    count { counters in counters.commandsRejected += 1 }
    answer(command, "rejected", reason: reason, exceptions, into: &outputs)
  }

  private mutating func obey(_ order: Order, of command: Command, into outputs: inout Outputs) -> Answer {
    let operatorID = command.operatorID
    switch order {
    case .acknowledge(let incidentID, let isKnownIssue):
      return acknowledge(incidentID, isKnownIssue: isKnownIssue, by: operatorID, into: &outputs)
    case .resolve(let incidentID): return resolve(incidentID, by: operatorID, into: &outputs)
    case .approve(let actionID, let planHash): return approve(actionID, planHash, by: operatorID, into: &outputs)
    case .reject(let actionID, let planHash): return reject(actionID, planHash, by: operatorID, into: &outputs)
    case .replay(let tenantID, let deliveryIDs): return replay(deliveryIDs, of: tenantID, by: command, into: &outputs)
    case .replayRecommended(let tenantID): return replayRecommended(tenantID, by: command, into: &outputs)
    case .runCycle(let isDryRun): return runCycle(isDryRun: isDryRun, into: &outputs)
    case .clearCooldown(let subject): return clearCooldown(of: subject)
    case .setMaintenance(let subject, let until):
      return setMaintenance(subject, until: until, by: operatorID, into: &outputs)
    case .endMaintenance(let subject): return endMaintenance(subject, by: operatorID, into: &outputs)
    case .silence(let subject, let minutes, let reason):
      return silence(subject, minutes: minutes, reason: reason, by: command, into: &outputs)
    case .unsilence(let subject): return unsilence(subject, by: operatorID, into: &outputs)
    case .setAutoheal(let isEnabled): return setAutoheal(isEnabled, by: operatorID)
    case .setDryRun(let isEnabled): return setDryRun(isEnabled)
    case .setEnforcement(let percent): return setEnforcement(percent)
    case .setTenantPolicy(let tenantID, let policy):
      return setPolicy(policy, of: tenantID, by: operatorID, into: &outputs)
    }
  }
}
