/// What a partition remembers of one idempotent producer: its epoch and its last five batches (KIP-98).
struct ProducerState {
  private struct Batch {
    let firstSequence: Int32
    let lastSequence: Int32
    let baseOffset: Int64
  }

  private static let maxRememberedBatches = 5
  private var epoch: Int16
  private var batches: [Batch] = []

  init(epoch: Int16) { self.epoch = epoch }

  /// - Returns: the base offset of an earlier copy of `batch`, which must then not be appended again.
  /// - Throws: `.invalidProducerEpoch` from a fenced producer, `.outOfOrderSequenceNumber` at a gap.
  func check(_ batch: RecordBatch) throws(ErrorCode) -> Int64? {
    guard batch.producerEpoch >= epoch else { throw .invalidProducerEpoch }
    guard batch.producerEpoch == epoch, let last = batches.last else {
      guard batch.baseSequence == 0 else { throw .outOfOrderSequenceNumber }
      return nil
    }
    let lastSequence = Self.lastSequence(of: batch)
    if let copy = batches.first(where: { $0.firstSequence == batch.baseSequence && $0.lastSequence == lastSequence }) {
      return copy.baseOffset
    }
    guard batch.baseSequence == Self.sequence(after: last.lastSequence) else { throw .outOfOrderSequenceNumber }
    return nil
  }

  mutating func record(_ batch: RecordBatch) {
    advance(to: batch.producerEpoch)
    if batches.count == Self.maxRememberedBatches { batches.removeFirst() }
    let lastSequence = Self.lastSequence(of: batch)
    batches.append(Batch(firstSequence: batch.baseSequence, lastSequence: lastSequence, baseOffset: batch.baseOffset))
  }

  /// A marker of a newer epoch fences the older ones.
  mutating func advance(to newEpoch: Int16) {
    guard newEpoch > epoch else { return }
    epoch = newEpoch
    batches = []
  }

  /// Sequences wrap from `Int32.max` to 0.
  private static func sequence(after sequence: Int32) -> Int32 { sequence == .max ? 0 : sequence + 1 }
  private static func lastSequence(of batch: RecordBatch) -> Int32 {
    Int32((Int64(batch.baseSequence) + Int64(batch.recordCount) - 1) & Int64(Int32.max))
  }
}
