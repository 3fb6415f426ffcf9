import Dispatch
import HealstreamCore

/// Reads and folds recorded deliveries on all cores, one or more configurations side by side, and gives them back in their order.
///
/// ```
///                blocks n+1 … ──► read, each by any thread ───────┐
///                blocks … n   ──► fold, partition by partition ───┤ at once, on any threads
///   caller:      block n−k    ◄── taken note of ──────────────────┘
/// ```
///
/// What a record says is read by any thread, a partition is folded by one at a time and in its order; so what comes out does not
/// depend on the number of threads. Several blocks are on their way in each part, so that a thread that is done with one finds the next.
struct DetectionStage {
  private var factories: [FoldFactory]
  /// Blocks that are read, or wait to be folded.
  private let maxReading: Int
  private var partitions: [Int32: PartitionWork] = [:]
  /// Oldest first, as they are folded.
  private var reading: [Passage] = []
  private var folding: [Passage] = []
  private var spare: [Passage] = []
  private let queue: DispatchQueue

  /// Blocks that are folded, or wait to be taken note of.
  private static let maxFolding = 2

  /// A block on its way.
  struct Passage {
    fileprivate(set) var block = RecordBlock()
    fileprivate let readBlock = Guarded(ReadBlock())
    /// What is being done with it.
    fileprivate let work = DispatchGroup()
  }

  /// A partition's folds, by configuration, and the queue on which they are at work.
  private struct PartitionWork {
    let folds: Guarded<[DeliveryFold]>
    let queue: DispatchQueue
  }

  /// - Parameters:
  ///   - factories: make the folds of each configuration.
  ///   - threads: that are to work at once, beside the caller's; so many blocks are read ahead of those that are folded. Of more than
  ///     one, the system has as many work as there are cores for.
  init(_ factories: [FoldFactory], threads: Int) {
    self.factories = factories
    maxReading = threads
    queue = threads == 1 ? DispatchQueue(label: "healstream.backtest") : .global(qos: .userInitiated)
  }

  /// Comes before the first block.
  mutating func begin(deliveryPartitions: Int32) {
    for side in factories.indices { factories[side].deliveryPartitions = deliveryPartitions }
  }

  /// Each partition's folds, by configuration; after `finish`.
  var finished: [(partition: Int32, folds: [DeliveryFold])] {
    partitions.sorted { $0.key < $1.key }.map { ($0.key, $0.value.folds.current) }
  }

  /// Takes a block in exchange for another, and gives back one that has been folded.
  mutating func put(_ block: inout RecordBlock) -> Passage? {
    var next = spare.popLast() ?? Passage()
    swap(&next.block, &block)
    read(next)
    if reading.count > maxReading { fold(reading.removeFirst()) }
    return folding.count > Self.maxFolding ? folded() : nil
  }

  /// Gives back what is still on its way, one block a call, until there is none.
  mutating func finish() -> Passage? {
    while !reading.isEmpty { fold(reading.removeFirst()) }
    return folding.isEmpty ? nil : folded()
  }

  /// Makes the memory of a block available again.
  mutating func recycle(_ passage: consuming Passage) {
    if !passage.block.isEnveloped { for run in passage.runs { run.change { $0.letGo() } } }
    spare.append(passage)
  }

  // MARK: Work

  private mutating func read(_ passage: Passage) {
    let (block, readBlock) = (passage.block, passage.readBlock)
    queue.async(group: passage.work) { readBlock.change { $0.read(block) } }
    reading.append(passage)
  }

  /// Waits until it has been read: only then it is known whose the records are.
  private mutating func fold(_ passage: Passage) {
    passage.work.wait()
    for run in passage.runs {
      let work = work(of: run.change { $0.partition })
      work.queue.async(group: passage.work) {
        work.folds.change { folds in run.change { $0.fold(by: &folds) } }
      }
    }
    folding.append(passage)
  }

  private mutating func folded() -> Passage {
    folding[0].work.wait()
    return folding.removeFirst()
  }

  private mutating func work(of partition: Int32) -> PartitionWork {
    if let known = partitions[partition] { return known }
    let made = PartitionWork(
      folds: Guarded(factories.map { $0.makeDeliveryFold(partition) }),
      queue: DispatchQueue(label: "healstream.backtest.\(partition)", target: queue))
    partitions[partition] = made
    return made
  }
}

extension DetectionStage.Passage {
  fileprivate var runs: [Guarded<RecordRun>] { readBlock.change { Array($0.runs) } }

  /// Each record that counts, in the order of the block: its run, and its number there.
  func forEachRecord(_ body: (_ run: borrowing RecordRun, _ index: Int) throws -> Void) throws {
    let (order, runs) = readBlock.change { ($0.order, $0.runs.map(\.current)) }
    var next = [Int](repeating: 0, count: runs.count)
    for stretch in order {
      let start = next[stretch.run]
      next[stretch.run] += stretch.count
      let run = runs[stretch.run]
      for index in start..<start + stretch.count { try body(run, index) }
    }
  }
}
