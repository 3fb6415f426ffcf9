import Dispatch
import HealstreamCore

/// Reads and folds recorded deliveries on all cores, one or more configurations side by side, and gives them back in their order.
///
/// ```
///                block n+1 ──► read, chunk by chunk ─┐
///                block n   ──► fold, partition by partition ─┤ at once, on any threads
///   caller:      block n−1 ◄── taken note of ────────┘
/// ```
///
/// What a record says is read by any thread, a partition is folded by one at a time and in its order; so what comes out does not
/// depend on the number of threads.
struct DetectionStage {
  private var factories: [FoldFactory]
  private let chunkCount: Int
  private var folds: [Int32: Guarded<[DeliveryFold]>] = [:]
  private let group = DispatchGroup()
  private var reading: Passage?
  private var folding: Passage?
  private var spare: [Passage] = []

  /// A block on its way.
  struct Passage {
    fileprivate(set) var block = RecordBlock()
    fileprivate var chunks: [Guarded<ReadChunk>]
  }

  /// - Parameters:
  ///   - factories: make the folds of each configuration.
  ///   - threads: that can work at once.
  init(_ factories: [FoldFactory], threads: Int) {
    self.factories = factories
    chunkCount = threads == 1 ? 1 : threads * 2
  }

  /// Comes before the first block.
  mutating func begin(deliveryPartitions: Int32) {
    for side in factories.indices { factories[side].deliveryPartitions = deliveryPartitions }
  }

  /// Each partition's folds, by configuration; after `finish`.
  var finished: [(partition: Int32, folds: [DeliveryFold])] {
    folds.sorted { $0.key < $1.key }.map { ($0.key, $0.value.current) }
  }

  /// Takes a block in exchange for another, and gives back one that has been folded.
  mutating func put(_ block: inout RecordBlock) -> Passage? {
    group.wait()
    let done = folding
    folding = reading
    var next = spare.popLast() ?? Passage(chunks: (0..<chunkCount).map { _ in Guarded(ReadChunk()) })
    swap(&next.block, &block)
    reading = next
    start()
    return done
  }

  /// Gives back what is still on its way, one block a call, until there is none.
  mutating func finish() -> Passage? {
    group.wait()
    guard folding != nil || reading != nil else { return nil }
    let done = folding
    folding = reading
    reading = nil
    start()
    return done ?? finish()
  }

  /// Makes the memory of a block available again.
  mutating func recycle(_ passage: consuming Passage) {
    for run in passage.runs { run.change { $0.letGo() } }
    spare.append(passage)
  }

  // MARK: Work

  private mutating func start() {
    let jobs = foldingJobs() + readingJobs()
    guard !jobs.isEmpty else { return }
    DispatchQueue.global(qos: .userInitiated).async(group: group) {
      DispatchQueue.concurrentPerform(iterations: jobs.count) { jobs[$0]() }
    }
  }

  private func readingJobs() -> [@Sendable () -> Void] {
    guard let reading else { return [] }
    let block = reading.block
    let count = block.places.count
    return reading.chunks.enumerated().map { index, chunk in
      let range = count * index / chunkCount..<count * (index + 1) / chunkCount
      return { chunk.change { $0.read(block, range) } }
    }
  }

  private mutating func foldingJobs() -> [@Sendable () -> Void] {
    guard let folding else { return [] }
    var runs: [Int32: [Guarded<RecordRun>]] = [:]
    for run in folding.runs { runs[run.change { $0.partition }, default: []].append(run) }
    return runs.sorted { $0.key < $1.key }.map { partition, runs in
      let folds = folds(of: partition)
      return {
        folds.change { folds in
          for run in runs { run.change { $0.fold(by: &folds) } }
        }
      }
    }
  }

  private mutating func folds(of partition: Int32) -> Guarded<[DeliveryFold]> {
    if let folds = folds[partition] { return folds }
    let made = Guarded(factories.map { $0.makeDeliveryFold(partition) })
    folds[partition] = made
    return made
  }
}

extension DetectionStage.Passage {
  fileprivate var runs: [Guarded<RecordRun>] { chunks.flatMap { chunk in chunk.change { Array($0.runs) } } }

  /// Each record that counts, in the order of the block: its place in its run, and the number of that.
  func forEachRecord(_ body: (_ runs: borrowing [RecordRun], _ run: Int, _ index: Int) throws -> Void) throws {
    for chunk in chunks {
      let (order, runs) = chunk.change { ($0.order, $0.runs.map(\.current)) }
      var next = [Int](repeating: 0, count: runs.count)
      for stretch in order {
        let start = next[stretch.run]
        next[stretch.run] += stretch.count
        for index in start..<start + stretch.count { try body(runs, stretch.run, index) }
      }
    }
  }
}
