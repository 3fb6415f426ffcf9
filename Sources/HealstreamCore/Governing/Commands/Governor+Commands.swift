extension Governor {
  /// Answers a command in the audit, and obeys it where nothing speaks against it.
  mutating func fold(_ command: Command, into outputs: inout Outputs) {
    switch judge(command) {
    case .obey(let order):
      commands.insert(command.id)
      count { counters in counters.commandsAccepted += 1 }
      answer(command, "accepted", reason: obey(order, of: command), into: &outputs)
      sayWhatGoverns(into: &outputs)
    case .repeated:
      answer(command, "repeated", reason: "it was obeyed before", into: &outputs)
    case .reject(let reason):
      count { counters in counters.commandsRejected += 1 }
      answer(command, "rejected", reason: reason, into: &outputs)
    }
  }

  private enum Judgement {
    case obey(Order)
    case repeated
    case reject(reason: String)
  }

  private func judge(_ command: Command) -> Judgement {
    let order: Order
    switch command.content {
    case .refused(let reason): return .reject(reason: reason)
    case .order(let read): order = read
    }
    if commands.contains(command.id) { return .repeated }
    if let expiresAt = command.expiresAt, now > expiresAt {
      return .reject(reason: "it expired at \(expiresAt.rfc3339) and was read at \(now.rfc3339)")
    }
    if order == .setAutoheal(enabled: true), killSwitch.cause == .loss, backlog != nil {
      return .reject(reason: "it was sent before the loss was known; send it again")
    }
    return .obey(order)
  }

  /// - Returns: what has become of it, for people.
  private mutating func obey(_ order: Order, of command: Command) -> String {
    switch order {
    case .setAutoheal(let enabled):
      killSwitch.turn(on: enabled, by: command.operatorID)
      return "healing is \(killSwitch.isHealingOn ? "on" : "off"): \(killSwitch.reason)"
    }
  }
}
