/// The endpoints and tenants of one partition, what is known of them, and what there is to say about them.
///
/// It judges at every event what that event can change, and at ticks of stream time what time alone can change. What it says comes
/// out as typed statements in order; rows are numbered in the order of first sight, and no other order reaches a statement.
package struct Fleet: Sendable {
  package typealias Statements = [Signal.Statement]

  var settings: DetectorSettings
  var levels: FleetLevels
  /// Stream time; `nil` before the first record.
  var now: Timestamp?
  /// Time alone changes nothing before this moment. Kept nowhere: the first event after a restart finds it again.
  var nextTurn = Timestamp(millis: .min)

  var tenantKeys = KeyTable()
  var tenants = ChunkedArray<TenantRow>()
  var endpointKeys = KeyTable()
  var endpoints = ChunkedArray<EndpointRow>()
  /// All tenants and all endpoints, the longest unseen first; and the endpoints of each tenant in the same order.
  var tenantOrder = OrderedNumbers()
  var tenantsBySight = OrderedNumbers.List()
  var endpointOrder = OrderedNumbers()
  var endpointsBySight = OrderedNumbers.List()
  var endpointOrderOfTenants = OrderedNumbers()
  var evidence = Pool<FailureEvidence>(vacant: .vacant)
  var alarms = Pool<Alarm>(vacant: .vacant)

  var liveEndpoints = LiveKeys()
  var liveTenants = LiveKeys()
  var runStarts = RecentStarts()
  var tenantRunStarts = RecentStarts()
  var window = PartitionWindow()
  var rate = DecayedRate(block: 0)
  /// Each block's variance by its mean, summed over a day, and their number.
  var dispersionSum = 0.0
  var dispersionBlocks = 0.0
  /// Of the current minute, in the order of their first failure.
  var summaries: [(tenant: Int, summary: FailureSummary)] = []
  /// The earliest end of an alarm's wait.
  var nextWaitEnd: Timestamp?
  var hasSaidManyFail = false
  /// Where the search for evidence to let go of went last.
  var sweepIndex = 0
  /// Candidates of all endpoints, and endpoints with an alarm.
  var candidateCount = 0
  var alarmedEndpoints = 0
  /// Statements about endpoints, and the alarm that was held back first when the last look at all of them found no room for more.
  var said = StatementCount()
  var firstHeldAlarm: Int?
  var counters = FleetCounters()

  package init(settings: DetectorSettings) {
    self.settings = settings
    levels = FleetLevels(falseIncidentsPerDay: settings.falseIncidentsPerDayHere)
  }

  /// Folds one attempt whose time has been let pass by `advance`. `pending` counts nowhere.
  /// - Parameter verdict: of an attempt that failed or was dead-lettered.
  package mutating func observe(_ attempt: borrowing Attempt, _ verdict: Verdict?, into statements: inout Statements) {
    guard attempt.status != .pending, let now else { return }
    let tenant = rowOfTenant(attempt, at: now)
    let endpoint = rowOfEndpoint(attempt, tenant: tenant, at: now)
    let id = hash(of: attempt, endpoint)
    if attempt.isReplay {
      observeReplay(attempt, id, endpoint, tenant, into: &statements)
    } else {
      observeLive(attempt, verdict, id, endpoint, tenant, into: &statements)
    }
  }

  private mutating func observeLive(
    _ attempt: borrowing Attempt, _ verdict: Verdict?, _ id: UInt64, _ endpoint: Int, _ tenant: Int,
    into statements: inout Statements
  ) {
    touch(endpoint, tenant, at: attempt.at, succeeded: attempt.status == .delivered)
    let isFirst = isFirstAttempt(attempt, id, endpoint)
    if let verdict { noteFailure(attempt, verdict, id, endpoint, tenant, isFirst: isFirst) }
    if attempt.status == .delivered { noteSuccess(attempt, id, endpoint, tenant) }
    if isFirst { count(failed: attempt.hasFailed, at: attempt.at, endpoint, tenant, into: &statements) }
  }

  /// A retry is there only because the first attempt failed, and so are dead letters, where senders tell of failed attempts at all:
  /// of a sender that tells of nothing else a dead letter is the first that is heard of its delivery.
  private mutating func isFirstAttempt(_ attempt: borrowing Attempt, _ id: UInt64, _ endpoint: Int) -> Bool {
    if attempt.status == .failed { endpoints[endpoint].noteFailureTold() }
    guard !hasFailedLately(id, endpoint) else { return false }
    return attempt.status == .deadLetter ? !endpoints[endpoint].tellsOfFailures : attempt.number == 1
  }

  /// Replays are evidence of recovery; they count neither as traffic nor as failures.
  private mutating func observeReplay(
    _ attempt: borrowing Attempt, _ id: UInt64, _ endpoint: Int, _ tenant: Int, into statements: inout Statements
  ) {
    let succeeded = attempt.status == .delivered
    if succeeded { noteSuccess(attempt, id, endpoint, tenant) }
    guard !attempt.healActionID.isEmpty else { return }
    statements.append(
      .replayOutcome(
        ReplayOutcome(
          actionID: String(decoding: attempt.healActionID, as: UTF8.self),
          deliveryID: String(decoding: attempt.originalID, as: UTF8.self),
          tenantID: String(decoding: attempt.tenantID, as: UTF8.self),
          endpoint: String(decoding: attempt.endpoint, as: UTF8.self), succeeded: succeeded)))
  }

  /// Tells the deliveries of one row apart; an aggregate's are of many endpoints.
  private mutating func hash(of attempt: borrowing Attempt, _ endpoint: Int) -> UInt64 {
    guard endpoints[endpoint].isAggregate else { return attempt.deliveryHash }
    counters.aggregatedAttempts += 1
    return KeyTable.hash(attempt.originalID.span, owner: KeyTable.tag(of: attempt.endpointHash))
  }

  // MARK: Counting first attempts

  private mutating func count(
    failed: Bool, at: Timestamp, _ endpoint: Int, _ tenant: Int, into statements: inout Statements
  ) {
    let minute = at.minute
    window.add(failed: failed, atMinute: minute)
    tenants[tenant].history.add(failed: failed, atMinute: minute)
    endpoints[endpoint].history.add(failed: failed, atMinute: minute)
    if failed, endpoints[endpoint].isNew { calibrate(endpoint) }
    let crossed = endpoints[endpoint].observe(failed: failed, at: at)
    noteRun(failed: failed, endpoint, tenant, into: &statements)
    pool(endpoint, tenant)
    if failed { judgeTenant(tenant, into: &statements) }
    if crossed { raiseFailures(of: endpoint, into: &statements) }
    judgeTraffic(ofEndpoint: endpoint, into: &statements)
    judgeTraffic(ofTenant: tenant, into: &statements)
    if !failed { easeFailures(of: endpoint) }
  }

  /// Keeps the present run of failures, and how many such runs began lately.
  private mutating func noteRun(failed: Bool, _ endpoint: Int, _ tenant: Int, into statements: inout Statements) {
    guard failed != endpoints[endpoint].isFailing, let minute = now?.minute else { return }
    if failed {
      endpoints[endpoint].runStartMinute = minute
      runStarts.begin(at: minute)
      tenants[tenant].failingEndpoints += 1
      changeRuns(ofTenant: tenant) { $0.begin(at: minute) }
      sayManyFail(into: &statements)
    } else {
      endRun(endpoint, tenant)
    }
  }

  mutating func endRun(_ endpoint: Int, _ tenant: Int) {
    let start = endpoints[endpoint].runStartMinute
    guard start != EndpointRow.never else { return }
    endpoints[endpoint].runStartMinute = EndpointRow.never
    runStarts.end(startedAt: start)
    if isPooled(endpoint, tenant) { tenants[tenant].failingEndpoints -= 1 }
    changeRuns(ofTenant: tenant) { $0.end(startedAt: start) }
  }

  /// A tenant counts in the latest minute in which one of its present runs began.
  private mutating func changeRuns(ofTenant tenant: Int, _ change: (inout RunStarts) -> Void) {
    let before = tenants[tenant].runStarts.latest
    change(&tenants[tenant].runStarts)
    let after = tenants[tenant].runStarts.latest
    guard before != after else { return }
    if let before { tenantRunStarts.end(startedAt: before) }
    if let after { tenantRunStarts.begin(at: after) }
  }

  /// Keeps the tenant's sum of what its endpoints add to it.
  mutating func pool(_ endpoint: Int, _ tenant: Int) {
    guard isPooled(endpoint, tenant) else { return }
    let score = endpoints[endpoint].scoreToPool
    guard score != endpoints[endpoint].pooledScore else { return }
    tenants[tenant].pooledScore += Double(score) - Double(endpoints[endpoint].pooledScore)
    endpoints[endpoint].pooledScore = score
  }

  /// Whether an endpoint is among those that its tenant's sums are taken over.
  @inline(__always)
  func isPooled(_ endpoint: Int, _ tenant: Int) -> Bool {
    endpoints[endpoint].isActive(at: tenants[tenant].activeHour)
  }
}

extension Timestamp {
  /// Minutes since the epoch.
  var minute: Int64 { period(ofMillis: 60_000) }
}
