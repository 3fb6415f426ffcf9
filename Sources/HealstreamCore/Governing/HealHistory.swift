/// What healing did and how it went, as far back as a decision looks. All times are append time.
struct HealHistory: Sendable {
  struct Cooldown: Equatable, Sendable {
    let strategy: Strategy
    var since: Timestamp
    /// Failed heals in a row: each doubles the cooldown.
    var failures = 0
  }

  struct FailedHeal: Equatable, Sendable {
    let strategy: Strategy
    let at: Timestamp
  }

  /// One endpoint, or one tenant as a whole.
  struct Record: Sendable {
    struct ReplayStep: Equatable, Sendable {
      let at: Timestamp
      let count: Int
    }

    var replays = 0
    var replaysDelivered = 0
    var cooldowns: [Cooldown] = []
    /// Those within the window for blocking.
    var failedHeals: [FailedHeal] = []
    /// Failed heals and deferrals since the last effective heal, across incidents.
    var streak = 0
    /// Replay actions that failed since the last effective one, and when the latest did.
    var failedReplays = 0
    var replayFailedAt: Timestamp?
    /// Replayed deliveries of the last minute, a step an entry.
    var replaySteps: [ReplayStep] = []
    var usedAt: Timestamp

    /// Predicted chance that a replay is delivered: Laplace's rule of succession, 0.5 before it was ever tried.
    var replaySuccessRate: Double { Double(replaysDelivered + 1) / Double(replays + 2) }

    /// What replays came to, once the last that failed is so old that it blocks none either: else an endpoint whose first canaries
    /// failed would never be asked again.
    mutating func forgetReplays(failedBefore time: Timestamp) {
      guard let failedAt = replayFailedAt, failedAt <= time else { return }
      (replays, replaysDelivered, failedReplays) = (0, 0, 0)
      replayFailedAt = nil
    }
  }

  fileprivate struct DeliveryKey: Hashable {
    let tenantID: String
    let deliveryID: String
  }

  fileprivate struct Heal {
    let at: Timestamp
    let tenantID: String
  }

  private var records = OrderedTable<HealSubject, Record>()
  private var heals: [Heal] = []
  private var ledger = OrderedTable<DeliveryKey, Timestamp>()
  private let settings: HealSettings

  init(settings: HealSettings) { self.settings = settings }

  // MARK: Reading

  /// - Returns: `nil` where there is nothing that still counts.
  func record(of subject: HealSubject, at now: Timestamp) -> Record? {
    guard var record = records[subject] else { return nil }
    record.forgetReplays(failedBefore: now - settings.blockWindowMillis)
    return record
  }

  func streak(of subject: HealSubject, at now: Timestamp) -> Int {
    guard let record = records[subject], now - record.usedAt <= settings.streakMemoryMillis else { return 0 }
    return record.streak
  }

  /// How long ago the last heal of this kind was, and how long to wait after it; `nil`: there was none.
  func cooldown(
    of strategy: Strategy, for subject: HealSubject, at now: Timestamp
  ) -> (elapsedMillis: Int64, lengthMillis: Int64)? {
    guard let cooldown = records[subject]?.cooldowns.first(where: { $0.strategy == strategy }) else { return nil }
    let length = doubled(settings.cooldownMillis, times: cooldown.failures, upTo: settings.maxCooldownMillis)
    return (now - cooldown.since, length)
  }

  func failedHeals(of strategy: Strategy, for subject: HealSubject, at now: Timestamp) -> Int {
    records[subject]?.failedHeals.count { $0.strategy == strategy && now - $0.at < settings.blockWindowMillis } ?? 0
  }

  /// The heal that failed too often for this subject, if any.
  func blockedStrategy(for subject: HealSubject, at now: Timestamp) -> Strategy? {
    Strategy.allCases.first { failedHeals(of: $0, for: subject, at: now) >= settings.failedHealsToBlock }
  }

  func healsWithinHour(at now: Timestamp, tenantID: String? = nil) -> Int {
    heals.count { now - $0.at < 3_600_000 && (tenantID == nil || $0.tenantID == tenantID) }
  }

  func replaysWithinMinute(_ subject: HealSubject, at now: Timestamp) -> Int {
    records[subject]?.replaySteps.reduce(0) { sum, step in now - step.at < 60_000 ? sum + step.count : sum } ?? 0
  }

  /// How long nothing live must have come before a first step may go out without a live success.
  func replayBackOffMillis(for subject: HealSubject, at now: Timestamp) -> Int64 {
    doubled(
      settings.replayBackOffMillis, times: record(of: subject, at: now)?.failedReplays ?? 0,
      upTo: settings.maxReplayBackOffMillis)
  }

  func wasReplayed(_ deliveryID: String, of tenantID: String) -> Bool {
    ledger[DeliveryKey(tenantID: tenantID, deliveryID: deliveryID)] != nil
  }

  var ledgerCount: Int { ledger.count }
  var keyCount: Int { records.count }

