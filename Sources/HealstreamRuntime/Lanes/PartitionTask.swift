import HealstreamCore

/// One partition, its fold, and the bundle of outputs that is not committed yet.
///
/// ```
///   N              committed (M)        next
///   │◄── silent ──────►│◄── bundle ──────►│◄── waiting ──►│
/// ──┴──────────────────┴──────────────────┴───────────────┴──► offsets
/// ```
///
/// It goes live by a commit: before the first live record is folded, the log knows under which epoch, and that a process has
/// begun. Where processes have died there without getting any further, each record is held until the log knows that it is about
/// to be folded; one that has killed `maxAttempts` processes is set aside.
struct PartitionTask {
  enum Phase: Equatable {
    /// Folds up to M, and what that gives out is discarded: it is in the log already.
    case restoring(until: Int64)
    case live
  }

  /// What a task does about what the group has committed.
  enum Reconciliation: Equatable {
    /// M = from: the bundle, if any, goes out again.
    case resend
    /// M = to: the bundle has become visible.
    case dropBundle
    /// The state is of no use for M.
    case restore
  }

  let id: TaskID
  private(set) var phase: Phase
  /// What the group has committed.
  private(set) var committed: Position?
  /// The offset after the last one folded.
  private(set) var next: Int64
  private(set) var outputs = Outputs()
  private(set) var deadLetters: [DeadLetter] = []
  private(set) var pendingRecords = 0
  /// Everything in the log has been folded.
  private(set) var isCaughtUp = false
  /// Nothing may be folded before the next burst is visible.
  private(set) var mustCommitFirst = false
  /// The state that a snapshot holds.
  private(set) var snapshotted: SnapshotID?
  /// What governs the fold.
  private(set) var epoch: EpochID
  private(set) var tally = TaskTally()
  /// The timestamp of the last record folded.
  private(set) var lastRecordAt: Timestamp?

  private var fold: any Fold
  private var ahead: ArraySlice<Stretch>
  private let live: Stretch?
  private var history: EpochHistory
  private var waiting: [HeldRecord] = []
  /// The next burst says that the first of them is about to be folded.
  private var isHeadAnnounced = false
  /// Records that are still to be folded one by one.
  private var suspects = 0
  /// An order to switch healing off that was folded and not passed on.
  private var orderToHalt: CommandPlace?
  /// What is to be awaited as soon as the task is live.
  private var awaited: CommandPlace?
  /// The start that this process has added to those at the present M counts no more.
  private var hasProgressed = false

  init(_ restoration: Restoration) {
    id = restoration.task
    phase = .restoring(until: restoration.until)
    committed = restoration.committed
    next = restoration.offset
    fold = restoration.fold
    epoch = restoration.epoch
    ahead = restoration.ahead[...]
    live = restoration.live
    history = restoration.history
    snapshotted = restoration.snapshot
    reach(next)
  }

  var partition: Partition { id.partition }
  var hasOutput: Bool { !outputs.isEmpty || !deadLetters.isEmpty }
  var figures: [Figure] { fold.figures }
  /// Folds record by record, each announced.
  var isSuspicious: Bool { suspects > 0 }
  /// There is something to say: records, outputs, or that it has gone live.
  var hasPending: Bool { pendingRecords > 0 || hasOutput || mustCommitFirst }

  /// What to commit with the next burst; `nil`: nothing yet.
  var positionToCommit: Position? { phase == .live ? Position(next, metadata: history.text) : committed }

  // MARK: Folding

  /// Never a record that may kill the process before the log knows of it, nor one that has.
  mutating func readAhead(_ record: borrowing InputRecord) {
    guard record.offset >= next, !mustCommitFirst, !isSuspicious, history.skips.isEmpty else { return }
    fold.readAhead(record)
  }

  mutating func take(_ record: borrowing InputRecord, headers: () -> [RecordHeader]) {
    guard record.offset >= next else { return }
    isCaughtUp = false
    reach(record.offset)
    guard mustCommitFirst || isSuspicious else { return fold(record, headers) }
    waiting.append(HeldRecord(record, headers: headers()))
  }

