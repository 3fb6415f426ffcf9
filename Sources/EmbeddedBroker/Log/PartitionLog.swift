/// The log of one partition: its batches in offset order, and what its producers and their transactions left there. It starts at 0 for ever.
struct PartitionLog {
  struct AbortedTransaction: Equatable {
    let producerID: Int64
    let firstOffset: Int64
    let lastOffset: Int64  // its marker
  }

  /// What a fetch finds: whole batches, and the aborted transactions whose records a committed read must leave out.
  struct Read {
    var endOffset: Int64 = -1
    var lastStableOffset: Int64 = -1
    var batches: [[UInt8]] = []
    var aborted: [AbortedTransaction] = []
  }

  private var batches: [RecordBatch] = []
  private var producers: [Int64: ProducerState] = [:]
  private var openTransactions: [Int64: Int64] = [:]  // producer id: first offset
  private var aborted: [AbortedTransaction] = []  // by last offset

  /// The next offset to be given; with one replica it is the high watermark too.
  private(set) var endOffset: Int64 = 0
  /// Every transaction below has ended (KIP-98's last stable offset).
  var lastStableOffset: Int64 { openTransactions.values.min() ?? endOffset }

  func limit(_ isolation: Isolation) -> Int64 { isolation == .readCommitted ? lastStableOffset : endOffset }

  /// - Parameter appendTime: the time to stamp on the records, in ms since the epoch; nil keeps the producer's.
  /// - Returns: the offset of the first record; of the first copy, when a producer sent the batch again.
  mutating func append(_ produced: consuming RecordBatch, appendTime: Int64?) throws(ErrorCode) -> Int64 {
    var batch = produced
    if batch.isIdempotent, let known = producers[batch.producer.id], let copy = try known.check(batch) { return copy }
    if let appendTime { batch.stampAppendTime(appendTime) }
    batch.assign(baseOffset: endOffset)
    if batch.isIdempotent {
      producers[batch.producer.id, default: ProducerState(epoch: batch.producer.epoch)].record(batch)
    }
    if batch.isTransactional, openTransactions[batch.producer.id] == nil {
      openTransactions[batch.producer.id] = batch.baseOffset
    }
    store(batch)
    return batch.baseOffset
  }

  /// Writes the marker that ends the producer's transaction here.
  mutating func endTransaction(_ outcome: TransactionOutcome, by producer: Producer, now: Int64) {
    var marker = RecordBatch(marking: outcome, by: producer, timestamp: now)
    marker.assign(baseOffset: endOffset)
    producers[producer.id, default: ProducerState(epoch: producer.epoch)].advance(to: producer.epoch)
    if let first = openTransactions.removeValue(forKey: producer.id), outcome == .aborted {
      aborted.append(AbortedTransaction(producerID: producer.id, firstOffset: first, lastOffset: marker.baseOffset))
    }
    store(marker)
  }

  private mutating func store(_ batch: RecordBatch) {
    batches.append(batch)
    endOffset = batch.endOffset
  }

  /// Whole batches from the one that holds `offset` on, up to `maxBytes`.
  /// - Parameter always: return the first one even if it is larger, so that a consumer cannot get stuck.
  func read(from offset: Int64, isolation: Isolation, maxBytes: Int, always: Bool) -> Read {
    let first = index(holding: offset)
    let limit = max(first, index(holding: limit(isolation)))
    var (left, end) = (maxBytes, Int64(0))
    var read = Read(endOffset: endOffset, lastStableOffset: lastStableOffset)
    for batch in batches[first..<limit] {
      left -= batch.bytes.count
      guard left >= 0 || always && read.batches.isEmpty else { break }
      read.batches.append(batch.bytes)
      end = batch.endOffset
    }
    if isolation == .readCommitted {
      read.aborted = aborted.filter { $0.lastOffset >= offset && $0.firstOffset < end }
        .sorted { $0.firstOffset < $1.firstOffset }
    }
    return read
  }

  /// The first record at or after `time`, ms since the epoch, among those that `isolation` shows.
  func firstRecord(from time: Int64, isolation: Isolation) -> (offset: Int64, timestamp: Int64)? {
    let limit = limit(isolation)
    // Producers' clocks differ, so maximum timestamps are in no order.
    return batches.first { !$0.isControl && $0.maxTimestamp >= time && $0.endOffset <= limit }?.firstRecord(from: time)
  }

  private func index(holding offset: Int64) -> Int {
    var (low, high) = (0, batches.count)
    while low < high {
      let middle = (low + high) / 2
      if batches[middle].endOffset > offset { high = middle } else { low = middle + 1 }
    }
    return low
  }
}

enum Isolation {
  case readUncommitted, readCommitted
}
