/// Elements by number, in chunks that stay where they are: growing moves nothing, and holds no second copy while it does.
struct ChunkedArray<Element: Sendable>: Sendable {
  /// All but the last are full.
  private var chunks: [[Element]] = []
  private(set) var count = 0

  init() {}

  /// Elements of a chunk, as a power of two.
  private static var chunkBits: Int { 10 }
  static var chunkCount: Int { 1 << chunkBits }

  var indices: Range<Int> { 0..<count }
  var isEmpty: Bool { count == 0 }

  mutating func append(_ element: Element) {
    if count & (Self.chunkCount - 1) == 0 {
      chunks.append([])
      chunks[chunks.count - 1].reserveCapacity(Self.chunkCount)
    }
    chunks[chunks.count - 1].append(element)
    count += 1
  }

  subscript(index: Int) -> Element {
    @inline(__always) _read { yield chunks[index >> Self.chunkBits][index & (Self.chunkCount - 1)] }
    @inline(__always) _modify { yield &chunks[index >> Self.chunkBits][index & (Self.chunkCount - 1)] }
  }
}

// MARK: Memory

extension ChunkedArray where Element: BitwiseCopyable {
  /// Loads a word of each cache line of an element.
  /// - Precondition: an element is a word or more.
  /// - Returns: what depends on all of them, so that no load is left out.
  @inline(__always)
  func touch(_ index: Int) -> UInt64 {
    let start = (index & (Self.chunkCount - 1)) &* MemoryLayout<Element>.stride
    return unsafe chunks[index >> Self.chunkBits].withUnsafeBytes { bytes in
      precondition(MemoryLayout<Element>.size >= 8)
      let last = start + MemoryLayout<Element>.size - 8
      var sum = unsafe bytes.loadUnaligned(fromByteOffset: last, as: UInt64.self)
      for line in stride(from: start, to: last, by: 64) {
        sum |= unsafe bytes.loadUnaligned(fromByteOffset: line, as: UInt64.self)
      }
      return sum
    }
  }
}

// MARK: State

/// The elements' bytes at once.
extension ChunkedArray: StateValue where Element: StateWord {
  func write(to state: inout StateWriter) {
    state.write(count)
    for chunk in chunks { state.append(chunk.span) }
  }

  init(from state: inout StateReader) throws(StateError) {
    self.init()
    count = try state.readCount(ofElementsOf: MemoryLayout<Element>.size)
    for start in stride(from: 0, to: count, by: Self.chunkCount) {
      var chunk = try state.read(min(Self.chunkCount, count - start), of: Element.self)
      chunk.reserveCapacity(Self.chunkCount)
      chunks.append(chunk)
    }
  }
}
