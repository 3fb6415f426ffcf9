/// The log of one partition: its batches in offset order, and what its producers and their transactions left there, which
/// can be told again from the batches.
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
    var startOffset: Int64 = -1
    var bytes: ArraySlice<UInt8> = []
    var aborted: [AbortedTransaction] = []
  }

  /// In memory a segment must not be so large that copying it, as it grows, is felt.
  private static let maxMemorySegmentBytes = 16 << 20

  /// Never empty; the last one is the active one.
  var segments: [Segment]
  let directory: File?  // nil: in memory
  private var producers: [Int64: ProducerState] = [:]
  private(set) var openTransactions: [Int64: Int64] = [:]  // producer id: first offset
  private(set) var aborted: [AbortedTransaction] = []  // by last offset
  private(set) var lastAppendTime: Int64 = -1
  var compactedBelow: Int64 = 0
  var isPartlyCompacted = false  // what is compacted holds tombstones that are still to go

  /// The first offset that a fetch may ask for; records before it may still be stored.
  private(set) var startOffset: Int64 = 0
  /// The next offset to be given; with one replica it is the high watermark too.
  private(set) var endOffset: Int64 = 0
  /// Every transaction below has ended (KIP-98's last stable offset).
  var lastStableOffset: Int64 { max(startOffset, openTransactions.values.min() ?? endOffset) }
  var isEmpty: Bool { segments.count == 1 && segments[0].isEmpty }
  var byteCount: Int { segments.reduce(0) { $0 + $1.byteCount } }

  /// - Parameter directory: where to keep it; made when there is something to keep.
  init(in directory: File? = nil) {
    self.directory = directory
    segments = [Segment(baseOffset: 0, file: directory.map { Self.file(0, in: $0) })]
  }

  func limit(_ isolation: Isolation) -> Int64 { isolation == .readCommitted ? lastStableOffset : endOffset }

  // MARK: Writing

  /// - Parameter appendTime: the time to stamp on the records, in ms since the epoch; nil keeps the producer's.
  /// - Returns: the offset of the first record; of the first copy, when a producer sent the batch again.
  mutating func append(
    _ produced: consuming RecordBatch, appendTime: Int64?, configuration: TopicConfiguration = .init()
  ) throws(ErrorCode) -> Int64 {
    var batch = produced
    if batch.isIdempotent, let known = producers[batch.producer.id], let copy = try known.check(batch) { return copy }
    if let appendTime { batch.stampAppendTime(appendTime) }
    batch.assign(baseOffset: endOffset)
    if isFull(for: batch, configuration) { try roll() }
    try store(batch)
    return batch.baseOffset
  }

  /// Writes the marker that ends the producer's transaction here.
  mutating func endTransaction(_ outcome: TransactionOutcome, by producer: Producer, now: Int64) throws(ErrorCode) {
    var marker = RecordBatch(marking: outcome, by: producer, timestamp: now)
    marker.assign(baseOffset: endOffset)
    try store(marker)
  }

  private mutating func store(_ batch: RecordBatch) throws(ErrorCode) {
    try ErrorCode.onDisk { () throws(File.Failure) in
      if endOffset == 0 { try directory?.createDirectory() }
      try segments[segments.count - 1].append(batch)
    }
    note(batch)
  }

  /// Keeps what a batch in the log says of its producer and its transaction.
  private mutating func note(_ batch: RecordBatch) {
    endOffset = batch.endOffset
    if batch.hasAppendTime { lastAppendTime = max(lastAppendTime, batch.maxTimestamp) }
    guard batch.isIdempotent else { return }
    let id = batch.producer.id
    if batch.isControl {
      producers[id, default: ProducerState(epoch: batch.producer.epoch)].advance(to: batch.producer.epoch)
      guard let first = openTransactions.removeValue(forKey: id), batch.outcome == .aborted else { return }
      aborted.append(AbortedTransaction(producerID: id, firstOffset: first, lastOffset: batch.baseOffset))
    } else {
      producers[id, default: ProducerState(epoch: batch.producer.epoch)].record(batch)
      if batch.isTransactional, openTransactions[id] == nil { openTransactions[id] = batch.baseOffset }
    }
  }

  func epoch(ofProducer id: Int64) -> Int16 { producers[id]?.epoch ?? .max }
  func lastOffset(ofProducer id: Int64) -> Int64? { producers[id]?.lastOffset }

  // MARK: Segments

  private func isFull(for batch: RecordBatch, _ configuration: TopicConfiguration) -> Bool {
    let active = segments[segments.count - 1]
    let maxBytes = directory == nil ? Self.maxMemorySegmentBytes : .max
    let size = active.byteCount + batch.bytes.count
    return !active.isEmpty
      && (size > min(configuration.segmentBytes, maxBytes) || isOld(active, at: batch.maxTimestamp, configuration))
  }

  /// A segment is old when it holds records so much older than `time`.
  func isOld(_ segment: Segment, at time: Int64, _ configuration: TopicConfiguration) -> Bool {
    segment.firstTimestamp.map { time.subtractingReportingOverflow($0).partialValue >= configuration.segmentMillis }
      ?? false
  }

  /// Begins a new active segment.
  mutating func roll() throws(ErrorCode) {
    let segment = Segment(baseOffset: endOffset, file: directory.map { Self.file(endOffset, in: $0) })
    try ErrorCode.onDisk { () throws(File.Failure) in try segment.create() }
    segments.append(segment)
  }

  /// Makes `offset` the first to be read, and removes segments that end before.
  /// - Throws: `.offsetOutOfRange` beyond the end.
  mutating func cut(to offset: Int64) throws(ErrorCode) {
    guard (0...endOffset).contains(offset) else { throw .offsetOutOfRange }
    startOffset = max(startOffset, offset)
    try ErrorCode.onDisk { () throws(File.Failure) in try removeCutSegments() }
  }

  private mutating func removeCutSegments() throws(File.Failure) {
    while segments.count > 1, segments[0].endOffset <= startOffset { try removeFirstSegment() }
  }

  mutating func removeFirstSegment() throws(File.Failure) {
    try segments[0].remove()
    segments.removeFirst()
    startOffset = max(startOffset, segments[0].baseOffset)
    aborted.removeAll { $0.lastOffset < startOffset }
  }

  /// Their records are gone, and so are the markers with which readers would end them.
  mutating func forgetAborted(endingAt offsets: Set<Int64>) { aborted.removeAll { offsets.contains($0.lastOffset) } }

  static func file(_ baseOffset: Int64, in directory: File) -> File {
    let digits = String(baseOffset)
    return directory[String(repeating: "0", count: 20 - digits.count) + digits + ".log"]
  }

  // MARK: Reading

  /// Whole batches from the one that holds `offset` on, up to `maxBytes`.
  /// - Parameter always: return the first one even if it is larger, so that a consumer cannot get stuck.
  func read(from offset: Int64, isolation: Isolation, maxBytes: Int, always: Bool) throws(ErrorCode) -> Read {
    var read = Read(endOffset: endOffset, lastStableOffset: lastStableOffset, startOffset: startOffset)
    let limit = limit(isolation)
    var (index, end) = (index(holding: offset), Int64(0))
    // Where compaction has left nothing of a segment, the next one goes on.
    while offset < limit, index < segments.count, segments[index].baseOffset < limit {
      (read.bytes, end) = try ErrorCode.onDisk { () throws(File.Failure) in
        try segments[index].read(from: offset, below: limit, maxBytes: maxBytes, always: always)
      }
      guard segments[index].isEmpty else { break }
      index += 1
    }
    if isolation == .readCommitted {
      read.aborted = aborted.filter { $0.lastOffset >= offset && $0.firstOffset < end }
        .sorted { $0.firstOffset < $1.firstOffset }
    }
    return read
  }

  /// The first record at or after `time`, ms since the epoch, among those that `isolation` shows.
  func firstRecord(from time: Int64, isolation: Isolation) throws(ErrorCode) -> (offset: Int64, timestamp: Int64)? {
    do throws(BatchCursor.Failure) {
      for segment in segments where segment.maxTimestamp >= time {
        let found = try segment.firstRecord(from: time, at: startOffset, below: limit(isolation))
        if let found { return found }
      }
      return nil
    } catch { throw .kafkaStorageError }
  }

  private func index(holding offset: Int64) -> Int {
    var (low, high) = (0, segments.count)
    while low < high {
      let middle = (low + high) / 2
      if segments[middle].endOffset > offset { high = middle } else { low = middle + 1 }
    }
    return low
  }

  // MARK: Recovery

  /// Takes up what a broker that ran before has left in the directory, cut to the start offset known so far.
  mutating func recover() throws(BrokerError) {
    guard let directory else { return }
    var names = try BrokerError.onDisk { () throws(File.Failure) in try directory.names() }
    for name in names where name.hasSuffix(Self.rewrittenSuffix) {
      try BrokerError.onDisk { () throws(File.Failure) in try directory[name].remove() }
    }
    names.removeAll { !$0.hasSuffix(".log") }
    let found = try names.map { name throws(BrokerError) in
      guard let base = Int64(name.dropLast(4)), base >= 0 else { throw .damaged(path: directory[name].path, at: 0) }
      return base
    }
    if !found.isEmpty { segments = [] }
    for base in found {
      let file = Self.file(base, in: directory)
      do throws(BatchCursor.Failure) {
        guard base >= endOffset else { throw .damaged(at: 0, .offsetOutOfRange) }
        endOffset = base
        segments.append(try Segment(found: file, baseOffset: base, isActive: base == found.last) { note($0) })
      } catch { throw BrokerError(error, in: file) }
    }
    if endOffset < startOffset { throw .damaged(path: directory.path, at: 0) }
    startOffset = max(startOffset, segments[0].baseOffset)
    try BrokerError.onDisk { () throws(File.Failure) in try removeCutSegments() }
  }

  static let rewrittenSuffix = ".rewritten"

  /// Before ``recover()``: what is known of the start without the files.
  mutating func begin(at offset: Int64) { startOffset = max(startOffset, offset) }
}

enum Isolation {
  case readUncommitted, readCommitted
}
