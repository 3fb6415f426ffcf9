/// Where a text lies in its record, without its quotes; still escaped, but known to be well formed.
package struct TextRange: Equatable, Sendable {
  package var start: UInt32
  /// In bytes, as they stand in the record.
  package var count: UInt32
  /// Whether a `\` stands in it.
  package var isEscaped: Bool

  package init(start: UInt32 = 0, count: UInt32 = 0, isEscaped: Bool = false) {
    self.start = start
    self.count = count
    self.isEscaped = isEscaped
  }

  var bounds: Range<Int> { Int(start)..<Int(start) + Int(count) }
}
