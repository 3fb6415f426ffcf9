import HealstreamCore
import Synchronization

@testable import HealstreamRuntime

/// One lane over a scripted log and stores in memory, with a clock that moves when told.
final class Bench {
  let log = ScriptedLog()
  let snapshots = MemorySnapshots()
  let epochs = MemoryEpochs()
  let journal = JournalLines()
  private let time = ManualTime()
  private(set) var lane: Lane<ScriptedLog>!
  private(set) var meter: LaneMeter!

  init(_ limits: LaneLimits = Bench.promptLimits, folds: any FoldSource = SumFolds()) { restart(limits, folds: folds) }

  /// As after a crash: nothing is left but the log and the stores.
  func restart(_ limits: LaneLimits = Bench.promptLimits, folds: any FoldSource = SumFolds()) {
    epochs.write(folds.epoch)
    let stores = LaneStores(snapshots: snapshots, epochs: epochs, writer: ImmediateSnapshotWriter(snapshots))
    meter = LaneMeter(role: .detect, lane: 0, journal: journal.journal, clock: time.clock)
    lane = Lane(
      log: log, role: .detect, folds: folds, stores: stores, limits: limits, journal: journal.journal,
      clock: time.clock, meter: meter)
  }

  /// Time passes, and the lane has nothing to do with it.
  func pass(millis: Int64) { time.pass(millis) }

  func step(_ count: Int = 1, millis: Int64 = 100) throws {
    for _ in 0..<count {
      try lane.step()
      time.pass(millis)
    }
  }

  /// Commits at every step, says nothing when idle, makes no snapshots.
  static let promptLimits: LaneLimits = {
    var limits = LaneLimits()
    limits.maxDelayMillis = 0
    limits.idleStatementMillis = 0
    limits.snapshotMillis = 0
    return limits
  }()
}

/// A clock that moves when told.
private final class ManualTime: Sendable {
  private let millis = Mutex<Int64>(0)

  func pass(_ more: Int64) { millis.withLock { $0 += more } }

  var clock: LaneClock {
    LaneClock(
      monotonicMillis: { self.millis.withLock { $0 } }, wallTime: { Timestamp(millis: self.millis.withLock { $0 }) })
  }
}

/// What was logged.
final class JournalLines: Sendable {
  private let lines = Mutex<[String]>([])

  var journal: Journal {
    Journal(threshold: .debug) { line in self.lines.withLock { $0.append(String(decoding: line, as: UTF8.self)) } }
  }

  func has(_ event: String) -> Bool { count(event) > 0 }
  func count(_ event: String) -> Int {
    lines.withLock { $0.count { $0.contains("\"event\":\"\(event)\"") } }
  }
}

/// Takes everything, and has nothing to say.
struct SilentFolds: FoldSource {
  let epoch = Epoch(settings: "")

  private struct Silence: Fold {
    mutating func fold(_ record: borrowing InputRecord, into outputs: inout Outputs) -> Outcome { .folded }
    func save(into state: inout StateWriter) {}
    mutating func load(from state: inout StateReader) {}
  }

  func makeFold(_ partition: Partition, under epoch: Epoch) -> any Fold { Silence() }
  func holdsBacklog(_ partition: Partition) -> Bool { false }
}
