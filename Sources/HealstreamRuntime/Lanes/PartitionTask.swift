import HealstreamCore

/// One partition, its fold, and the bundle of outputs that is not committed yet.
///
/// ```
/// committed (M)        next
///     │◄── bundle ──────►│
/// ────┴──────────────────┴────────► offsets
/// ```
struct PartitionTask {
  enum Phase: Equatable {
    /// Folds up to M, and what that gives out is discarded: it is in the log already.
    case restoring(until: Int64)
    case live
  }

  /// What a task does about the offset M that the group has committed.
  enum Reconciliation: Equatable {
    /// M = from: the bundle, if any, goes out again.
    case resend
    /// M = to: the bundle has become visible.
    case dropBundle
    /// The state is of no use for M.
    case restore
  }

  let partition: Partition
  private(set) var phase: Phase
  /// M; `nil` while the group has never committed.
  private(set) var committed: Int64?
  /// The offset after the last one folded; `nil` before the first.
  private(set) var next: Int64?
  private(set) var outputs = Outputs()
  private(set) var deadLetters: [DeadLetter] = []
  private(set) var pendingRecords = 0
  /// Everything in the log has been folded.
  private(set) var isCaughtUp = false

  private var fold: any Fold

  /// Begins at the partition's start: silently up to `committed`, then live.
  init(partition: Partition, fold: any Fold, committed: Int64?) {
    self.partition = partition
    self.fold = fold
    self.committed = committed
    phase = if let committed, committed > 0 { .restoring(until: committed) } else { .live }
  }

  /// Where reading has to go on; `nil`: where the log begins.
  var position: Int64? { next }

  var hasOutput: Bool { !outputs.isEmpty || !deadLetters.isEmpty }

  /// The offset to commit with the next burst; `nil`: there is nothing to say yet.
  var offsetToCommit: Int64? { phase == .live ? next ?? committed : committed }

  mutating func fold(_ record: borrowing InputRecord, headers: () -> [RecordHeader]) {
    if let next, record.offset < next { return }
    isCaughtUp = false
    reach(record.offset)
    let outcome = fold.fold(record, into: &outputs)
    next = record.offset + 1
    guard phase == .live else {
      outputs.removeAll()
      reach(record.offset + 1)
      return
    }
    pendingRecords += 1
    if case .rejected(let rejection) = outcome { setAside(record, headers(), rejection) }
  }

  /// The log has been read up to `offset`, markers of transactions included.
  mutating func reachedEnd(at offset: Int64) {
    reach(offset)
    isCaughtUp = phase == .live
  }

  mutating func sayCaughtUp(at wallTime: Timestamp) {
    guard isCaughtUp, !hasOutput else { return }
    fold.caughtUp(at: wallTime, into: &outputs)
  }

  /// The burst that held this task's bundle is visible.
  mutating func didCommit() {
    guard phase == .live else { return }
    committed = next ?? committed
    dropBundle()
  }

  /// What to do where the group's committed offset is `offset`; the caller replaces the task if the answer is `restore`.
  mutating func reconcile(committed offset: Int64?) -> Reconciliation {
    switch phase {
    case .restoring(let until): return offset == until ? .resend : .restore
    case .live where offset == committed: return .resend
    case .live where offset != nil && offset == next:
      didCommit()
      return .dropBundle
    case .live: return .restore
    }
  }

  private mutating func reach(_ offset: Int64) {
    if case .restoring(let until) = phase, offset >= until { phase = .live }
  }

  private mutating func setAside(
    _ record: borrowing InputRecord, _ headers: [RecordHeader], _ rejection: Rejection
  ) {
    deadLetters.append(
      DeadLetter(
        partition: partition, offset: record.offset, timestamp: record.timestamp, key: record.key?.bytes(),
        value: record.value?.bytes(), headers: headers, rejection: rejection))
  }

  private mutating func dropBundle() {
    outputs.removeAll()
    deadLetters.removeAll()
    pendingRecords = 0
  }
}

extension Span<UInt8> {
  /// A copy that may be kept.
  package func bytes() -> [UInt8] {
    var copy: [UInt8] = []
    copy.reserveCapacity(count)
    for index in indices { copy.append(self[index]) }
    return copy
  }
}
