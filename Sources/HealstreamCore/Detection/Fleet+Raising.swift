/// Conditions that an event brings about, or ends.
extension Fleet {
  // MARK: Endpoints

  /// A failure has brought an endpoint's score to its limit, or holds it there.
  mutating func raiseFailures(of endpoint: Int, into statements: inout Statements) {
    guard let now, let index = alarmIndex(of: endpoint, .failureStreak, at: now) else { return }
    if !alarms[index].involvesFailures {
      alarms[index].baseline = baseline(of: endpoints[endpoint].history)
      endpoints[endpoint].history.freezeFailures()
    }
    alarms[index].failuresHold()
    alarms[index].evidence = max(alarms[index].evidence, Double(endpoints[endpoint].streak.stronger.score))
    announce(index, into: &statements)
  }

  /// The level of recovery is half the limit.
  mutating func easeFailures(of endpoint: Int) {
    let alarm = endpoints[endpoint].alarm
    guard alarm != EndpointRow.none, alarms[Int(alarm)].failuresOn, endpoints[endpoint].streak.isLow, let now else {
      return
    }
    alarms[Int(alarm)].failuresCease(at: now)
  }

  /// Of the tenants for which there was no room only failures are judged: they are too many different ones for a usual traffic.
  mutating func judgeTraffic(ofEndpoint endpoint: Int, into statements: inout Statements) {
    guard
      trafficTest.mayAlarm(
        recent: endpoints[endpoint].history.windows.recent, hour: endpoints[endpoint].history.cleanHour.sum),
      !tenants[Int(endpoints[endpoint].tenant)].isAggregate
    else { return }
    let alarm = endpoints[endpoint].alarm
    guard alarm == EndpointRow.none || !alarms[Int(alarm)].trafficOn, let now,
      let logProbability = trafficTest.alarm(
        endpoints[endpoint].history, dispersion: Double(endpoints[endpoint].dispersion)),
      let index = alarmIndex(of: endpoint, .trafficSpike, at: now)
    else { return }
    if !alarms[index].involvesTraffic { endpoints[endpoint].history.freezeAttempts() }
    tenants[Int(endpoints[endpoint].tenant)].floodedEndpoints += 1
    alarms[index].trafficHolds()
    alarms[index].evidence = max(alarms[index].evidence, -logProbability)
    announce(index, into: &statements)
  }

  /// `nil` where there is no alarm yet and no room for one: it is raised by the next event that finds room.
  private mutating func alarmIndex(of endpoint: Int, _ type: Condition, at now: Timestamp) -> Int? {
    if endpoints[endpoint].alarm == EndpointRow.none {
      guard takeRoomForAlarm(of: Int(endpoints[endpoint].tenant)) else { return nil }
      var alarm = Alarm(
        .endpoint(endpoint), type: type, baseline: baseline(of: endpoints[endpoint].history), at: now)
      if mayBeWider(endpoint) { wait(&alarm, from: now) }
      endpoints[endpoint].alarm = Int32(alarms.insert(alarm))
    }
    return Int(endpoints[endpoint].alarm)
  }

  private mutating func takeRoomForAlarm(of tenant: Int) -> Bool {
    guard alarmedEndpoints < settings.maxAlarms,
      Int(tenants[tenant].alarmedEndpoints) < tenantShare(of: settings.maxAlarms)
    else {
      counters.refusedAlarms += 1
      return false
    }
    alarmedEndpoints += 1
    tenants[tenant].alarmedEndpoints += 1
    return true
  }

  /// Whether several endpoints of its tenant, or many of all, have begun to fail: then their common alarm may be about to come.
  private func mayBeWider(_ endpoint: Int) -> Bool {
    guard endpoints[endpoint].isFailing, let now else { return false }
    return mayBeTheTenant(Int(endpoints[endpoint].tenant), at: now) || mayBeThePlatform
  }

  /// Whether several endpoints of a tenant have begun to fail, each by more than its background. It looks at them one by one where
  /// runs enough have begun, and so only at an alarm that may be common.
  private func mayBeTheTenant(_ tenant: Int, at now: Timestamp) -> Bool {
    guard tenants[tenant].runStarts.count(at: now.minute) >= settings.minTenantEndpoints else { return false }
    var telling = 0
    var next = tenants[tenant].endpoints.last
    while next != EndpointRow.none, telling < settings.minTenantEndpoints {
      let row = endpoints[Int(next)]
      if row.seenHour < now.hour - 1 { break }
      if row.hasBegunToFail(by: now.minute), row.streak.isTelling { telling += 1 }
      next = endpointOrderOfTenants.previous(before: next)
    }
    return telling >= settings.minTenantEndpoints
  }

  /// Whether so many of all endpoints, of several tenants, have begun to fail as hardly do by chance.
  private var mayBeThePlatform: Bool {
    guard manyFail, tenantRunStarts.count >= Self.minPlatformTenants else { return false }
    let chance = min(max(Self.minChanceToFail, levels.failureRate), 0.9)
    let logProbability = Numerics.logBinomialTail(
      atLeast: runStarts.count, of: liveEndpoints.count(hours: 2), p: chance)
    return logProbability < Self.maxLogProbabilityOfMany
  }

  /// A wider alarm may be about to explain this one.
  private mutating func wait(_ alarm: inout Alarm, from now: Timestamp) {
    guard settings.groupingMillis > 0 else { return }
    let end = now + settings.groupingMillis
    alarm.waitsUntil = end
    nextWaitEnd = min(nextWaitEnd ?? end, end)
  }

