extension HealHistory.Cooldown: StateValue {
  func write(to state: inout StateWriter) { state.write(strategy, since, failures) }

  init(from state: inout StateReader) throws(StateError) {
    strategy = try state.read()
    since = try state.moment()
    failures = try state.counter()
  }
}

extension HealHistory.FailedHeal: StateValue {
  func write(to state: inout StateWriter) { state.write(strategy, at) }

  init(from state: inout StateReader) throws(StateError) {
    strategy = try state.read()
    at = try state.moment()
  }
}

extension HealHistory.Record.ReplayStep: StateValue {
  func write(to state: inout StateWriter) { state.write(at, count) }

  init(from state: inout StateReader) throws(StateError) {
    at = try state.moment()
    count = try state.integer(in: 0...Signal.maxCount)
  }
}

extension HealHistory.Record: StateValue {
  func write(to state: inout StateWriter) {
    state.write(replays, replaysDelivered, cooldowns, failedHeals, streak, failedReplays, replayFailedAt)
    state.write(replaySteps, usedAt)
  }

  init(from state: inout StateReader) throws(StateError) {
    replays = try state.counter()
    replaysDelivered = try state.counter()
    cooldowns = try state.read()
    failedHeals = try state.read()
    streak = try state.counter()
    failedReplays = try state.counter()
    replayFailedAt = try state.momentIfAny()
    replaySteps = try state.read()
    usedAt = try state.moment()
  }
}
