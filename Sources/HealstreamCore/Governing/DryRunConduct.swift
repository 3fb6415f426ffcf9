/// What dry runs did about an incident. Further dry runs go by it; nothing else does.
struct DryRunConduct: Equatable, Sendable {
  var deferrals = 0
  var silences = 0
  var isEscalated = false

  mutating func note(_ strategy: Strategy) {
    switch strategy {
    case .escalateOperator: isEscalated = true
    case .deferAndMonitor: deferrals += 1
    case .silenceDupes: silences += 1
    case .rateLimitSource, .replayRecent: break
    }
  }
}

extension Incident {
  /// As a dry run sees it.
  var withDryRuns: Incident {
    var incident = self
    incident.deferrals += dryRuns.deferrals
    incident.silences += dryRuns.silences
    incident.isEscalated = isEscalated || dryRuns.isEscalated
    return incident
  }
}

extension DryRunConduct: StateValue {
  func write(to state: inout StateWriter) { state.write(deferrals, silences, isEscalated) }

  init(from state: inout StateReader) throws(StateError) {
    deferrals = try state.counter()
    silences = try state.counter()
    isEscalated = try state.read()
  }
}
