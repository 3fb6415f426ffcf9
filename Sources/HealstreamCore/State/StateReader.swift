/// Reads what a `StateWriter` wrote, and trusts nothing of it: a count beyond the bytes that are left is an error, never an allocation.
package struct StateReader: Sendable {
  private let bytes: [UInt8]
  private(set) var position: Int
  private let end: Int

  package init(_ bytes: [UInt8]) { self.init(bytes, bytes.indices) }

  /// - Parameter range: what of the bytes is state.
  package init(_ bytes: [UInt8], _ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "state lies within its bytes")
    self.bytes = bytes
    position = range.lowerBound
    end = range.upperBound
  }

  package var remaining: Int { end - position }

  package mutating func read<Value: StateValue>(_ type: Value.Type = Value.self) throws(StateError) -> Value {
    try Value(from: &self)
  }

  /// What `write(bulk:)` wrote.
  package mutating func read<Element: StateWord>(bulk type: Element.Type = Element.self) throws(StateError) -> [Element]
  {
    let count = try readCount(ofElementsOf: MemoryLayout<Element>.size)
    return try read(count, of: type)
  }

  /// `count` elements that stand there without their count.
  package mutating func read<Element: StateWord>(_ count: Int, of type: Element.Type) throws(StateError) -> [Element] {
    let size = MemoryLayout<Element>.size
    guard count >= 0, count <= remaining / size else {
      throw error("\(count) elements of \(size) bytes", found: "\(remaining) bytes")
    }
    let range = position..<position + count * size
    position = range.upperBound
    return unsafe [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
      unsafe bytes.withUnsafeBytes { source in
        unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(from: UnsafeRawBufferPointer(rebasing: source[range]))
      }
      initialized = count
    }
  }

  /// A count of elements, each of which takes at least `size` bytes of what follows.
  package mutating func readCount(ofElementsOf size: Int = 1) throws(StateError) -> Int {
    let at = position
    let count = try read(Int.self)
    guard count >= 0, count <= remaining / max(1, size) else {
      throw StateError(
        expected: "a count of elements of at least \(size) bytes", found: "\(count), with \(remaining) bytes left",
        at: at)
    }
    return count
  }

  /// Nothing may follow.
  package func finish() throws(StateError) {
    guard remaining == 0 else { throw error("the end", found: "\(remaining) more bytes") }
  }

  /// What is wrong here.
  package func error(_ expected: String, found: String) -> StateError {
    StateError(expected: expected, found: found, at: position)
  }

  mutating func load<Word: StateWord>() throws(StateError) -> Word {
    let size = MemoryLayout<Word>.size
    guard size <= remaining else { throw error("\(size) bytes", found: "\(remaining)") }
    defer { position += size }
    return unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: position, as: Word.self) }
  }
}
