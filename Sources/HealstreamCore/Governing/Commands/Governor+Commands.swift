extension Governor {
  /// Answers a command in the audit, and obeys it where nothing speaks against it.
  mutating func fold(_ command: Command, into outputs: inout Outputs) {
    switch judge(command) {
    case .obey(let order):
      switch obey(order, of: command) {
      case .accepted(let reason):
        commands.insert(command.id)
        count { counters in counters.commandsAccepted += 1 }
        answer(command, "accepted", reason: reason, into: &outputs)
        sayWhatGoverns(into: &outputs)
      case .rejected(let reason): reject(command, reason: reason, into: &outputs)
      }
    case .repeated:
      answer(command, "repeated", reason: "it was obeyed before", into: &outputs)
    case .reject(let reason): reject(command, reason: reason, into: &outputs)
    }
  }

  private mutating func reject(_ command: Command, reason: String, into outputs: inout Outputs) {
    count { counters in counters.commandsRejected += 1 }
    answer(command, "rejected", reason: reason, into: &outputs)
  }

  /// What has become of an order, for people.
  enum Answer {
    case accepted(String)
    case rejected(String)
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
    if order == .setAutoheal(isEnabled: true), killSwitch.cause == .loss, backlog != nil {
      return .reject(reason: "it was sent before the loss was known; send it again")
    }
    return .obey(order)
  }

  private mutating func obey(_ order: Order, of command: Command) -> Answer {
    switch order {
    case .setAutoheal(let isEnabled):
      killSwitch.turn(on: isEnabled, by: command.operatorID)
      return .accepted("healing is \(killSwitch.isHealingOn ? "on" : "off"): \(killSwitch.reason)")
    default:
      return .rejected("\(command.name) is not obeyed by this version")
    }
  }
}
