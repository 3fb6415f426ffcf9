/// Walks the batches of a segment in order, a window at a time.
struct BatchCursor {
  enum Failure: Error, Equatable {
    case unreadable(File.Failure)
    case torn(at: Int)  // the bytes end within a batch, as after a write that was interrupted
    case damaged(at: Int, ErrorCode)
  }

  private let bytes: SegmentBytes
  private var window: ArraySlice<UInt8> = []
  /// Where the next batch begins, in bytes from the start of the segment.
  private(set) var position: Int

  init(_ bytes: SegmentBytes, from position: Int = 0) {
    self.bytes = bytes
    self.position = position
  }

  /// - Returns: nil at the end.
  mutating func next() throws(Failure) -> RecordBatch? {
    guard position < bytes.count else { return nil }
    try fill(RecordBatch.headerBytes)
    guard let size = RecordBatch.Frame(in: window)?.size else { throw .damaged(at: position, .invalidRecord) }
    try fill(size)
    do throws(ErrorCode) {
      let batch = try RecordBatch(stored: window.prefix(size))
      window = window.dropFirst(size)
      position += size
      return batch
    } catch { throw .damaged(at: position, error) }
  }

  private mutating func fill(_ count: Int) throws(Failure) {
    guard window.count < count else { return }
    guard count <= bytes.count - position else { throw .torn(at: position) }
    do throws(File.Failure) {
      window = try bytes.read(position..<position + max(count, SegmentBytes.windowBytes))
    } catch { throw .unreadable(error) }
    guard window.count >= count else { throw .torn(at: position) }
  }
}

extension RecordBatch {
  /// As much of a batch as finding one needs.
  struct Frame {
    let endOffset: Int64
    let size: Int

    /// Of the batch that begins where `bytes` do; nil where they hold no whole header, or one that cannot be.
    init?(in bytes: ArraySlice<UInt8>) {
      guard bytes.count >= RecordBatch.headerBytes else { return nil }
      func number(_ at: Int, _ count: Int) -> Int64 {
        let start = bytes.startIndex + at
        return bytes[start..<start + count].reduce(0) { $0 << 8 | Int64($1) }
      }
      endOffset = number(0, 8) &+ number(23, 4) &+ 1
      size = Int(number(8, 4)) + 12
      guard size >= RecordBatch.headerBytes else { return nil }
    }
  }
}
