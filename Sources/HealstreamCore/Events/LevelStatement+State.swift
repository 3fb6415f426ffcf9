extension Category: StateValue {}
extension Condition: StateValue {}
extension Scope: StateValue {}
extension LevelStatement.Level: StateValue {}

extension TriageDistribution: StateValue {
  package func write(to state: inout StateWriter) {
    for category in Category.allCases { state.write(self[category]) }
  }

  package init(from state: inout StateReader) throws(StateError) {
    self.init()
    for category in Category.allCases { self[category] = try state.integer(in: 0...Signal.maxCount) }
  }
}

extension LevelStatement.Candidate: StateValue {
  package func write(to state: inout StateWriter) {
    state.write(deliveryID, endpoint, failedAt, category, score, notBefore, attempt, isLast)
  }

  package init(from state: inout StateReader) throws(StateError) {
    self.init(
      deliveryID: try state.read(), endpoint: try state.read(), failedAt: try state.moment(),
      category: try state.read(), score: try state.read(), notBefore: try state.momentIfAny(),
      attempt: try state.read(),
      isLast: try state.read())
  }
}

/// Numbers are those of a statement that was held in bounds.
extension LevelStatement: StateValue {
  package func write(to state: inout StateWriter) {
    state.write(scope, tenantID, endpoint, level, type, raisedAt, lastEventAt, conditions)
    state.write(recentCount, recentFailures, baselineCount, baselineFailures, spikeMultiplier, failureMultiplier)
    state.write(significance, triage, signatureShare, signature, levelChanges, successes, lastSuccessAt)
    state.write(liveRatePerMinute, endpointsFailing, endpointsActive, candidates, candidateCount, explanation)
  }

  package init(from state: inout StateReader) throws(StateError) {
    self.init(
      scope: try state.read(), tenantID: try state.read(), endpoint: try state.read(), level: try state.read(),
      type: try state.read(), raisedAt: try state.moment(), lastEventAt: try state.moment())
    let counts = 0...Signal.maxCount
    let limit = Double(Signal.maxCount)
    conditions = try state.read()
    recentCount = try state.integer(in: counts)
    recentFailures = try state.integer(in: counts)
    baselineCount = try state.real(upTo: limit)
    baselineFailures = try state.real(upTo: limit)
    spikeMultiplier = try state.read(Bool.self) ? try state.real(upTo: limit) : nil
    failureMultiplier = try state.read(Bool.self) ? try state.real(upTo: limit) : nil
    significance = try state.real(upTo: limit)
    triage = try state.read()
    signatureShare = try state.real(upTo: limit)
    signature = try state.read()
    levelChanges = try state.read()
    successes = try state.integer(in: counts)
    lastSuccessAt = try state.momentIfAny()
    liveRatePerMinute = try state.real(upTo: limit)
    endpointsFailing = try state.integer(in: counts)
    endpointsActive = try state.integer(in: counts)
    candidates = try state.read()
    candidateCount = try state.integer(in: counts)
    explanation = try state.read()
  }
}
