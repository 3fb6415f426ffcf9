import HealstreamCore
import HealstreamRuntime

/// What one fold over one partition must have given out, up to what the group has committed.
final class TaskLedger {
  let task: TaskID
  private let log: PartitionLog
  private let folds: WorldFolds
  private var fold: (any Fold)?
  private var settings = ToySettings(multiplier: 1)
  private var heals = HealWatch()
  private var epoch: EpochID?
  /// The last position that was accepted.
  private(set) var position: Position?
  /// Every boundary that was ever accepted, by its index; a loss may leave gaps.
  private var boundaries: [Int: CommittedHistory.Boundary] = [:]
  private var boundaryCount = 0
  private var skips: [Int64] = []
  private var lastRead: (metadata: String, history: CommittedHistory)?
  private(set) var given: [WrittenOutput] = []
  private(set) var letterCount = 0
  /// Every state that was ever committed.
  private var states: [StateName: (fold: any Fold, epoch: EpochID)] = [:]

  /// How often a process died or fell silent while the present position was the last one.
  private var deaths = 0
  /// Up to where each process saw records when it came up, where it has not committed since.
  private var seenEnds: [String: Int64] = [:]

  private struct StateName: Hashable {
    let offset: Int64
    let boundaries: Int
  }

  /// A transaction's share of this task.
  struct Bundle {
    let position: Position
    let epoch: EpochID
    let process: String
    let outputs: [WrittenOutput]
    let letters: [DeadLetter]
  }

  init(_ task: TaskID, _ log: PartitionLog, _ folds: WorldFolds) {
    self.task = task
    self.folds = folds
    self.log = log
  }

  /// The first offset without an outcome.
  var next: Int64 { position?.offset ?? log.start }
  var isDone: Bool { log.lastStable == log.end && log.firstVisible(from: max(next, log.start)) == nil }

  func vanished(_ process: String) { deaths += 1 }
  func sawEnd(_ end: Int64, by process: String) { seenEnds[process] = end }

  // MARK: A transaction

  func take(_ bundle: Bundle, _ counts: inout Oracle.Counts) throws(Wrong) {
    guard bundle.position != position else { return try requireNothing(bundle) }
    let history = try read(bundle.position.metadata)
    let before = position
    if let before, bundle.position.offset < before.offset { throw Wrong("M falls from \(before.offset)") }
    var expected = Expectation()
    let begun = try newBoundaries(history, from: before)
    let start = try self.start(begun, from: before, history)
    counts.boundaries += begun.count
    if begun.isEmpty, let fold { expected.pass(fold) }
    for (index, boundary) in begun { try begin(boundary, index, bundle, &expected, &counts) }
    try takeSkips(history, from: start, to: bundle.position.offset, &counts)
    try requireHold(bundle, at: start)
    guard epoch == bundle.epoch else {
      throw Wrong("it folds under \(bundle.epoch), and \(epoch.map { "\($0)" } ?? "nothing") is in force")
    }
    let healsBefore = heals.count
    try foldRecords(from: start, to: bundle.position.offset, &expected)
    counts.heals += heals.count - healsBefore
    try expected.require(bundle)
    given += bundle.outputs
    letterCount += bundle.letters.count
    if bundle.position.offset > start || before == nil { deaths = 0 }
    position = bundle.position
    if let fold, let epoch {
      states[StateName(offset: bundle.position.offset, boundaries: boundaryCount)] = (fold, epoch)
    }
  }

  private func read(_ metadata: String) throws(Wrong) -> CommittedHistory {
    if let last = lastRead, last.metadata == metadata { return last.history }
    guard let history = CommittedHistory(metadata) else { throw Wrong("metadata that cannot be read: \(metadata)") }
    lastRead = (metadata, history)
    return history
  }

  private func requireNothing(_ bundle: Bundle) throws(Wrong) {
    // Statements of an idle lane change nothing else.
    var expected = Expectation()
    if let fold { expected.pass(fold) }
    try expected.require(bundle)
    given += bundle.outputs
  }

  // MARK: Boundaries

  private func newBoundaries(
    _ history: CommittedHistory, from before: Position?
  ) throws(Wrong) -> [(Int, CommittedHistory.Boundary)] {
    var begun: [(Int, CommittedHistory.Boundary)] = []
    for (index, boundary) in zip(history.first..., history.boundaries) {
      if let known = boundaries[index] {
        guard known == boundary else { throw Wrong("boundary \(index) was \(known), and is \(boundary)") }
      } else {
        guard index >= boundaryCount else { throw Wrong("boundary \(index) appears late") }
        begun.append((index, boundary))
      }
    }
    guard history.count >= boundaryCount else { throw Wrong("boundaries have vanished: \(boundaryCount) were there") }
    let isLoss = begun.first?.1.terms.isAfterLoss ?? false
    if !isLoss, before != nil, let first = begun.first, first.0 != boundaryCount {
      throw Wrong("boundary \(first.0) comes after \(boundaryCount - 1)")
    }
    return begun
  }

  /// Where the bundle begins: at the last M, or where the log began; behind records that were lost, if that was accepted.
  private func start(
    _ begun: [(Int, CommittedHistory.Boundary)], from before: Position?, _ history: CommittedHistory
  ) throws(Wrong) -> Int64 {
    let first = begun.first?.1.terms
    guard let before else {
      guard let first, history.first == 0 || first.isAfterLoss, history.isWhole || first.isAfterLoss else {
        throw Wrong("a first commit that does not say where the state began")
      }
      guard first.offset <= log.start else {
        throw Wrong("it began at \(first.offset), the log begins at \(log.start)")
      }
      return first.offset
    }
    for (index, boundary) in begun where boundary.terms.offset != before.offset {
      let terms = boundary.terms
      guard terms.isAfterLoss, terms.offset > before.offset, terms.offset <= log.start else {
        throw Wrong("boundary \(index) is at \(boundary.terms.offset), but \(before.offset) was committed")
      }
    }
    return begun.last?.1.terms.offset ?? before.offset
  }

