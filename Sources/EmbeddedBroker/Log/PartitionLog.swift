/// The log of one partition: its batches in offset order, and what its producers and their transactions left there.
///
/// Everything else in the broker knows a log by these few operations, so that how it keeps its batches stays its own
/// affair.
struct PartitionLog {
  struct AbortedTransaction: Equatable {
    let producerID: Int64
    let firstOffset: Int64
    let lastOffset: Int64  // its marker
  }

  /// What a fetch finds: whole batches, and the aborted transactions whose records a committed read must leave out.
  struct Read {
    var batches: [[UInt8]] = []
    var aborted: [AbortedTransaction] = []
  }

  private var batches: [RecordBatch] = []
  private var endPositions: [Int] = []  // bytes up to and with batch i
  private var producers: [Int64: ProducerState] = [:]
  private var openTransactions: [Int64: Int64] = [:]  // producer id: first offset
  private var aborted: [AbortedTransaction] = []  // by last offset

  let startOffset: Int64 = 0
  /// The next offset to be given; with one replica it is the high watermark too.
  private(set) var endOffset: Int64 = 0
  /// Every transaction below has ended (KIP-98's last stable offset).
  var lastStableOffset: Int64 { openTransactions.values.min() ?? endOffset }

  func limit(_ isolation: Isolation) -> Int64 { isolation == .readCommitted ? lastStableOffset : endOffset }

  /// - Parameter appendTime: the time to stamp on the records, in ms since the epoch; nil keeps the producer's.
  /// - Returns: the offset of the first record; of the first copy, when a producer sent the batch again.
  mutating func append(_ produced: consuming RecordBatch, appendTime: Int64?) throws(ErrorCode) -> Int64 {
    var batch = produced
    if batch.isIdempotent, let known = producers[batch.producerID], let copy = try known.check(batch) { return copy }
    if let appendTime { batch.stampAppendTime(appendTime) }
    batch.assign(baseOffset: endOffset)
    if batch.isIdempotent {
      producers[batch.producerID, default: ProducerState(epoch: batch.producerEpoch)].record(batch)
    }
    if batch.isTransactional, openTransactions[batch.producerID] == nil {
      openTransactions[batch.producerID] = batch.baseOffset
    }
    store(batch)
    return batch.baseOffset
  }

  /// Writes the marker that ends the producer's transaction here.
  mutating func endTransaction(_ outcome: TransactionOutcome, producerID: Int64, epoch: Int16, now: Int64) {
    var marker = RecordBatch(marking: outcome, producerID: producerID, producerEpoch: epoch, timestamp: now)
    marker.assign(baseOffset: endOffset)
    producers[producerID, default: ProducerState(epoch: epoch)].advance(to: epoch)
    if let first = openTransactions.removeValue(forKey: producerID), outcome == .aborted {
      aborted.append(AbortedTransaction(producerID: producerID, firstOffset: first, lastOffset: marker.baseOffset))
    }
    store(marker)
  }

  private mutating func store(_ batch: RecordBatch) {
    batches.append(batch)
    endPositions.append((endPositions.last ?? 0) + batch.bytes.count)
    endOffset = batch.endOffset
  }

  /// How many bytes a fetch from `offset` could get.
  func availableBytes(from offset: Int64, isolation: Isolation) -> Int {
    let first = index(holding: offset)
    let end = index(holding: limit(isolation))
    return first < end ? endPositions[end - 1] - (first == 0 ? 0 : endPositions[first - 1]) : 0
  }

  /// Whole batches from the one that holds `offset` on, up to `maxBytes`.
  /// - Parameter always: return the first one even if it is larger, so that a consumer cannot get stuck.
  func read(from offset: Int64, isolation: Isolation, maxBytes: Int, always: Bool) -> Read {
    let first = index(holding: offset)
    let end = max(first, index(holding: limit(isolation)))
    let before = first == 0 ? 0 : endPositions[first - 1]
    var last = first
    while last < end, endPositions[last] - before <= maxBytes || (always && last == first) { last += 1 }
    guard first < last else { return Read() }
    let aborted = isolation == .readCommitted ? aborted(from: offset, before: batches[last - 1].endOffset) : []
    return Read(batches: batches[first..<last].map(\.bytes), aborted: aborted)
  }

  private func aborted(from offset: Int64, before end: Int64) -> [AbortedTransaction] {
    aborted[aborted.partitioningIndex { $0.lastOffset >= offset }...].filter { $0.firstOffset < end }
      .sorted { $0.firstOffset < $1.firstOffset }
  }

  /// The first record at or after `time`, ms since the epoch, among those that `isolation` shows.
  func firstRecord(from time: Int64, isolation: Isolation) -> (offset: Int64, timestamp: Int64)? {
    let limit = limit(isolation)
    // Producers' clocks differ, so maximum timestamps are in no order.
    return batches.first { !$0.isControl && $0.maxTimestamp >= time && $0.endOffset <= limit }?.firstRecord(from: time)
  }

  private func index(holding offset: Int64) -> Int { batches.partitioningIndex { $0.endOffset > offset } }
}

enum Isolation: Equatable {
  case readUncommitted, readCommitted

  init(wire: Int8) { self = wire == 1 ? .readCommitted : .readUncommitted }
}

extension Array {
  /// The first index whose element is `true` for `belongsAfter`, in an array where all those come last.
  func partitioningIndex(where belongsAfter: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if belongsAfter(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
