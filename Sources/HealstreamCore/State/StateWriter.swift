/// Takes a fold's state as flat bytes: little-endian, without padding, in the order of the calls.
///
/// The same state gives the same bytes, on any machine.
package struct StateWriter: Sendable {
  package private(set) var bytes: [UInt8]

  /// - Parameter capacity: bytes to make room for at once, where it is known about how many will come.
  package init(capacity: Int = 0) {
    bytes = []
    bytes.reserveCapacity(capacity)
  }

  /// Writes into memory that was used before: fresh memory costs four times the copying itself, page by page.
  package init(reusing buffer: consuming [UInt8]) {
    bytes = consume buffer
    bytes.removeAll(keepingCapacity: true)
  }

  package mutating func write<each Value: StateValue>(_ values: repeat each Value) {
    repeat (each values).write(to: &self)
  }

  mutating func append(_ word: some StateWord) {
    unsafe withUnsafeBytes(of: word) { unsafe bytes.append(contentsOf: $0) }
  }

  /// The count, then the elements' bytes at once.
  package mutating func write<Element: StateWord>(bulk elements: Span<Element>) {
    write(elements.count)
    append(elements)
  }

  /// The elements' bytes at once, where the reader knows how many there are.
  package mutating func append<Element: StateWord>(_ elements: Span<Element>) {
    #if _endian(little)
      unsafe elements.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    #else
      #error("state is copied in bulk, which takes a little-endian machine")
    #endif
  }
}
