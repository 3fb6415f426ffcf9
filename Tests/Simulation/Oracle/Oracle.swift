import HealstreamCore
import HealstreamRuntime

/// Judges every transaction of the program as it becomes certain, by folding the same records itself.
///
/// It believes nothing but what the cluster has accepted: which records are visible, which offsets and metadata were committed,
/// by whom. One ledger per role and partition.
final class Oracle {
  private let cluster: Cluster
  private let folds: WorldFolds
  private let trace: Trace
  private(set) var failure: String?
  private var ledgers: [TaskLedger] = []
  private(set) var counts = Counts()

  /// What was seen, so that a run in which nothing happened is noticed.
  struct Counts {
    var transactions = 0
    var outputs = 0
    var snapshots = 0
    var boundaries = 0
    var skips = 0
    /// Of records that have killed nobody, but were the next when something else did.
    var innocentSkips = 0
    var losses = 0
    var heals = 0
  }

  init(_ cluster: Cluster, _ folds: WorldFolds, _ trace: Trace) {
    self.cluster = cluster
    self.folds = folds
    self.trace = trace
    for role in Role.allCases {
      for partition in cluster.group(role).inputs {
        ledgers.append(TaskLedger(TaskID(role, partition), cluster.log(partition), folds))
      }
    }
  }

  var hasFailed: Bool { failure != nil }

  /// The first thing that is wrong counts; what comes after it may follow from it.
  func fail(_ reason: String) {
    trace.note("WRONG: \(reason)")
    failure = failure ?? reason
  }

  // MARK: Transactions

  func judge(_ transaction: Transaction) {
    guard transaction.producer != nil else { return }
    counts.transactions += 1
    counts.outputs += transaction.outputs.count
    guard let owner = transaction.owner else {
      return fail("transaction \(transaction.number) commits without an owner")
    }
    trace.note("\(owner) commits \(Self.text(transaction))")
    var outputs = transaction.outputs
    var letters = transaction.letters
    var judged: [Partition] = []
    for (_, partition, position) in transaction.offsets {
      guard !judged.contains(partition) else { return fail("\(owner) commits \(partition) twice in a transaction") }
      judged.append(partition)
      let ledger = ledger(TaskID(owner.role, partition))
      let bundle = TaskLedger.Bundle(
        position: position, epoch: owner.epoch, process: owner.process,
        outputs: outputs.filter { folds.isOutput($0, of: ledger.task) },
        letters: letters.filter { $0.partition == partition })
      outputs.removeAll { folds.isOutput($0, of: ledger.task) }
      letters.removeAll { $0.partition == partition }
      do throws(Wrong) {
        try ledger.take(bundle, &counts)
      } catch {
        return fail("\(owner), \(partition)@\(position.offset): \(error.reason)")
      }
    }
    if !outputs.isEmpty || !letters.isEmpty {
      fail("\(owner) gives out \(outputs.count) outputs and \(letters.count) dead letters without their offsets")
    }
  }

  private static func text(_ transaction: Transaction) -> String {
    transaction.offsets.map { "\($0.partition)@\($0.position.offset) \($0.position.metadata)" }.joined(separator: ", ")
  }

  private func ledger(_ task: TaskID) -> TaskLedger { ledgers.first { $0.task == task }! }

  /// A process has fallen silent; whatever it was about to fold is under suspicion.
  func vanished(_ process: String) {
    for ledger in ledgers { ledger.vanished(process) }
  }

  /// A lane has looked up to where its partition reaches, and is about to go live there.
  func sawEnd(_ end: Int64, of partition: Partition, by lane: LaneID) {
    guard lane.role == .govern, partition == cluster.signals.partition else { return }
    ledger(TaskID(lane.role, partition)).sawEnd(end, by: lane.process)
  }

  // MARK: Snapshots

  /// Every snapshot that any process takes, a zombie's too, holds the state of a direct fold up to there.
  func judge(_ snapshot: Snapshot, by lane: LaneID) {
    counts.snapshots += 1
    trace.note("\(lane) takes a snapshot \(snapshot.id), boundaries \(snapshot.id.boundaries)")
    guard let expected = ledger(snapshot.id.task).snapshot(snapshot.id) else {
      return fail("\(lane) takes a snapshot of a state that was never committed: \(snapshot.id)")
    }
    guard expected != snapshot.sealed() else { return }
    fail("\(lane) takes a snapshot of another state than the fold's: \(snapshot.id)")
  }

  // MARK: The end

  /// No record is left that has no outcome.
  var isDone: Bool { ledgers.allSatisfy(\.isDone) }

  var lags: String { ledgers.filter { !$0.isDone }.map { "\($0.task) at \($0.next)" }.joined(separator: ", ") }

  /// Reads every output topic as a consumer of what is committed does, and finds what was judged, in order, and nothing else.
  func judgeTopics() {
    for topic in OutputTopic.allCases where topic != .deadLetters {
      let log = cluster.log(topic)
      var seen: [[UInt8]: [[UInt8]]] = [:]
      for offset in 0..<log.end {
        if let record = log.visible(at: offset), let key = record.key, let value = record.value {
          seen[key, default: []].append(value)
        }
      }
      var expected: [[UInt8]: [[UInt8]]] = [:]
      for ledger in ledgers {
        for output in ledger.given where output.topic == topic {
          expected[output.key, default: []].append(output.value)
        }
      }
      if seen != expected { fail("\(topic.name) does not hold what was committed") }
    }
    let letters = cluster.deadLetters
    let count = (0..<letters.end).count { letters.visible(at: $0) != nil }
    let expected = ledgers.reduce(0) { $0 + $1.letterCount }
    if count != expected { fail("dead-letters holds \(count) records, \(expected) were committed") }
  }

  /// The newest snapshot of a task is that of its committed position.
  func judgeCleanStop(_ disks: [Disk]) {
    for ledger in ledgers {
      guard let id = ledger.latestSnapshotID else { continue }
      let found = disks.flatMap { $0.snapshots(of: ledger.task) }
      guard let bytes = found.first(where: { $0.id == id })?.bytes else {
        return fail("after a clean stop there is no snapshot \(id), but \(found.map { "\($0.id)" })")
      }
      if ledger.snapshot(id) != bytes { return fail("after a clean stop the snapshot \(id) is not the state") }
    }
  }
}

/// What is wrong, in words.
struct Wrong: Error {
  let reason: String
  init(_ reason: String) { self.reason = reason }
}
