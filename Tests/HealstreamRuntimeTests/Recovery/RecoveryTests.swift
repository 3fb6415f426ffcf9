import HealstreamCore
import Testing

@testable import HealstreamRuntime

/// What a restarted process makes of the log, the stores, and what the group has committed.
struct RecoveryTests {
  private let partition = Partition(topic: "deliveries", index: 0)
  private var task: TaskID { TaskID(.detect, partition) }

  private static let frequentSnapshots: LaneLimits = {
    var limits = Bench.promptLimits
    limits.snapshotMillis = 1
    return limits
  }()

  private static let acceptingLoss: LaneLimits = {
    var limits = frequentSnapshots
    limits.acceptsLoss = true
    return limits
  }()

  /// A bench that has folded each of the batches, with a snapshot after each.
  private func bench(_ batches: [UInt8]..., folds: any FoldSource = SumFolds()) throws -> Bench {
    let bench = Bench(Self.frequentSnapshots, folds: folds)
    try go(bench)
    for batch in batches { try fold(batch, bench) }
    return bench
  }

  private func go(_ bench: Bench) throws {
    bench.log.events = [.assigned([partition])]
    try bench.lane.start()
    try bench.step(3)
  }

  private func fold(_ batch: [UInt8], _ bench: Bench) throws {
    bench.log.records[partition, default: []] += batch.map { [$0] }
    try bench.step(3)
  }

  private func restart(
    _ bench: Bench, _ limits: LaneLimits = RecoveryTests.frequentSnapshots, folds: any FoldSource = SumFolds()
  ) throws {
    bench.restart(limits, folds: folds)
    bench.log.forget()
    try go(bench)
  }

  /// Restarts, and gives the words with which that is refused.
  private func refusal(
    _ bench: Bench, folds: any FoldSource = SumFolds()
  ) -> String {
    do {
      try restart(bench, folds: folds)
      Issue.record("went on")
      return ""
    } catch {
      return "\(error)"
    }
  }

  // MARK: Exactly

  @Test func `a restart goes on from the newest snapshot, and reads only what came after it`() throws {
    let bench = try bench([1, 2], [3])
    #expect(bench.snapshots.all.map(\.offset) == [3, 2])
    bench.log.beginnings[partition] = 3
    try restart(bench)
    #expect(bench.log.assignments == [[Start(partition, at: 3)]])
    try fold([4], bench)
    #expect(bench.log.visible == ["1", "3", "6", "10"])
  }

  @Test func `two generations of snapshots stay`() throws {
    let bench = try bench([1], [2], [3], [4])
    #expect(bench.snapshots.all.map(\.offset) == [4, 3])
  }

  @Test(arguments: ["torn", "cut", "flipped", "foreign", "renamed"])
  func `a damaged snapshot is recognised and the one before it is used`(damage: String) throws {
    let bench = try bench([1, 2], [3])
    let other = bench.snapshots.all[1]
    let older = try bench.snapshots.read(other)
    bench.snapshots.change(bench.snapshots.all[0]) { bytes in
      switch damage {
      case "torn": bytes.replaceSubrange((bytes.count / 2)..., with: [UInt8](repeating: 0, count: bytes.count / 2))
      case "cut": bytes.removeLast(5)
      case "flipped": bytes[bytes.count - 20] ^= 1
      case "foreign": bytes = Array("PNG".utf8)
      default: bytes = older
      }
    }
    try restart(bench)
    #expect(bench.log.assignments == [[Start(partition, at: 2)]])
    #expect(bench.journal.has("snapshot_rejected"))
    try fold([4], bench)
    #expect(bench.log.visible == ["1", "3", "6", "10"])
  }

  @Test func `without any snapshot it folds from where the state began`() throws {
    let bench = try bench([1, 2], [3])
    for id in bench.snapshots.all { bench.snapshots.delete(id) }
    try restart(bench)
    #expect(bench.log.assignments == [[Start(partition, at: 0)]])
    try fold([4], bench)
    #expect(bench.log.visible == ["1", "3", "6", "10"])
  }

  @Test func `what was folded under other settings is folded again under those`() throws {
    let bench = try bench([1, 2])
    try restart(bench, folds: SumFolds(factor: 10))
    try fold([3], bench)
    try restart(bench, folds: SumFolds(factor: 100))
    try fold([4], bench)
    let expected = ["1", "3", "33", "433"]
    #expect(bench.log.visible == expected)
    #expect(bench.log.history(partition)?.boundaries.map(\.terms.offset) == [0, 2, 3])
    for id in bench.snapshots.all { bench.snapshots.delete(id) }
    try restart(bench, folds: SumFolds(factor: 1))
    try fold([5], bench)
    #expect(bench.log.visible == expected + ["438"])
  }

