extension Incident {
  /// When and from where a statement came.
  struct Arrival: Sendable {
    /// Event time.
    let at: Timestamp
    /// Append time.
    let now: Timestamp
    /// `nil`: from the sum of all sources.
    let source: SourceID?
    let isStale: Bool
  }

  init(opening statement: LevelStatement, _ arrival: Arrival, _ settings: IncidentSettings) {
    key = statement.key
    id = Incident.id(of: statement.key, raisedAt: statement.raisedAt)
    evidence = statement
    worst = statement.withoutCandidates
    severity = Incident.severity(of: statement, settings)
    detectedAt = statement.raisedAt
    updatedAt = arrival.at
    isFlapping = statement.levelChanges >= settings.flappingChanges
    evidenceAgeMillis = arrival.now - arrival.at
    isEvidenceStale = arrival.isStale
    source = arrival.source
    openedAt = arrival.now
    lastFailureAt = statement.endsWithFailure ? statement.lastEventAt : nil
    said = Said(evidence: worst, severity: severity, at: arrival.now)
  }

  mutating func reopen(_ statement: LevelStatement, _ arrival: Arrival, _ settings: IncidentSettings) {
    status = .active
    resolvedAt = nil
    resolution = nil
    worst = statement.withoutCandidates
    reopenedCount += 1
    openedAt = arrival.now
    normalSince = nil
    isEscalated = false
    dryRuns.isEscalated = false
    acknowledgement = nil
    rejectedStrategies = []
    lastRefusal = nil
    isFlapping = statement.levelChanges >= settings.flappingChanges
    absorb(statement, arrival, settings)
    say(at: arrival.now)
  }

  /// Takes the statement's numbers; the severity follows only while it is anomalous or recovering, so that an incident
  /// that ends keeps the one it had.
  mutating func absorb(_ statement: LevelStatement, _ arrival: Arrival, _ settings: IncidentSettings) {
    evidence = statement
    if statement.endsWithFailure { lastFailureAt = statement.lastEventAt }
    if statement.magnitude > worst.magnitude { worst = statement.withoutCandidates }
    if statement.level == .anomalous || statement.level == .recovering {
      severity = Incident.severity(of: statement, settings)
    }
    updatedAt = max(updatedAt, arrival.at)
    source = arrival.source
    evidenceAgeMillis = arrival.now - arrival.at
    isEvidenceStale = arrival.isStale
  }

  /// Takes an anomalous or recovering statement; gives what is worth saying, if anything.
  mutating func refresh(_ statement: LevelStatement, _ arrival: Arrival, _ settings: IncidentSettings) -> Event? {
    let wasStale = status == .stale
    let wasFlapping = isFlapping
    let isDue = said.evidence != statement.withoutCandidates && arrival.now - said.at >= settings.updateMillis
    let hasDoubled =
      statement.recentFailures >= 2 * max(said.evidence.recentFailures, 1)
      || statement.recentCount >= 2 * max(said.evidence.recentCount, 1)
    if wasStale { status = wakingStatus }
    if statement.level == .anomalous { normalSince = nil }
    isFlapping = staysFlapping(statement, settings)
    absorb(statement, arrival, settings)
    if isFlapping, !wasFlapping { return .flapping }
    let hasChanged = wasStale || wasFlapping != isFlapping || said.severity != severity
    return hasChanged || hasDoubled || isDue ? .updated : nil
  }

  /// Begins at the configured number of changes and ends only when there was none in the look-back, or a condition that comes and
  /// goes at the edge of it would make the flag flap too (Nagios has two limits for the same reason).
  private func staysFlapping(_ statement: LevelStatement, _ settings: IncidentSettings) -> Bool {
    isFlapping ? statement.levelChanges > 0 : statement.levelChanges >= settings.flappingChanges
  }

  /// Takes out candidates that were delivered: the evidence may be older than that.
  mutating func withdraw(_ delivered: Set<String>) {
    let before = evidence.candidates.count
    evidence.candidates.removeAll { delivered.contains($0.deliveryID) }
    evidence.candidateCount -= before - evidence.candidates.count
  }

  mutating func say(at now: Timestamp) {
    said = Said(evidence: evidence.withoutCandidates, severity: severity, at: now)
  }

  static func severity(of evidence: LevelStatement, _ settings: IncidentSettings) -> Severity {
    guard evidence.scope == .endpoint else { return .critical }
    let isLarge = evidence.recentFailures > settings.criticalFailures
    return isLarge && evidence.failureRate > settings.criticalFailureRate ? .critical : .warning
  }
}

extension LevelStatement {
  fileprivate var endsWithFailure: Bool { lastSuccessAt.map { $0 < lastEventAt } ?? true }

  /// Of the last 5 min, 0–1.
  var failureRate: Double { recentCount == 0 ? 0 : Double(recentFailures) / Double(recentCount) }
}

extension LevelStatement {
  /// By what the statements of one incident compare: deliveries, failures, or endpoints where the platform is at fault.
  fileprivate var magnitude: Int {
    switch (scope, type) {
    case (.platform, _): endpointsFailing
    case (_, .trafficSpike): recentCount
    default: recentFailures
    }
  }
}
