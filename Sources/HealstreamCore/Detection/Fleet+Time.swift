/// What time alone changes: stream time goes on, alarms ease, wait, fall silent and end.
extension Fleet {
  /// Lets stream time go on, with the same bounded work whether it goes by a minute or by a year.
  package mutating func advance(to later: Timestamp, into statements: inout Statements) {
    guard let before = now else {
      begin(at: later, into: &statements)
      return
    }
    guard later > before else { return }
    now = later
    if let end = nextWaitEnd { nextTurn = min(nextTurn, end) }
    guard later >= nextTurn else { return }
    if later.minute != before.minute { passMinute(later, into: &statements) }
    if later.period(ofMillis: 300_000) != before.period(ofMillis: 300_000) { refreshLevels(at: later) }
    if later.period(ofMillis: settings.evaluationMillis) != before.period(ofMillis: settings.evaluationMillis) {
      evaluate(into: &statements)
    }
    if let end = nextWaitEnd, later >= end { endWaits(at: later, into: &statements) }
    if later.period(ofMillis: settings.progressMillis) != before.period(ofMillis: settings.progressMillis) {
      sayProgress(into: &statements)
    }
    nextTurn = turn(after: later)
  }

  /// The first moment at which a minute begins, or a time to evaluate or to tell of progress; five minutes begin with one of them.
  private func turn(after moment: Timestamp) -> Timestamp {
    func end(_ lengthMillis: Int64) -> Int64 { (moment.period(ofMillis: lengthMillis) + 1) * lengthMillis }
    return Timestamp(millis: min(end(60_000), end(settings.evaluationMillis), end(settings.progressMillis)))
  }

  private mutating func begin(at first: Timestamp, into statements: inout Statements) {
    now = first
    rate = DecayedRate(block: floorDivide(first.minute, CleanHour.blockMinutes))
    passMinute(first, into: &statements)
    refreshLevels(at: first)
    sayProgress(into: &statements)
  }

  private mutating func passMinute(_ now: Timestamp, into statements: inout Statements) {
    saySummaries(into: &statements)
    window.advance(to: now.minute)
    runStarts.advance(to: now.minute)
    tenantRunStarts.advance(to: now.minute)
    sweepEvidence(at: now)
    forgetIdle(at: now)
    countKeys(at: now)
  }

  /// Each minute, or the first of a fleet's would be judged as if there were no others.
  private mutating func countKeys(at now: Timestamp) {
    let hour = Int64(now.hour)
    liveEndpoints.advance(to: hour)
    liveTenants.advance(to: hour)
    levels.liveEndpoints = max(1, liveEndpoints.count())
    levels.liveTenants = max(1, liveTenants.count())
    levels.setTrafficAlpha()
  }

  private mutating func refreshLevels(at now: Timestamp) {
    rate.decay(to: floorDivide(now.minute, CleanHour.blockMinutes))
    levels.failureRate = rate.rate(prior: 0.02, priorAttempts: 500)
    levels.dispersion = max(1, (dispersionSum + Self.priorBlocks) / (dispersionBlocks + Self.priorBlocks))
    dispersionSum *= Self.keepOfDispersion
    dispersionBlocks *= Self.keepOfDispersion
  }

  private static var priorBlocks: Double { 12 }
  private static var keepOfDispersion: Double { 1 - 1.0 / 288 }

  // MARK: Alarms

  /// Begins with the one that was held back first the last time, so that each has its turn.
  private mutating func evaluate(into statements: inout Statements) {
    let first = firstHeldAlarm ?? 0
    firstHeldAlarm = nil
    for step in alarms.indices {
      let index = (first + step) % alarms.indices.count
      if alarms.contains(index) { evaluate(index, into: &statements) }
    }
  }

  /// Alarms that have waited long enough for a wider one speak for themselves.
  private mutating func endWaits(at now: Timestamp, into statements: inout Statements) {
    nextWaitEnd = nil
    for index in alarms.indices where alarms.contains(index) {
      guard let end = alarms[index].waitsUntil else { continue }
      if now >= end {
        alarms[index].waitsUntil = nil
        say(index, into: &statements)
      } else {
        nextWaitEnd = min(nextWaitEnd ?? end, end)
      }
    }
  }

