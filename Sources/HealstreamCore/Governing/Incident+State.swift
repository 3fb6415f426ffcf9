extension Strategy: StateValue {}
extension Guardrail: StateValue {}
extension Incident.Severity: StateValue {}
extension Incident.Status: StateValue {}
extension Incident.Resolution: StateValue {}

extension IncidentKey: StateValue {
  package func write(to state: inout StateWriter) { state.write(scope, tenantID, endpoint) }

  package init(from state: inout StateReader) throws(StateError) {
    scope = try state.read()
    tenantID = try state.read()
    endpoint = try state.read()
  }
}

extension Incident.Refusal: StateValue {
  func write(to state: inout StateWriter) { state.write(strategy, guardrail) }

  init(from state: inout StateReader) throws(StateError) {
    strategy = try state.read()
    guardrail = try state.read()
  }
}

extension Incident.Said: StateValue {
  func write(to state: inout StateWriter) { state.write(evidence, severity, at) }

  init(from state: inout StateReader) throws(StateError) {
    evidence = try state.read()
    severity = try state.read()
    at = try state.moment()
  }
}

/// Neither key nor id stand there: they follow from the evidence and the moment of detection.
extension Incident: StateValue {
  package func write(to state: inout StateWriter) {
    state.write(evidence, worst, severity, status, detectedAt, updatedAt, resolvedAt, resolution, reopenedCount)
    state.write(isFlapping, evidenceAgeMillis, isEvidenceStale, actionIDs, source, openedAt, normalSince, actionCount)
    state.write(deferrals, silences, isEscalated, dryRuns, lastRefusal, said)
    state.write(acknowledgement, rejectedStrategies, lastFailureAt)
  }

  package init(from state: inout StateReader) throws(StateError) {
    evidence = try state.read()
    worst = try state.read()
    severity = try state.read()
    status = try state.read()
    detectedAt = try state.moment()
    updatedAt = try state.moment()
    resolvedAt = try state.momentIfAny()
    resolution = try state.read()
    reopenedCount = try state.counter()
    isFlapping = try state.read()
    evidenceAgeMillis = try state.millis()
    isEvidenceStale = try state.read()
    actionIDs = try state.read()
    source = try state.read()
    openedAt = try state.moment()
    normalSince = try state.momentIfAny()
    actionCount = try state.counter()
    deferrals = try state.counter()
    silences = try state.counter()
    isEscalated = try state.read()
    dryRuns = try state.read()
    lastRefusal = try state.read()
    said = try state.read()
    acknowledgement = try state.read()
    rejectedStrategies = try state.read()
    lastFailureAt = try state.momentIfAny()
    key = evidence.key
    id = Incident.id(of: key, raisedAt: detectedAt)
  }
}
