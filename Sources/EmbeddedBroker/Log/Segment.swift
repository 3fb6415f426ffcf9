/// One run of a log: whole batches in offset order, and a sparse index over them that is kept in memory. Retention drops
/// segments, compaction rewrites them; only the last one of a log, the active one, grows.
struct Segment {
  /// Some batches that follow one another.
  private struct Block {
    let baseOffset: Int64
    let position: Int
    var maxTimestamp: Int64
  }

  private static let blockBytes = 4_096

  let baseOffset: Int64
  private(set) var endOffset: Int64
  private(set) var firstTimestamp: Int64?
  private(set) var maxTimestamp: Int64 = -1
  private var blocks: [Block] = []
  private var bytes: SegmentBytes

  var byteCount: Int { bytes.count }
  var isEmpty: Bool { byteCount == 0 }

  /// - Parameter file: nil keeps it in memory.
  init(baseOffset: Int64, file: File?) {
    (self.baseOffset, endOffset) = (baseOffset, baseOffset)
    bytes = SegmentBytes(file)
  }

  func create() throws(File.Failure) { try bytes.create() }
  func remove() throws(File.Failure) { try bytes.remove() }

  mutating func append(_ batch: RecordBatch) throws(File.Failure) {
    let position = bytes.count
    try bytes.append(batch.bytes)
    index(batch, at: position)
  }

  private mutating func index(_ batch: RecordBatch, at position: Int) {
    if let last = blocks.last, position - last.position < Self.blockBytes {
      blocks[blocks.count - 1].maxTimestamp = max(last.maxTimestamp, batch.maxTimestamp)
    } else {
      blocks.append(Block(baseOffset: batch.baseOffset, position: position, maxTimestamp: batch.maxTimestamp))
    }
    firstTimestamp = firstTimestamp ?? batch.maxTimestamp
    maxTimestamp = max(maxTimestamp, batch.maxTimestamp)
    endOffset = batch.endOffset
  }

  var batches: BatchCursor { BatchCursor(bytes) }

  // MARK: Reading

  /// Whole batches from the one that holds `offset` on, or the next where it is in none, that end at or below `limit`.
  /// - Parameter always: return the first one even if it is larger than `maxBytes`.
  func read(
    from offset: Int64, below limit: Int64, maxBytes: Int, always: Bool
  ) throws(File.Failure) -> (bytes: ArraySlice<UInt8>, endOffset: Int64) {
    let block = index(of: offset)
    guard block < blocks.count else { return ([], endOffset) }
    // The first batch is wholly in its block, or in the next where compaction has left a gap, so one reading does.
    let blockEnd = block + 2 < blocks.count ? blocks[block + 2].position : bytes.count
    let window = try bytes.read(blocks[block].position..<blockEnd + min(maxBytes, bytes.count - blockEnd))
    var (start, end, endOffset) = (window.startIndex, window.startIndex, Int64(0))
    while let batch = RecordBatch.Frame(in: window[end...]), batch.size <= window.endIndex - end {
      let next = end + batch.size
      if batch.endOffset <= offset {
        (start, end) = (next, next)
        continue
      }
      guard batch.endOffset <= limit, next - start <= maxBytes || always && start == end else { break }
      (end, endOffset) = (next, batch.endOffset)
    }
    return (window[start..<end], endOffset)
  }

  /// The first record at or after `time` and `start`, in a batch that ends at or below `limit`.
  func firstRecord(
    from time: Int64, at start: Int64, below limit: Int64
  ) throws(BatchCursor.Failure) -> (offset: Int64, timestamp: Int64)? {
    // Producers' clocks differ, so maximum timestamps are in no order.
    for (index, block) in blocks.enumerated() where block.maxTimestamp >= time {
      let end = index + 1 < blocks.count ? blocks[index + 1].position : bytes.count
      var cursor = BatchCursor(bytes, from: block.position)
      while cursor.position < end, let batch = try cursor.next(), batch.endOffset <= limit {
        guard !batch.isControl, batch.maxTimestamp >= time, batch.endOffset > start else { continue }
        return batch.firstRecord(from: time, at: start)
      }
    }
    return nil
  }

  /// The last block that begins at or before `offset`, or else the first.
  private func index(of offset: Int64) -> Int {
    var (low, high) = (0, blocks.count)
    while low < high {
      let middle = (low + high) / 2
      if blocks[middle].baseOffset > offset { high = middle } else { low = middle + 1 }
    }
    return max(0, low - 1)
  }

  // MARK: Files

  /// Puts the file of `other` in the place of this one's.
  mutating func replace(by other: Segment) throws(File.Failure) {
    guard let file = bytes.file else { return self = other }
    var rewritten = other
    try rewritten.bytes.move(to: file)
    self = rewritten
  }

  /// Takes up the file that a broker left which ran before.
  /// - Parameters:
  ///   - isActive: check every byte, and cut off a batch that was being written when the broker died.
  ///   - body: is told of each batch.
  init(
    found file: File, baseOffset: Int64, isActive: Bool, _ body: (RecordBatch) -> Void
  ) throws(BatchCursor.Failure) {
    self.init(baseOffset: baseOffset, file: file)
    do throws(File.Failure) { bytes = try SegmentBytes(found: file) } catch { throw .unreadable(error) }
    var cursor = batches
    do throws(BatchCursor.Failure) {
      while case let position = cursor.position, let batch = try cursor.next() {
        guard !isActive || batch.isIntact else { throw .damaged(at: position, .corruptMessage) }
        guard batch.baseOffset >= endOffset else { throw .damaged(at: position, .offsetOutOfRange) }
        index(batch, at: position)
        body(batch)
      }
    } catch {
      guard isActive, case .torn(let position) = error else { throw error }
      do throws(File.Failure) { try bytes.truncate(to: position) } catch { throw .unreadable(error) }
    }
  }
}