  private mutating func evaluate(_ index: Int, into statements: inout Statements) {
    guard let now else { return }
    ease(index, at: now)
    alarms[index].changes.evaluate(isOn: alarms[index].isOn, at: now)
    alarms[index].level = level(of: alarms[index], at: now)
    if alarms[index].waitsUntil == nil, isDue(alarms[index], at: now), !say(index, into: &statements) {
      firstHeldAlarm = firstHeldAlarm ?? index
    } else if alarms[index].level == .normal || alarms[index].level == .vanished {
      end(index)
    }
  }

  private func isDue(_ alarm: Alarm, at now: Timestamp) -> Bool {
    alarm.level != alarm.saidLevel || alarm.isDirty || now - alarm.saidAt >= settings.restateMillis
  }

  /// Conditions that time may have ended: level and log probability at half of what raised them.
  private mutating func ease(_ index: Int, at now: Timestamp) {
    let test = TrafficTest(logAlpha: levels.logTrafficAlpha / 2, minRatio: settings.trafficSpikeRatio)
    switch alarms[index].subject {
    case .endpoint(let endpoint):
      advance(endpoint: endpoint, to: now)
      guard alarms[index].trafficOn else { return }
      let row = endpoints[endpoint]
      guard test.alarm(row.history, dispersion: Double(row.dispersion)) == nil else { return }
      alarms[index].trafficCeases(at: now)
      tenants[Int(row.tenant)].floodedEndpoints -= 1
    case .tenant(let tenant):
      advance(tenant: tenant, to: now)
      let row = tenants[tenant]
      if alarms[index].failuresOn, row.pooledScore <= limit(ofTenant: tenant) / 2 {
        alarms[index].failuresCease(at: now)
      }
      guard alarms[index].trafficOn, test.alarm(row.history, dispersion: Double(row.dispersion)) == nil else {
        return
      }
      alarms[index].trafficCeases(at: now)
    }
  }

  private func level(of alarm: Alarm, at now: Timestamp) -> Alarm.Level {
    let idleMillis = now - lastEvent(of: alarm.subject)
    if idleMillis >= settings.vanishedAfterMillis { return .vanished }
    if idleMillis >= settings.silentAfterMillis { return .silent }
    guard let offSince = alarm.offSince else { return .anomalous }
    let hasProof = !alarm.involvesFailures || alarm.successes >= settings.minRecoverySuccesses
    return hasProof && now - offSince >= settings.recoveryHoldMillis ? .normal : .recovering
  }

  func lastEvent(of subject: Alarm.Subject) -> Timestamp {
    switch subject {
    case .endpoint(let endpoint): endpoints[endpoint].lastHeard.eventAt
    case .tenant(let tenant): tenants[tenant].lastHeard.eventAt
    }
  }

  /// It is over: what had been frozen is learnt again from here on.
  private mutating func end(_ index: Int) {
    let alarm = alarms[index]
    switch alarm.subject {
    case .endpoint(let endpoint):
      if alarm.involvesFailures {
        endpoints[endpoint].history.thawFailures()
        endpoints[endpoint].streak.settle()
      }
      if alarm.involvesTraffic { endpoints[endpoint].history.thawAttempts() }
      let tenant = Int(endpoints[endpoint].tenant)
      if alarm.trafficOn { tenants[tenant].floodedEndpoints -= 1 }
      tenants[tenant].alarmedEndpoints -= 1
      alarmedEndpoints -= 1
      endpoints[endpoint].alarm = EndpointRow.none
      if alarm.level == .vanished { forget(endpoint) }
    case .tenant(let tenant):
      if alarm.involvesFailures { tenants[tenant].history.thawFailures() }
      if alarm.involvesTraffic { tenants[tenant].history.thawAttempts() }
      tenants[tenant].alarm = EndpointRow.none
      // Or the first failure in the background would raise them one by one.
      forEachEndpoint(of: tenant) { fleet, endpoint in
        if !fleet.endpoints[endpoint].isFailing { fleet.forget(endpoint) }
      }
      forgetIfEmpty(tenant: tenant)
    }
    alarms.remove(at: index)
  }

  /// The evidence against an endpoint counts no more.
  private mutating func forget(_ endpoint: Int) {
    let tenant = Int(endpoints[endpoint].tenant)
    endpoints[endpoint].streak.reset()
    endRun(endpoint, tenant)
    pool(endpoint, tenant)
    easeFailures(of: endpoint)
  }
}