  private static var minPlatformTenants: Int { 5 }
  /// An endpoint's last attempt is a failure by chance as often as the fleet's attempts fail, and at least so often.
  private static var minChanceToFail: Double { 0.01 }
  /// ln of 10⁻⁴.
  private static var maxLogProbabilityOfMany: Double { -9.21 }

  // MARK: Tenants

  /// Raises the tenant where its endpoints' scores together pass its limit, at a failure.
  mutating func judgeTenant(_ tenant: Int, into statements: inout Statements) {
    let failing = Int(tenants[tenant].failingEndpoints)
    guard failing >= settings.minTenantEndpoints, failing * 2 >= Int(tenants[tenant].activeEndpoints),
      tenants[tenant].pooledScore >= limit(ofTenant: tenant), let now
    else { return }
    let index = alarmIndex(ofTenant: tenant, .failureStreak, at: now)
    if !alarms[index].involvesFailures {
      alarms[index].baseline = baseline(of: tenants[tenant].history)
      tenants[tenant].history.freezeFailures()
    }
    alarms[index].failuresHold()
    alarms[index].evidence = max(alarms[index].evidence, tenants[tenant].pooledScore)
    announce(index, into: &statements)
  }

  /// A flood of one endpoint alone is that endpoint's, or no flood where that sends in bursts; a tenant's must stand without its worst.
  mutating func judgeTraffic(ofTenant tenant: Int, into statements: inout Statements) {
    guard
      trafficTest.mayAlarm(
        recent: tenants[tenant].history.windows.recent, hour: tenants[tenant].history.cleanHour.sum)
    else { return }
    let alarm = tenants[tenant].alarm
    guard tenants[tenant].activeEndpoints > 1, alarm == EndpointRow.none || !alarms[Int(alarm)].trafficOn, let now,
      let logProbability = trafficTest.alarm(tenants[tenant].history, dispersion: Double(tenants[tenant].dispersion)),
      isFlooded(withoutWorstOf: tenant, at: now)
    else { return }
    let index = alarmIndex(ofTenant: tenant, .trafficSpike, at: now)
    if !alarms[index].involvesTraffic { tenants[tenant].history.freezeAttempts() }
    alarms[index].trafficHolds()
    alarms[index].evidence = max(alarms[index].evidence, -logProbability)
    announce(index, into: &statements)
  }

  /// It looks at all of the tenant's endpoints, and so but once in a while.
  private mutating func isFlooded(withoutWorstOf tenant: Int, at now: Timestamp) -> Bool {
    let look = Int32(truncatingIfNeeded: now.period(ofMillis: Self.trafficLookMillis))
    guard tenants[tenant].trafficLookedAt != look else { return false }
    tenants[tenant].trafficLookedAt = look
    var worst = (excess: 0.0, recent: UInt32(0), hour: UInt32(0))
    forEachEndpoint(of: tenant, seenSince: now.hour - 1) { fleet, endpoint in
      let recent = fleet.endpoints[endpoint].history.windows.recent(atMinute: now.minute).attempts
      let hour = fleet.endpoints[endpoint].history.cleanHour
      let excess = Double(recent) - hour.attemptsPerBlock
      if excess > worst.excess { worst = (excess, recent, hour.sum.attempts) }
    }
    let history = tenants[tenant].history
    return trafficTest.logProbability(
      recent: history.windows.recent.attempts - min(worst.recent, history.windows.recent.attempts),
      hour: history.cleanHour.sum.attempts - min(worst.hour, history.cleanHour.sum.attempts),
      dispersion: Double(tenants[tenant].dispersion)) != nil
  }

  private static var trafficLookMillis: Int64 { 5_000 }

  private mutating func alarmIndex(ofTenant tenant: Int, _ type: Condition, at now: Timestamp) -> Int {
    if tenants[tenant].alarm == EndpointRow.none {
      var alarm = Alarm(.tenant(tenant), type: type, baseline: baseline(of: tenants[tenant].history), at: now)
      if mayBeThePlatform { wait(&alarm, from: now) }
      tenants[tenant].alarm = Int32(alarms.insert(alarm))
    }
    return Int(tenants[tenant].alarm)
  }

  func limit(ofTenant tenant: Int) -> Double {
    levels.tenantLimit(attemptsPerDay: tenants[tenant].rate.attemptsPerDay)
  }

  // MARK: Common

  @inline(__always)
  var trafficTest: TrafficTest {
    TrafficTest(logAlpha: levels.logTrafficAlpha, minRatio: settings.trafficSpikeRatio)
  }

  /// Says at once what has come on, unless it waits for a wider alarm or has been said.
  private mutating func announce(_ index: Int, into statements: inout Statements) {
    guard alarms[index].saidLevel != .anomalous else { return }
    alarms[index].level = .anomalous
    if alarms[index].waitsUntil == nil { say(index, into: &statements) }
  }

  /// What is normal, as it stands before the alarm changes anything.
  private func baseline(of history: KeyHistory) -> Alarm.Baseline {
    Alarm.Baseline(
      attempts: history.cleanHour.attemptsPerBlock, failures: history.cleanHour.failuresPerBlock,
      failuresOfDay: history.windows.failuresOfDayPerBlock)
  }
}

extension SlidingWindows {
  /// Failures in 24 h but for the last ten minutes, scaled to five minutes.
  fileprivate var failuresOfDayPerBlock: Double {
    let guardMinutes: Int64 = 10
    let covered = min(minute - (hour - Self.hourCount + 1) * 60, ageMinutes) + 1 - guardMinutes
    guard covered > 0 else { return 0 }
    let failures = failures(hours: Self.hourCount)
    let inGuard = sum(minutesBack: 0..<guardMinutes).failures
    return Double(failures - min(inGuard, failures)) * 5 / Double(covered)
  }
}