  private func doubled(_ millis: Int64, times: Int, upTo limit: Int64) -> Int64 {
    var length = millis
    for _ in 0..<min(times, 63) where length < limit { length *= 2 }
    return min(length, limit)
  }

  // MARK: Writing

  /// Counts a replay, throttle or silence against the caps.
  mutating func count(healFor tenantID: String, at now: Timestamp) {
    heals.removeAll { now - $0.at >= 3_600_000 }
    heals.append(Heal(at: now, tenantID: tenantID))
  }

  /// Begins the cooldown.
  mutating func note(_ strategy: Strategy, for subject: HealSubject, at now: Timestamp) {
    change(subject, at: now) { record in
      if let index = record.cooldowns.firstIndex(where: { $0.strategy == strategy }) {
        record.cooldowns[index].since = now
      } else {
        record.cooldowns.append(Cooldown(strategy: strategy, since: now))
      }
    }
  }

  mutating func note(replayed deliveries: [String], to subject: HealSubject, at now: Timestamp) {
    for delivery in deliveries {
      let key = DeliveryKey(tenantID: subject.tenantID, deliveryID: delivery)
      ledger.remove(key)  // to the end: the ledger is in the order of replays
      ledger[key] = now
    }
    change(subject, at: now) { record in
      record.replaySteps.removeAll { now - $0.at >= 60_000 }
      record.replaySteps.append(Record.ReplayStep(at: now, count: deliveries.count))
    }
  }

  /// The success rate forgets: at 100 samples both counts are halved.
  mutating func note(replayDelivered delivered: Bool, to subject: HealSubject, at now: Timestamp) {
    change(subject, at: now) { record in
      record.replays += 1
      if delivered { record.replaysDelivered += 1 }
      guard record.replays >= 100 else { return }
      record.replays /= 2
      record.replaysDelivered /= 2
    }
  }

  mutating func note(deferralFor subject: HealSubject, at now: Timestamp) { extendStreak(of: subject, at: now) }

  /// - Parameter subjects: whom the heal and whom its incident concerned.
  mutating func note(
    _ outcome: HealAction.Outcome, of strategy: Strategy, for subjects: [HealSubject], at now: Timestamp
  ) {
    for subject in subjects {
      if outcome != .effective { extendStreak(of: subject, at: now) }
      let window = settings.blockWindowMillis
      change(subject, at: now) { record in
        record.failedHeals.removeAll { now - $0.at >= window }
        let cooldown = record.cooldowns.firstIndex { $0.strategy == strategy }
        if outcome == .effective {
          record.streak = 0
          if strategy == .replayRecent { record.failedReplays = 0 }
          if let cooldown { record.cooldowns[cooldown].failures = 0 }
        } else {
          record.failedHeals.append(FailedHeal(strategy: strategy, at: now))
          if let cooldown { record.cooldowns[cooldown].failures += 1 }
          guard strategy == .replayRecent else { return }
          record.failedReplays += 1
          record.replayFailedAt = now
        }
      }
    }
  }

  /// Forgets what no decision looks at any more.
  mutating func pass(to now: Timestamp) {
    while let first = ledger.first, now - first.value >= settings.ledgerMillis { ledger.remove(first.key) }
    while let first = records.first, now - first.value.usedAt > settings.streakMemoryMillis {
      records.remove(first.key)
    }
  }

  /// - Returns: whether there were any.
  mutating func clearCooldowns(of subject: HealSubject) -> Bool {
    guard let record = records[subject], !record.cooldowns.isEmpty else { return false }
    records.update(subject) { record in record.cooldowns = [] }
    return true
  }

  private mutating func extendStreak(of subject: HealSubject, at now: Timestamp) {
    let streak = streak(of: subject, at: now)
    change(subject, at: now) { record in record.streak = streak + 1 }
  }

  private mutating func change(_ subject: HealSubject, at now: Timestamp, _ change: (inout Record) -> Void) {
    var record = records[subject] ?? Record(usedAt: now)
    record.usedAt = now
    record.forgetReplays(failedBefore: now - settings.blockWindowMillis)
    change(&record)
    records.remove(subject)  // to the end: the table is in the order of use
    records[subject] = record
    while records.count > settings.maxKeysRemembered, let first = records.first { records.remove(first.key) }
  }
}

// MARK: State

extension HealHistory {
  func write(to state: inout StateWriter) { state.write(records, heals, ledger) }

  init(from state: inout StateReader, settings: HealSettings) throws(StateError) {
    self.init(settings: settings)
    records = try state.read()
    heals = try state.read()
    ledger = try state.read()
    try state.check(moments: ledger.values)
  }
}

extension HealHistory.Heal: StateValue {
  func write(to state: inout StateWriter) { state.write(at, tenantID) }

  init(from state: inout StateReader) throws(StateError) {
    at = try state.moment()
    tenantID = try state.read()
  }
}

extension HealHistory.DeliveryKey: StateValue {
  func write(to state: inout StateWriter) { state.write(tenantID, deliveryID) }

  init(from state: inout StateReader) throws(StateError) {
    tenantID = try state.read()
    deliveryID = try state.read()
  }
}