  @Test func `an orderly end leaves a snapshot at M`() throws {
    let bench = Bench()
    try go(bench)
    try fold([1, 2, 3], bench)
    try bench.lane.stop()
    #expect(bench.snapshots.all.map(\.offset) == [3])
  }

  @Test func `a state that was folded by another version is taken over where nothing has to be folded again`() throws {
    let old = Epoch(settings: "1", foldVersion: Epoch.currentFoldVersion - 1)
    let bench = try bench([1, 2])
    bench.epochs.write(old)
    bench.log.commitElsewhere(partition, 2, under: old)
    try restart(bench)
    try fold([3], bench)
    #expect(bench.log.visible == ["1", "3", "6"])
  }

  @Test func `an offset set by hand to that of a snapshot is exact`() throws {
    let bench = try bench([1, 2], [3])
    bench.log.set(partition, Position(2, metadata: ""))
    try restart(bench)
    #expect(bench.log.visible == ["1", "3", "6", "6"])
    try fold([4], bench)
    #expect(bench.log.visible.last == "10")
  }

  // MARK: Refused

  @Test func `records deleted between the snapshot and M are missed with words`() throws {
    let bench = try bench([1], [2, 3])
    bench.snapshots.delete(bench.snapshots.all[0])
    bench.log.beginnings[partition] = 2
    let words = refusal(bench)
    #expect(words.contains("deliveries[0]"))
    #expect(words.contains("newest usable state is at 1, but the log begins at 2"))
    #expect(words.contains("--accept-loss"))
  }

  @Test func `records deleted before they were ever folded are missed with words`() throws {
    let bench = try bench([1, 2])
    bench.log.records[partition]! += [[3], [4], [5]]
    bench.log.beginnings[partition] = 4
    #expect(refusal(bench).contains("offset 2 is committed, but the log begins at 4"))
  }

  @Test func `an offset beyond the log's end is refused with words`() throws {
    let bench = try bench([1, 2])
    bench.log.records[partition] = [[9]]
    #expect(refusal(bench).contains("offset 2 is committed, but the log ends at 1: the topic was made anew"))
  }

  @Test func `snapshots without a committed offset are refused with words`() throws {
    let bench = try bench([1, 2])
    bench.log.set(partition, nil)
    let words = refusal(bench)
    #expect(words.contains("the newest at offset 2, but the group has no committed offset"))
    #expect(words.contains("healstream snapshots delete"))
  }

  @Test func `an offset that another program set where no snapshot stands is refused with words`() throws {
    let bench = try bench([1, 2], [3])
    bench.log.set(partition, Position(1, metadata: "by hand"))
    #expect(refusal(bench).contains("offset 1 was committed by another program"))
  }

  @Test func `settings that are lost are missed by their epoch's name`() throws {
    let bench = try bench([1, 2], folds: SumFolds(factor: 7))
    for id in bench.snapshots.all { bench.snapshots.delete(id) }
    let epoch = SumFolds.epoch(times: 7).id
    bench.epochs.lose(epoch)
    #expect(refusal(bench).contains("the settings of epoch \(epoch)"))
  }

  @Test func `records that another version folded are refused with words`() throws {
    let old = Epoch(settings: "1", foldVersion: Epoch.currentFoldVersion - 1)
    let bench = try bench([1, 2])
    bench.epochs.write(old)
    bench.log.commitElsewhere(partition, 2, under: old)
    for id in bench.snapshots.all { bench.snapshots.delete(id) }
    #expect(refusal(bench).contains("stop it with SIGTERM"))
  }

  // MARK: With a loss

  @Test func `a loss that is accepted goes on with what is left, and says so`() throws {
    let bench = try bench([1], [2, 3])
    bench.snapshots.delete(bench.snapshots.all[0])
    bench.log.beginnings[partition] = 2
    try restart(bench, Self.acceptingLoss)
    #expect(bench.journal.has("loss_accepted"))
    #expect(bench.log.history(partition)?.boundaries.last?.terms.isAfterLoss == true)
    try fold([4], bench)
    #expect(bench.log.visible == ["1", "3", "6", "8"])  // without the 2
  }

  @Test func `after a loss no older snapshot is taken for the new state`() throws {
    let bench = try bench([1, 2], [3])
    bench.log.records[partition] = [[50]]
    try restart(bench, Self.acceptingLoss)
    #expect(bench.log.visible.last == "50")
    try restart(bench)
    try fold([1, 1], bench)
    #expect(bench.log.visible.suffix(2) == ["51", "52"])
    for id in bench.snapshots.all where id.offset == 3 && id.boundaries > 1 { bench.snapshots.delete(id) }
    try restart(bench)
    try fold([1], bench)
    #expect(bench.log.visible.last == "53")
  }