  private mutating func fold(_ record: borrowing InputRecord, _ headers: () -> [RecordHeader]) {
    let isSkipped = !history.skips.isEmpty && history.skips.contains(record.offset)
    let outcome = isSkipped ? Outcome.folded : fold.fold(record, into: &outputs)
    next = record.offset + 1
    lastRecordAt = record.timestamp
    guard phase == .live else {
      tally.countReplayed()
      outputs.removeAll()
      return reach(next)
    }
    noteProgress()
    switch outcome {
    case .folded: break
    case .halting: orderToHalt = CommandPlace(partition: record.partition, offset: record.offset)
    case .rejected(let rejection): setAside(record, headers(), rejection)
    }
  }

  /// The log has been read up to `offset`, markers of transactions included.
  mutating func reachedEnd(at offset: Int64) {
    reach(offset)
    guard waiting.isEmpty, phase == .live else { return }
    isCaughtUp = true
    suspects = 0
  }

  mutating func sayCaughtUp(at wallTime: Timestamp) {
    guard isCaughtUp, !hasOutput else { return }
    fold.caughtUp(at: wallTime, into: &outputs)
  }

  private mutating func noteProgress() {
    pendingRecords += 1
    hasProgressed = true
    suspects = max(0, suspects - 1)
    let starts = isSuspicious ? Self.startsToSuspect : 0
    guard history.starts != starts || history.attempts != 0 else { return }
    history.starts = starts
    history.attempts = 0
  }

  private mutating func setAside(
    _ record: borrowing InputRecord, _ headers: [RecordHeader], _ rejection: Rejection
  ) {
    deadLetters.append(
      DeadLetter(
        partition: partition, offset: record.offset, timestamp: record.timestamp, key: record.key?.bytes(),
        value: record.value?.bytes(), headers: headers, rejection: rejection))
  }

  // MARK: Epochs

  /// Everything before `offset` has been folded, or is no record.
  private mutating func reach(_ offset: Int64) {
    guard case .restoring(let until) = phase else { return }
    while let stretch = ahead.first, stretch.boundary.terms.offset <= offset {
      ahead.removeFirst()
      begin(stretch)
      outputs.removeAll()
    }
    if offset >= until { goLive(at: until) }
  }

  private mutating func goLive(at offset: Int64) {
    phase = .live
    next = max(next, offset)
    if let live {
      history.append(live.boundary)
      begin(live)
    }
    if history.starts >= Self.startsToSuspect { suspects = Self.maxSuspects }
    history.starts += 1
    mustCommitFirst = true
    if let awaited { hold(for: awaited) }
  }

  private mutating func begin(_ stretch: Stretch) {
    if var fresh = stretch.fold {
      do throws(StateError) {
        try fold.handOver(to: &fresh)
      } catch {
        preconditionFailure("a fold's own state is not taken by another of its kind: \(error)")
      }
      fold = fresh
      epoch = stretch.boundary.epoch
    }
    fold.begin(stretch.boundary.terms, into: &outputs)
  }

  // MARK: Orders to halt

  /// The last one that was folded since the last call.
  mutating func takeOrderToHalt() -> CommandPlace? { exchange(&orderToHalt, with: nil) }

  /// From here on nothing is healed until the order has been folded.
  ///
  /// It is a boundary, so that whoever folds this again holds at the same record. Where there is no room for many more of them until
  /// the next snapshot, the order waits for its turn.
  mutating func hold(for order: CommandPlace) {
    guard phase == .live else { return awaited = order }
    awaited = nil
    guard history.count - (snapshotted?.boundaries ?? history.firstIndex) < Self.maxBoundariesUnsaved else { return }
    let healsFrom = max(next, history.boundaries.last?.terms.healsFrom ?? next)
    let terms = EpochTerms(offset: next, healsFrom: healsFrom, awaits: order)
    history.append(EpochHistory.Boundary(epoch, terms))
    fold.begin(terms, into: &outputs)
  }

  // MARK: Records that kill

