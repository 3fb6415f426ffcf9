package import HealstreamCore

/// One thread's share of a role: polls its partitions, folds, and commits outputs and offsets together.
///
/// Folding happens with no transaction open. A burst is one transaction, without polling inside; only after its success does M
/// move. What went wrong decides how the lane goes on, see `LogFailure`; nothing is ever folded twice into the same state.
package final class Lane<Source: Log> {
  private let log: Source
  private let makeFold: (Partition) -> any Fold
  private let limits: LaneLimits
  private let journal: Journal
  private let clock: LaneClock

  private var tasks: [PartitionTask] = []
  private var slots: [Partition: Int] = [:]
  /// Between a revocation and the next assignment tasks are kept, but nothing may be committed.
  private var isAssigned = false
  private var isCatchingUp = false
  private var oldestPendingAt: Int64?
  private var lastCommitAt: Int64
  private var lastRecordAt: Int64
  private var retry: Retry?

  private struct Retry {
    var at: Int64
    var pauseMillis: Int64
  }

  private static var maxRecordsPerPoll: Int { 1000 }
  private static var pollMillis: Int64 { 100 }

  package init(
    log: Source, limits: LaneLimits, journal: Journal, clock: LaneClock,
    makeFold: @escaping (Partition) -> any Fold
  ) {
    self.log = log
    self.limits = limits
    self.journal = journal
    self.clock = clock
    self.makeFold = makeFold
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
    sayCaughtUp()
    if isBurstDue { try commit() }
  }

  /// Makes visible what was folded. Nothing may be called afterwards.
  package func stop() throws(LogFailure) {
    if isAssigned, hasPending { try commit() }
  }

  private var hasPending: Bool { tasks.contains { $0.pendingRecords > 0 || $0.hasOutput } }

  // MARK: Polling

  private func poll() -> [LogEvent] {
    let started = clock.monotonicMillis()
    var records = 0
    let events = log.poll(maxRecords: room, timeoutMillis: Int(pollTimeoutMillis(at: started))) {
      slot, record, headers in
      tasks[slot].fold(record, headers: headers)
      records += 1
    }
    if records > 0 {
      lastRecordAt = clock.monotonicMillis()
      if oldestPendingAt == nil { oldestPendingAt = lastRecordAt }
    }
    return events
  }

  /// How many records the present burst may still take; none while one waits to be sent again.
  private var room: Int {
    guard retry == nil else { return 0 }
    return min(Self.maxRecordsPerPoll, maxRecords - pendingRecords)
  }

  private var maxRecords: Int { isCatchingUp ? limits.maxRecordsCatchingUp : limits.maxRecords }
  private var pendingRecords: Int { tasks.reduce(0) { $0 + $1.pendingRecords } }

  private func pollTimeoutMillis(at time: Int64) -> Int64 {
    guard let due = retry?.at ?? burstDueAt else { return Self.pollMillis }
    return min(max(due - time, retry == nil ? 0 : 1), Self.pollMillis)
  }

  private func sayCaughtUp() {
    guard limits.idleStatementMillis > 0, clock.monotonicMillis() - lastRecordAt >= limits.idleStatementMillis else {
      return
    }
    lastRecordAt = clock.monotonicMillis()
    for slot in tasks.indices { tasks[slot].sayCaughtUp(at: clock.wallTime()) }
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
    let late = oldestPendingAt.map { $0 + limits.maxDelayMillis } ?? lastCommitAt
    return tasks.contains { $0.hasOutput } ? late : max(late, lastCommitAt + limits.offsetCommitMillis)
  }

  private func commit() throws(LogFailure) {
    let wasFull = pendingRecords >= maxRecords
    do throws(LogFailure) {
      try log.transact(burst())
    } catch {
      return try recover(from: error)
    }
    didCommit()
    isCatchingUp = wasFull
  }

  private func didCommit() {
    for slot in tasks.indices { tasks[slot].didCommit() }
    settled()
  }

  private func burst() -> Burst {
    var burst = Burst()
    for task in tasks {
      if let offset = task.offsetToCommit { burst.offsets.append((task.partition, offset)) }
      guard task.hasOutput else { continue }
      burst.outputs.append(task.outputs)
      burst.deadLetters += task.deadLetters
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
    oldestPendingAt = nil
    lastCommitAt = clock.monotonicMillis()
  }

  private func recover(from failure: LogFailure) throws(LogFailure) {
    switch failure {
    case .aborted(let reason), .staleGeneration(let reason):
      sendAgainLater(reason)
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
    case .assigned(let partitions): try reconcile(partitions, isNewAssignment: true)
    case .revoked(let isLost): try revoke(isLost: isLost)
    case .end(let partition, let next):
      guard let slot = slots[partition] else { return }
      tasks[slot].reachedEnd(at: next)
      try refuseCommitBeyondEnd(tasks[slot], end: next)
    case .warning(let text): journal.warning("client", ("message", text))
    case .failed(let failure): try recover(from: failure)
    }
  }

  /// The tasks stay: the next assignment says which of them are still ours, and its M whether their state is of use.
  private func revoke(isLost: Bool) throws(LogFailure) {
    journal.info("partitions_revoked", ("partitions", tasks.map(\.partition.description).joined(separator: " ")))
    if !isLost, isAssigned, hasPending { try commitBeforeRevocation() }
    isAssigned = false
    slots = [:]
    try log.unassign()
  }

  private func commitBeforeRevocation() throws(LogFailure) {
    do throws(LogFailure) {
      try log.transact(burst())
      didCommit()
    } catch {
      switch error {
      case .aborted, .staleGeneration: break
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
    for (partition, offset) in zip(owned, committed) {
      let rule = kept[partition]?.reconcile(committed: offset)
      if let rule { journal.info("partition_reconciled", ("partition", "\(partition)"), ("rule", "\(rule)")) }
      if let task = kept.removeValue(forKey: partition), rule != .restore {
        tasks.append(task)
      } else {
        tasks.append(try restoring(partition, until: offset))
        mustReassign = true
      }
    }
    slots = Dictionary(uniqueKeysWithValues: owned.enumerated().map { ($1, $0) })
    if mustReassign { try log.assign(tasks.map { Start($0.partition, at: $0.position) }) }
    isAssigned = true
    settled()
  }

  private func restoring(_ partition: Partition, until committed: Int64?) throws(LogFailure) -> PartitionTask {
    let beginning = try log.beginning(of: partition)
    journal.info(
      "partition_restoring", ("partition", "\(partition)"), ("from", "\(beginning)"), ("until", "\(committed ?? 0)"))
    if let committed, committed > 0, beginning > 0 {
      guard beginning <= committed else {
        throw .fatal(
          "\(partition): offset \(committed) is committed, but the log begins at \(beginning): retention has deleted records "
            + "that were never folded; reset the group's offsets to accept their loss")
      }
      journal.warning(
        "state_incomplete", ("partition", "\(partition)"),
        (
          "reason",
          "retention has deleted what came before offset \(beginning), so the state is built from what is left"
        ))
    }
    return PartitionTask(partition: partition, fold: makeFold(partition), committed: committed)
  }

  private func refuseCommitBeyondEnd(_ task: PartitionTask, end: Int64) throws(LogFailure) {
    guard case .restoring(let committed) = task.phase else { return }
    throw .fatal(
      "\(task.partition): offset \(committed) is committed, but the log ends at \(end): the topic was made anew; reset the "
        + "group's offsets to begin with it")
  }
}
