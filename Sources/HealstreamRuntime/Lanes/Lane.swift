import HealstreamCore

/// One thread's share of a role: polls its partitions, folds, and commits outputs and offsets together.
///
/// Folding happens with no transaction open. A burst is one transaction, without polling inside; only after its success does M
/// move, and only there may a snapshot be made. What went wrong decides how the lane goes on, see `LogFailure`; nothing is ever
/// folded twice into the same state.
package final class Lane<Source: Log> {
  private let log: Source
  private let recovery: Recovery
  private let writer: (any SnapshotWriter)?
  private let limits: LaneLimits
  private let journal: Journal
  private let clock: LaneClock
  private let meter: LaneMeter?

  private var tasks: [PartitionTask] = []
  private var slots: [Partition: Int] = [:]
  /// Between a revocation and the next assignment tasks are kept, but nothing may be committed.
  private var isAssigned = false
  /// The last poll took as many records as it might: more are waiting.
  private var isCatchingUp = false
  /// Healing was ordered to end: that goes out at once.
  private var isHalting = false
  private var oldestPendingAt: Int64?
  private var lastCommitAt: Int64
  private var lastRecordAt: Int64
  private var retry: Retry?
  private var pollSize = PollSize()
  private var maxDeadLetterBytes: Int
  /// A loss is accepted once, where a partition goes live for the first time; later ones are news to the operator.
  private var acceptedLoss: Set<Partition> = []
  private var schedule: SnapshotSchedule
  /// Of the last snapshot that was written, for the next.
  private var buffer: [UInt8] = []

  private struct Retry {
    var at: Int64
    var pauseMillis: Int64
  }

  private static var pollMillis: Int64 { 100 }
  /// Whatever topic refuses a smaller dead letter has another fault.
  private static var minDeadLetterBytes: Int { 1000 }

  package init(
    log: Source, role: Role, folds: any FoldSource, stores: LaneStores, limits: LaneLimits, journal: Journal,
    clock: LaneClock, meter: LaneMeter? = nil
  ) {
    self.log = log
    self.meter = meter
    self.limits = limits
    self.journal = journal
    self.clock = clock
    writer = stores.writer
    recovery = Recovery(
      role: role, folds: folds, snapshots: stores.snapshots, epochs: stores.epochs, journal: journal)
    maxDeadLetterBytes = limits.maxDeadLetterBytes
    schedule = SnapshotSchedule(intervalMillis: limits.snapshotMillis)
    lastCommitAt = clock.monotonicMillis()
    lastRecordAt = clock.monotonicMillis()
  }

  /// Takes over this lane's id and joins the group.
  package func start() throws(LogFailure) {
    try log.fence()
    try log.subscribe()
  }

  /// One turn: poll, fold, and a burst if one is due.
  package func step() throws(LogFailure) {
    for event in poll() { try handle(event) }
    passOnOrdersToHalt()
    sayCaughtUp()
    announceSuspect()
    if isBurstDue { try commit() }
    tellOfSnapshots()
    meter?.turned(tasks, isAssigned: isAssigned, end: log.knownEnd)
  }

  /// Makes visible what was folded, and leaves snapshots at that. Nothing may be called afterwards.
  package func stop() throws(LogFailure) {
    guard isAssigned else { return }
    for slot in tasks.indices { tasks[slot].willEndOrderly() }
    try transact()
    didCommit()
    snapshotAll()
  }

  private var hasPending: Bool { tasks.contains { $0.hasPending } }

  // MARK: Polling

  private func poll() -> [LogEvent] {
    var records = 0
    var started: Int64?
    let timeoutMillis = pollTimeoutMillis(at: clock.monotonicMillis())
    let room = room
    // Out of the object, where each access would be checked for being the only one.
    var tasks = exchange(&tasks, with: [])
    defer { self.tasks = tasks }
    let events = log.poll(maxRecords: room, timeoutMillis: Int(timeoutMillis)) { slot, record in
      if started == nil { started = clock.monotonicMillis() }
      tasks[slot].readAhead(record)
    } _: { slot, record, headers in
      if started == nil { started = clock.monotonicMillis() }
      tasks[slot].take(record, headers: headers)
      records += 1
    }
    if room > 0 { isCatchingUp = records == room }
    if records > 0 {
      lastRecordAt = clock.monotonicMillis()
      pollSize.note(records, millis: lastRecordAt - (started ?? lastRecordAt))
      if oldestPendingAt == nil { oldestPendingAt = lastRecordAt }
    }
    return events
  }

  /// How many records the present burst may still take; none while one waits to be sent again.
  private var room: Int {
    guard retry == nil, !mustCommitFirst else { return 0 }
    guard !tasks.contains(where: \.isSuspicious) else { return 1 }
    return max(0, min(pollSize.records, maxRecords - pendingRecords))
  }

  private var maxRecords: Int { isCatchingUp ? limits.maxRecordsCatchingUp : limits.maxRecords }
  /// Nobody waits for a burst of what is late already; fewer and larger ones cost less.
  private var maxDelayMillis: Int64 { isCatchingUp ? limits.maxDelayMillis * 10 : limits.maxDelayMillis }
  private var pendingRecords: Int { tasks.reduce(0) { $0 + $1.pendingRecords } }
  private var mustCommitFirst: Bool { tasks.contains { $0.mustCommitFirst } }

  private func pollTimeoutMillis(at time: Int64) -> Int64 {
    guard let due = retry?.at ?? burstDueAt else { return Self.pollMillis }
    return min(max(due - time, retry == nil ? 0 : 1), Self.pollMillis)
  }

  /// Who decides on healing learns of an order to end it before the signals that were there first.
  private func passOnOrdersToHalt() {
    for order in tasks.indices.compactMap({ tasks[$0].takeOrderToHalt() }) {
      isHalting = true
      for slot in tasks.indices where recovery.folds.holdsBacklog(tasks[slot].partition) {
        tasks[slot].hold(for: order)
      }
    }
  }

  private func sayCaughtUp() {
    guard limits.idleStatementMillis > 0, clock.monotonicMillis() - lastRecordAt >= limits.idleStatementMillis else {
      return
    }
    lastRecordAt = clock.monotonicMillis()
    for slot in tasks.indices { tasks[slot].sayCaughtUp(at: clock.wallTime()) }
  }

  private func announceSuspect() {
    guard isAssigned, retry == nil else { return }
    while !mustCommitFirst, let slot = tasks.firstIndex(where: \.hasUnannouncedHead) { tasks[slot].announceHead() }
  }

  // MARK: Committing

  private var isBurstDue: Bool {
    guard isAssigned else { return false }
    let time = clock.monotonicMillis()
    if let retry { return time >= retry.at }
    guard let burstDueAt else { return false }
    let isFull = pendingRecords >= maxRecords || tasks.reduce(0) { $0 + $1.outputs.byteCount } >= limits.maxOutputBytes
    return isFull || time >= burstDueAt
  }

  /// When what is pending goes out at the latest; offsets alone have time. `nil`: nothing is pending, or nothing can be committed.
  private var burstDueAt: Int64? {
    guard isAssigned, hasPending else { return nil }
    guard !mustCommitFirst, !isHalting else { return lastCommitAt }
    let late = oldestPendingAt.map { $0 + maxDelayMillis } ?? lastCommitAt
    return tasks.contains { $0.hasOutput } ? late : max(late, lastCommitAt + limits.offsetCommitMillis)
  }

  private func commit() throws(LogFailure) {
    do throws(LogFailure) {
      try transact()
    } catch {
      return try recover(from: error)
    }
    didCommit()
    snapshotOne()
  }

  private func transact() throws(LogFailure) {
    let started = clock.monotonicMillis()
    do throws(LogFailure) {
      try log.transact(burst())
    } catch {
      meter?.burst(BurstOutcome(error), millis: clock.monotonicMillis() - started)
      throw error
    }
    meter?.burst(.committed, millis: clock.monotonicMillis() - started)
  }

  private func didCommit() {
    for slot in tasks.indices { tasks[slot].didCommit() }
    if limits.acceptsLoss { acceptedLoss.formUnion(tasks.filter { $0.phase == .live }.map(\.partition)) }
    settled()
  }

  private func burst() -> Burst {
    var burst = Burst()
    for task in tasks {
      if let position = task.positionToCommit { burst.positions.append((task.partition, position)) }
      guard task.hasOutput else { continue }
      burst.outputs.append(task.outputs)
      burst.deadLetters += task.deadLetters.map { $0.cut(to: maxDeadLetterBytes) }
    }
    if let first = burst.deadLetters.first {
      journal.warning(
        "records_set_aside", ("count", "\(burst.deadLetters.count)"), ("first", "\(first.partition)@\(first.offset)"),
        ("code", first.rejection.code.rawValue), ("message", first.rejection.message))
    }
    return burst
  }

  private func settled() {
    retry = nil
    isHalting = false
    oldestPendingAt = pendingRecords > 0 ? clock.monotonicMillis() : nil
    lastCommitAt = clock.monotonicMillis()
  }

  private func recover(from failure: LogFailure) throws(LogFailure) {
    switch failure {
    case .aborted(let reason), .staleGeneration(let reason):
      sendAgainLater(reason)
    case .tooLarge(let reason):
      guard maxDeadLetterBytes > Self.minDeadLetterBytes, tasks.contains(where: { !$0.deadLetters.isEmpty }) else {
        throw .fatal("\(reason); raise the topic's max.message.bytes")
      }
      maxDeadLetterBytes = max(Self.minDeadLetterBytes, maxDeadLetterBytes / 2)
      sendAgainLater("\(reason); dead letters are cut to \(maxDeadLetterBytes) bytes")
    case .unknownOutcome(let reason):
      journal.warning("outcome_unknown", ("reason", reason))
      try log.fence()
      try reconcile(tasks.map(\.partition), isNewAssignment: false)
    case .fenced, .fatal:
      throw failure
    }
  }

  private func sendAgainLater(_ reason: String) {
    let pause = min((retry?.pauseMillis ?? limits.backoffMillis / 2) * 2, limits.maxBackoffMillis)
    retry = Retry(at: clock.monotonicMillis() + pause, pauseMillis: pause)
    journal.warning("burst_aborted", ("reason", reason), ("retry_in_ms", "\(pause)"))
  }

  // MARK: Rebalancing

  private func handle(_ event: LogEvent) throws(LogFailure) {
    switch event {
    case .assigned(let partitions):
      meter?.assigned()
      try reconcile(partitions, isNewAssignment: true)
    case .revoked(let isLost): try revoke(isLost: isLost)
    case .end(let partition, let next):
      guard let slot = slots[partition] else { return }
      tasks[slot].reachedEnd(at: next)
    case .warning(let text): journal.warning("client", ("message", text))
    case .failed(let failure): try recover(from: failure)
    }
  }

  /// The tasks stay: the next assignment says which of them are still ours, and its M whether their state is of use.
  private func revoke(isLost: Bool) throws(LogFailure) {
    journal.info("partitions_revoked", ("partitions", tasks.map(\.partition.description).joined(separator: " ")))
    if !isLost, isAssigned { try commitBeforeRevocation() }
    isAssigned = false
    slots = [:]
    try log.unassign()
  }

  private func commitBeforeRevocation() throws(LogFailure) {
    for slot in tasks.indices { tasks[slot].willEndOrderly() }
    do throws(LogFailure) {
      try transact()
      didCommit()
    } catch {
      switch error {
      case .aborted, .staleGeneration, .tooLarge: break
      case .unknownOutcome: try log.fence()
      case .fenced, .fatal: throw error
      }
    }
  }

  /// After a rebalance or an unknown outcome: per partition, not owned → drop; M = from → send again; M = to → keep; else restore.
  private func reconcile(_ partitions: [Partition], isNewAssignment: Bool) throws(LogFailure) {
    let owned = partitions.sorted()
    let committed = try log.committed(owned)
    var kept: [Partition: PartitionTask] = [:]
    for task in tasks { kept[task.partition] = task }
    tasks = []
    var mustReassign = isNewAssignment
    for (partition, position) in zip(owned, committed) {
      let rule = kept[partition]?.reconcile(committed: position)
      if let rule { journal.info("partition_reconciled", ("partition", "\(partition)"), ("rule", "\(rule)")) }
      if let task = kept.removeValue(forKey: partition), rule != .restore {
        tasks.append(task)
      } else {
        tasks.append(try restored(partition, position))
        mustReassign = true
      }
    }
    if mustReassign { try assign(owned) }
    isAssigned = true
    settled()
  }

  private func assign(_ owned: [Partition]) throws(LogFailure) {
    slots = Dictionary(uniqueKeysWithValues: owned.enumerated().map { ($1, $0) })
    for slot in tasks.indices { tasks[slot].willReadAgain() }
    try log.assign(tasks.map { Start($0.partition, at: $0.next) })
  }

  private func restored(_ partition: Partition, _ position: Position?) throws(LogFailure) -> PartitionTask {
    let bounds = try log.bounds(of: partition)
    let started = clock.monotonicMillis()
    do throws(RecoveryRefusal) {
      let restoration = try recovery.restore(
        partition, committed: position, bounds: bounds,
        acceptsLoss: limits.acceptsLoss && !acceptedLoss.contains(partition))
      journal.info(
        "partition_restoring", ("partition", "\(partition)"),
        ("snapshot", restoration.snapshot.map { "\($0.offset)" } ?? "none"), ("from", "\(restoration.offset)"),
        ("until", "\(restoration.until)"), ("millis", "\(clock.monotonicMillis() - started)"))
      meter?.restoring(restoration, since: started, keepsSnapshots: writer != nil)
      return PartitionTask(restoration)
    } catch {
      throw .fatal("\(error)")
    }
  }

  // MARK: Snapshots

  /// At most one a burst, so that the pause is one partition's.
  private func snapshotOne() {
    guard let writer, !writer.isBusy, let slot = schedule.due(tasks, at: clock.monotonicMillis()) else { return }
    let started = clock.monotonicMillis()
    guard let snapshot = tasks[slot].snapshot(reusing: &buffer) else { return }
    meter?.paused(millis: clock.monotonicMillis() - started)
    schedule.made(snapshot, at: clock.monotonicMillis())
    writer.write(snapshot)
  }

  private func snapshotAll() {
    guard let writer else { return }
    for slot in tasks.indices {
      writer.finish(withinMillis: limits.snapshotPatienceMillis)
      guard !writer.isBusy else { break }
      if let snapshot = tasks[slot].snapshot(reusing: &buffer) {
        writer.write(snapshot)
      }
    }
    writer.finish(withinMillis: limits.snapshotPatienceMillis)
    tellOfSnapshots()
  }

  private func tellOfSnapshots() {
    for result in writer?.takeResults() ?? [] {
      meter?.snapshotted(result)
      buffer = result.bytes
      guard let failure = result.failure else {
        journal.debug(
          "snapshot_written", ("snapshot", "\(result.id)"), ("bytes", "\(result.bytes.count)"),
          ("millis", "\(result.millis)"))
        continue
      }
      journal.warning("snapshot_failed", ("snapshot", "\(result.id)"), ("reason", "\(failure)"))
      for slot in tasks.indices { tasks[slot].didFailToWrite(result.id) }
    }
  }
}