  /// A suspect waits, and the log does not know of it.
  var hasUnannouncedHead: Bool { isSuspicious && !waiting.isEmpty && !mustCommitFirst }

  /// The first waiting record is about to be folded: the log must know, or it has killed often enough.
  ///
  /// One task of a lane at a time, or a record that kills would be counted against the others' heads, too.
  mutating func announceHead() {
    guard let record = waiting.first else { return }
    guard history.attempts < Self.maxAttempts else {
      waiting.removeFirst()
      history.skip(record.offset)
      record.withRecord { setAside($0, record.headers, .killedTheProcess(times: Self.maxAttempts)) }
      next = record.offset + 1
      return noteProgress()
    }
    history.attempts += 1
    isHeadAnnounced = true
    mustCommitFirst = true
  }

  private mutating func foldWaiting() {
    isHeadAnnounced = false
    while let record = waiting.first {
      waiting.removeFirst()
      record.withRecord { fold($0) { record.headers } }
      if isSuspicious { return }
    }
  }

  // MARK: Committing

  /// The burst that held this task's bundle is visible.
  mutating func didCommit() {
    guard phase == .live else { return }
    committed = positionToCommit
    tally.add(records: pendingRecords, outputs, deadLetters)
    outputs.removeAll()
    deadLetters.removeAll()
    pendingRecords = 0
    guard mustCommitFirst else { return }
    mustCommitFirst = false
    if !isSuspicious || isHeadAnnounced { foldWaiting() }
  }

  /// It is not by this process's death that the task ends: what it had announced and not done counts for nothing. What others
  /// died of still does.
  mutating func willEndOrderly() {
    guard phase == .live else { return }
    if !hasProgressed, history.starts > 0 { history.starts -= 1 }
    hasProgressed = true
    withdrawAnnouncement()
  }

  /// What to do where the group has committed `position`; the caller replaces the task if the answer is `restore`.
  mutating func reconcile(committed position: Position?) -> Reconciliation {
    if position == committed { return .resend }
    guard phase == .live, position == positionToCommit else { return .restore }
    didCommit()
    return .dropBundle
  }

  /// Reading goes on at `next`: what was polled and not folded will come again.
  mutating func willReadAgain() {
    waiting.removeAll()
    isCaughtUp = false
    withdrawAnnouncement()
  }

  private mutating func withdrawAnnouncement() {
    guard isHeadAnnounced else { return }
    isHeadAnnounced = false
    history.attempts -= 1
  }

  // MARK: Snapshots

  /// The state is that at M, and another than the last snapshot's.
  var canBeSnapshotted: Bool {
    phase == .live && !hasPending && committed?.offset == next && snapshotID != snapshotted
  }

  /// After a loss there is neither a snapshot of what goes on nor a way to fold it again: dying now would be another loss.
  var isNowhereElse: Bool {
    !history.isWhole && (snapshotted.map { history.boundaries(from: $0.boundaries) == nil } ?? true)
  }

  private var snapshotID: SnapshotID { SnapshotID(id, offset: next, boundaries: history.count) }

  /// - Parameter buffer: memory to be used again; stays where there is nothing to save.
  mutating func snapshot(reusing buffer: inout [UInt8]) -> Snapshot? {
    guard canBeSnapshotted else { return nil }
    let id = snapshotID
    snapshotted = id
    return Snapshot(of: fold, SnapshotHeader(id, epoch: epoch), reusing: exchange(&buffer, with: []))
  }

  /// The next one is due even where nothing has changed since.
  mutating func didFailToWrite(_ id: SnapshotID) {
    if snapshotted == id { snapshotted = nil }
  }

  private static let startsToSuspect = 2
  /// As many as the burst may have held that was never committed.
  private static let maxSuspects = 10_000
  private static let maxAttempts = 3
  /// Half of what an offset's metadata takes.
  private static let maxBoundariesUnsaved = 30
}

extension Span<UInt8> {
  /// A copy that may be kept.
  package func bytes() -> [UInt8] {
    var copy: [UInt8] = []
    copy.append(copying: self)
    return copy
  }
}