  @Test func `a loss is accepted once, not at every rebalance`() throws {
    let bench = try bench([1, 2])
    try restart(bench, Self.acceptingLoss)
    let boundaries = bench.log.history(partition)?.boundaries.count
    for id in bench.snapshots.all { bench.snapshots.delete(id) }
    bench.log.events = [.revoked(isLost: false), .assigned([])]
    try bench.step(2)
    bench.log.events = [.revoked(isLost: false), .assigned([partition])]
    try bench.step(2)
    try fold([3], bench)
    #expect(bench.log.visible == ["1", "3", "6"])
    #expect(bench.log.history(partition)?.boundaries.count == boundaries)
  }

  @Test func `after a loss the state is saved at once`() throws {
    var limits = Self.acceptingLoss
    limits.snapshotMillis = 1_000_000
    for lost in [0, 1] {
      let bench = try bench([1], [2, 3])
      for id in bench.snapshots.all.prefix(1 + lost) { bench.snapshots.delete(id) }
      bench.log.beginnings[partition] = 2
      try restart(bench, limits)
      #expect(bench.snapshots.all.first.map { [$0.offset, Int64($0.boundaries)] } == [3, 3])
    }
  }

  // MARK: Old news

  @Test func `what was waiting when the process came up is marked as old news`() throws {
    var folds = SumFolds()
    folds.holdsBacklog = true
    let bench = try bench([1, 2], folds: folds)
    bench.log.records[partition]! += [[3], [4]]
    try restart(bench, folds: folds)
    let terms = try #require(bench.log.history(partition)?.boundaries.last?.terms)
    #expect(terms == EpochTerms(offset: 2, healsFrom: 4))
  }

  // MARK: Records that kill

  @Test func `a record that kills the process three times at one M is set aside`() throws {
    let bench = try bench([1, 2])
    bench.log.records[partition]! += [[3], [KillingFolds.poison], [4]]
    var deaths = 0
    var starts = 0
    while starts < 20, bench.log.visible.count < 4 {
      let folds = KillingFolds()
      bench.restart(folds: folds)
      bench.log.isAlive = { !folds.hasKilled }
      bench.log.events = [.assigned([partition])]
      starts += 1
      try? bench.lane.start()
      for _ in 0..<20 where !folds.hasKilled { try? bench.step() }
      deaths += folds.hasKilled ? 1 : 0
    }
    #expect(bench.log.visible == ["1", "3", "6", "10"])
    #expect(deaths == 5)  // two that were not understood, three that were counted
    #expect(bench.log.visibleDeadLetters.map(\.offset) == [3])
    #expect(bench.log.visibleDeadLetters.first?.rejection.code == .killedProcess)
    bench.log.isAlive = { true }
    for id in bench.snapshots.all { bench.snapshots.delete(id) }
    try restart(bench)
    try fold([5], bench)
    #expect(bench.log.visible.last == "15")
  }

  @Test func `a record that kills is not counted against the heads of other partitions`() throws {
    let other = Partition(topic: "deliveries", index: 1)
    let bench = Bench()
    bench.log.records = [partition: [[1], [KillingFolds.poison], [2]], other: [[5], [6]]]
    var starts = 0
    while starts < 20, bench.log.visible.count < 4 {
      let folds = KillingFolds()
      bench.restart(folds: folds)
      bench.log.isAlive = { !folds.hasKilled }
      bench.log.events = [.assigned([partition, other])]
      starts += 1
      try? bench.lane.start()
      for _ in 0..<30 where !folds.hasKilled { try? bench.step() }
    }
    #expect(bench.log.visible.sorted() == ["1", "11", "3", "5"])
    #expect(bench.log.visibleDeadLetters.map(\.partition) == [partition])
  }

  @Test func `an orderly end takes back its own start, and leaves those that others died of`() throws {
    let bench = try bench([1])
    bench.log.records[partition]!.append([KillingFolds.poison])
    let folds = KillingFolds()
    bench.restart(folds: folds)
    bench.log.isAlive = { !folds.hasKilled }
    try? go(bench)
    #expect(bench.log.history(partition)?.starts == 1)
    bench.log.isAlive = { true }
    bench.log.records[partition]!.removeLast()
    try restart(bench)
    #expect(bench.log.history(partition)?.starts == 2)
    try bench.lane.stop()
    #expect(bench.log.history(partition)?.starts == 1)
  }

  @Test func `restarts while nothing comes set nothing aside`() throws {
    let bench = try bench([1, 2])
    for _ in 0..<8 { try restart(bench) }
    try fold([3], bench)
    #expect(bench.log.visible == ["1", "3", "6"])
    #expect(bench.log.visibleDeadLetters.isEmpty)
  }
}
