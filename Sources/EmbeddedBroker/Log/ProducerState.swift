/// What a partition remembers of one idempotent producer: its epoch and its last five batches (KIP-98).
struct ProducerState {
  private struct Batch {
    let firstSequence: Int32
    let nextSequence: Int32
    let baseOffset: Int64
  }

  private static let maxRememberedBatches = 5
  private(set) var epoch: Int16
  private var batches: [Batch] = []

  var lastOffset: Int64? { batches.last?.baseOffset }

  init(epoch: Int16) { self.epoch = epoch }

  /// - Returns: the base offset of an earlier copy of `batch`, which must then not be appended again.
  /// - Throws: `.invalidProducerEpoch` from a fenced producer, `.outOfOrderSequenceNumber` at a gap.
  func check(_ batch: RecordBatch) throws(ErrorCode) -> Int64? {
    guard batch.producer.epoch >= epoch else { throw .invalidProducerEpoch }
    let known = batch.producer.epoch == epoch ? batches : []
    let copy = known.first { $0.firstSequence == batch.baseSequence && $0.nextSequence == batch.nextSequence }
    if let copy { return copy.baseOffset }
    guard batch.baseSequence == known.last?.nextSequence ?? 0 else { throw .outOfOrderSequenceNumber }
    return nil
  }

  mutating func record(_ batch: RecordBatch) {
    advance(to: batch.producer.epoch)
    if batches.count == Self.maxRememberedBatches { batches.removeFirst() }
    let (first, next) = (batch.baseSequence, batch.nextSequence)
    batches.append(Batch(firstSequence: first, nextSequence: next, baseOffset: batch.baseOffset))
  }

  /// A marker of a newer epoch fences the older ones.
  mutating func advance(to newEpoch: Int16) {
    guard newEpoch > epoch else { return }
    epoch = newEpoch
    batches = []
  }
}
