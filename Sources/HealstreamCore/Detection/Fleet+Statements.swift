/// Level statements: what an alarm says, with the numbers.
extension Fleet {
  /// States an alarm's level, unless its tenant's alarm speaks for it, or it is over before it has been said.
  ///
  /// - Returns: Whether nothing is left to be said; `false` where this minute has no room for it.
  @discardableResult
  mutating func say(_ index: Int, into statements: inout Statements) -> Bool {
    guard let now, !isCovered(alarms[index]), !isOverUnsaid(alarms[index]) else { return true }
    guard takeRoom(for: index, at: now.minute) else { return false }
    let statement =
      switch alarms[index].subject {
      case .endpoint(let endpoint): endpointStatement(index, endpoint, at: now)
      case .tenant(let tenant): tenantStatement(index, tenant, at: now)
      }
    alarms[index].say(at: now)
    statements.append(.level(statement))
    return true
  }

  /// A tenant's own statements always have room. Of those about endpoints, repeated ones may take half of it, and a tenant's a quarter.
  private mutating func takeRoom(for index: Int, at minute: Int64) -> Bool {
    guard case .endpoint(let endpoint) = alarms[index].subject else { return true }
    let tenant = Int(endpoints[endpoint].tenant)
    let isNews = alarms[index].level != alarms[index].saidLevel
    let bound = isNews ? settings.maxStatementsPerMinute : (settings.maxStatementsPerMinute + 1) / 2
    guard said.inMinute(minute) < bound, tenants[tenant].said.inMinute(minute) < tenantShare(of: bound) else {
      if !alarms[index].isHeld { counters.heldStatements += 1 }
      alarms[index].isHeld = true
      return false
    }
    said.add(atMinute: minute)
    tenants[tenant].said.add(atMinute: minute)
    return true
  }

  /// What has not been said of an endpoint need not be while the tenant is known to suffer from the same.
  private func isCovered(_ alarm: Alarm) -> Bool {
    guard alarm.saidLevel == nil, case .endpoint(let endpoint) = alarm.subject else { return false }
    let wider = tenants[Int(endpoints[endpoint].tenant)].alarm
    guard wider != EndpointRow.none else { return false }
    return alarm.involvesFailures ? alarms[Int(wider)].involvesFailures : alarms[Int(wider)].involvesTraffic
  }

  private func isOverUnsaid(_ alarm: Alarm) -> Bool { alarm.saidLevel == nil && alarm.level != .anomalous }

  // MARK: Endpoints

  private mutating func endpointStatement(_ index: Int, _ endpoint: Int, at now: Timestamp) -> LevelStatement {
    let row = endpoints[endpoint]
    let conditions = conditions(of: alarms[index], row.history, daily: (.endpointSpike, settings.endpointSpikeRatio))
    alarms[index].strengthen(conditions)
    var statement = LevelStatement(
      scope: .endpoint, tenantID: tenantKeys.text(of: Int(row.tenant)), endpoint: endpointKeys.text(of: endpoint),
      level: alarms[index].level, type: alarms[index].type, raisedAt: alarms[index].raisedAt,
      lastEventAt: row.lastHeard.eventAt)
    statement.conditions = conditions
    noteWindow(
      index,
      FailureWindowTest.evidence(
        row.history, normalRate: Double(row.streak.normalRate), dispersion: Double(row.dispersion)))
    fill(&statement, from: alarms[index], row.history, at: now)
    statement.lastSuccessAt = row.lastHeard.successAt == LastHeard.never ? nil : row.lastHeard.successAt
    statement.explanation = explanation(alarms[index], row)
    addEvidence(of: endpoint, to: &statement, at: now)
    return statement
  }

  private mutating func addEvidence(of endpoint: Int, to statement: inout LevelStatement, at now: Timestamp) {
    let index = Int(endpoints[endpoint].evidence)
    guard index != Int(EndpointRow.none) else { return }
    evidence[index].mix.advance(to: now.minute)
    expireCandidates(at: index, now)
    statement.triage = evidence[index].mix.distribution
    statement.candidates = evidence[index].candidates.entries
    statement.candidateCount = evidence[index].candidates.count
    // What many endpoints have in common is no signature of one, and nothing is to be silenced for it.
    guard !endpoints[endpoint].isAggregate else { return }
    var signatures = SignatureCounts()
    signatures.add(evidence[index].mix)
    signatures.name(&statement)
  }

  // MARK: Tenants