  private func begin(
    _ boundary: CommittedHistory.Boundary, _ index: Int, _ bundle: Bundle, _ expected: inout Expectation,
    _ counts: inout Oracle.Counts
  ) throws(Wrong) {
    boundaries[index] = boundary
    boundaryCount = index + 1
    guard let id = EpochID(boundary.epoch), let settings = ToySettings.known[id] else {
      throw Wrong("epoch \(boundary.epoch) is nobody's")
    }
    var fresh = folds.fold(task, settings)
    if boundary.terms.isAfterLoss {
      counts.losses += 1
      try loadWhatIsLeft(&fresh, bundle, &expected)
    } else {
      if epoch == id, let fold { fresh = fold } else if let fold { fresh = try Self.continued(fold, as: fresh) }
      expected.begin(boundary.terms, &fresh)
    }
    epoch = id
    self.settings = settings
    fold = fresh
  }

  private static func continued(_ fold: any Fold, as fresh: any Fold) throws(Wrong) -> any Fold {
    var state = StateWriter()
    fold.save(into: &state)
    return try loaded(state.bytes, into: fresh)
  }

  private static func loaded(_ bytes: [UInt8], into fold: any Fold) throws(Wrong) -> any Fold {
    var fold = fold
    var reader = StateReader(bytes)
    do throws(StateError) { try fold.load(from: &reader) } catch { throw Wrong("\(error)") }
    return fold
  }

  /// Nobody can tell what state is left after a loss; the fold says it itself.
  private func loadWhatIsLeft(
    _ fresh: inout any Fold, _ bundle: Bundle, _ expected: inout Expectation
  ) throws(Wrong) {
    guard let index = bundle.outputs.firstIndex(where: { $0.topic == .audit }) else {
      throw Wrong("a loss that is not said")
    }
    let text = String(decoding: bundle.outputs[index].value, as: UTF8.self)
    fresh = try Self.loaded(text.split { !$0.isNumber }.compactMap { UInt8($0) }, into: fresh)
    expected.adopt(bundle.outputs[...index], fresh)
  }

  /// Who decides must not act on what had been waiting when the process came up.
  private func requireHold(_ bundle: Bundle, at start: Int64) throws(Wrong) {
    guard let end = seenEnds.removeValue(forKey: bundle.process), end > start else { return }
    guard let last = boundaries[boundaryCount - 1], last.terms.healsFrom >= end else {
      throw Wrong("records up to \(end) were waiting, and are acted upon")
    }
  }

  // MARK: Records

  private func takeSkips(
    _ history: CommittedHistory, from start: Int64, to end: Int64, _ counts: inout Oracle.Counts
  ) throws(Wrong) {
    let new = history.skips.filter { !skips.contains($0) }
    let isLoss = history.boundaries.last?.terms.isAfterLoss ?? false
    for skip in skips where !history.skips.contains(skip) && !isLoss { throw Wrong("the skip of \(skip) is forgotten") }
    for skip in new {
      guard skip >= start, skip < end, log.visible(at: skip) != nil else { throw Wrong("\(skip) is skipped") }
      guard deaths >= 3 || skip != log.firstVisible(from: start) else {
        throw Wrong("\(skip) is skipped after \(deaths) deaths")
      }
      counts.skips += 1
      if !isDeadly(at: skip) { counts.innocentSkips += 1 }
    }
    skips += new
  }

  private var lastTerms: EpochTerms? { boundaries[boundaryCount - 1]?.terms }

  private func isDeadly(at offset: Int64) -> Bool {
    var isDeadly = false
    log.visible(at: offset)?.withRecord(log.partition, offset) { isDeadly = DeadlyRecord.isOne($0) }
    return isDeadly
  }

  private func foldRecords(from start: Int64, to end: Int64, _ expected: inout Expectation) throws(Wrong) {
    guard var fold, end <= log.end else { throw Wrong("nothing is there to fold up to \(end)") }
    var offset = start
    while let next = log.firstVisible(from: offset), next < end {
      guard let record = log.visible(at: next) else { break }
      let before = expected.outputs.count
      try expected.fold(record, log.partition, next, isSkipped: skips.contains(next), &fold)
      if folds == .real, task.role == .govern {
        try heals.judge(
          expected.outputs[before...], at: next, record.timestamp, healsFrom: lastTerms?.healsFrom ?? 0, settings)
      }
      offset = next + 1
    }
    self.fold = fold
  }

  // MARK: Snapshots

  /// The bytes of a snapshot of that name; `nil` where no such state was ever committed.
  func snapshot(_ id: SnapshotID) -> [UInt8]? {
    guard let state = states[StateName(offset: id.offset, boundaries: id.boundaries)] else { return nil }
    return Snapshot(of: state.fold, SnapshotHeader(id, epoch: state.epoch)).sealed()
  }

  var latestSnapshotID: SnapshotID? {
    position.map { SnapshotID(task, offset: $0.offset, boundaries: boundaryCount) }
  }
}

extension ToySettings {
  /// Every setting that a world can have.
  static let known: [EpochID: ToySettings] = Dictionary(
    uniqueKeysWithValues: (UInt64(1)...4).map { (ToySettings(multiplier: $0).epoch.id, ToySettings(multiplier: $0)) })
}