  private mutating func tenantStatement(_ index: Int, _ tenant: Int, at now: Timestamp) -> LevelStatement {
    let row = tenants[tenant]
    let conditions = conditions(of: alarms[index], row.history, daily: (.tenantSpike, settings.tenantSpikeRatio))
    alarms[index].strengthen(conditions)
    var statement = LevelStatement(
      scope: .tenant, tenantID: tenantKeys.text(of: tenant), endpoint: nil, level: alarms[index].level,
      type: alarms[index].type, raisedAt: alarms[index].raisedAt, lastEventAt: row.lastHeard.eventAt)
    statement.conditions = conditions
    let normalRate = row.rate.rate(prior: levels.failureRate, priorAttempts: Self.priorAttempts)
    noteWindow(
      index, FailureWindowTest.evidence(row.history, normalRate: normalRate, dispersion: Double(row.dispersion)))
    fill(&statement, from: alarms[index], row.history, at: now)
    statement.lastSuccessAt = row.lastHeard.successAt == LastHeard.never ? nil : row.lastHeard.successAt
    statement.endpointsFailing = Int(row.failingEndpoints)
    statement.endpointsActive = Int(row.activeEndpoints)
    statement.explanation = explanation(alarms[index], row, limit: limit(ofTenant: tenant))
    addEvidence(ofTenant: tenant, to: &statement, at: now)
    return statement
  }

  /// What its endpoints have, together; the latest candidates, the longest failed first.
  private mutating func addEvidence(ofTenant tenant: Int, to statement: inout LevelStatement, at now: Timestamp) {
    var signatures = SignatureCounts()
    var triage = TriageDistribution()
    var candidates: [LevelStatement.Candidate] = []
    var candidateCount = 0
    forEachEndpoint(of: tenant) { fleet, endpoint in
      let index = Int(fleet.endpoints[endpoint].evidence)
      guard index != Int(EndpointRow.none) else { return }
      fleet.evidence[index].mix.advance(to: now.minute)
      fleet.expireCandidates(at: index, now)
      let distribution = fleet.evidence[index].mix.distribution
      for category in Category.allCases { triage[category] += distribution[category] }
      signatures.add(fleet.evidence[index].mix)
      candidates += fleet.evidence[index].candidates.entries
      if candidates.count > 4 * fleet.settings.maxCandidates { fleet.keepLatest(&candidates) }
      candidateCount += fleet.evidence[index].candidates.count
    }
    keepLatest(&candidates)
    statement.triage = triage
    statement.candidates = candidates
    statement.candidateCount = candidateCount
    signatures.name(&statement)
  }

  private func keepLatest(_ candidates: inout [LevelStatement.Candidate]) {
    candidates.sort { ($0.failedAt, $0.endpoint, $0.deliveryID) < ($1.failedAt, $1.endpoint, $1.deliveryID) }
    candidates.removeFirst(max(0, candidates.count - settings.maxCandidates))
  }

  // MARK: Numbers

  /// The strongest evidence that there was counts: of the CUSUM, of the windows.
  private mutating func noteWindow(_ index: Int, _ evidence: Double) {
    if alarms[index].involvesFailures { alarms[index].evidence = max(alarms[index].evidence, evidence) }
  }

  private func fill(_ statement: inout LevelStatement, from alarm: Alarm, _ history: KeyHistory, at now: Timestamp) {
    let attempts = alarm.involvesTraffic ? alarm.baseline.attempts : history.cleanHour.attemptsPerBlock
    statement.significance = alarm.evidence / Numerics.ln10
    statement.recentCount = Int(history.windows.recent.attempts)
    statement.recentFailures = Int(history.windows.recent.failures)
    statement.baselineCount = attempts
    statement.baselineFailures = alarm.baseline.failures
    statement.spikeMultiplier = multiple(statement.recentCount, of: attempts)
    statement.failureMultiplier = multiple(statement.recentFailures, of: alarm.baseline.failures)
    statement.levelChanges = alarm.changes.count(since: now - settings.flappingWindowMillis)
    statement.successes = alarm.successes
    statement.liveRatePerMinute = attempts / Double(CleanHour.blockMinutes)
  }

  /// The conditions that hold, weakest first. Ratios are flags on what tests have raised, and pass where there is no baseline.
  private func conditions(
    of alarm: Alarm, _ history: KeyHistory, daily: (condition: Condition, ratio: Double)
  ) -> [Condition] {
    var conditions: [Condition] = []
    if alarm.trafficOn { conditions.append(.trafficSpike) }
    guard alarm.failuresOn else { return conditions }
    conditions.append(.failureStreak)
    let failures = Double(history.windows.recent.failures)
    if failures > settings.failureBurstRatio * alarm.baseline.failures { conditions.append(.failureBurst) }
    if failures > settings.failureClusterRatio * alarm.baseline.failures { conditions.append(.failureCluster) }
    if failures > daily.ratio * alarm.baseline.failuresOfDay { conditions.append(daily.condition) }
    return conditions.sorted()
  }

  private func multiple(_ recent: Int, of baseline: Double) -> Double? {
    baseline > 0 ? Double(recent) / baseline : nil
  }
}
