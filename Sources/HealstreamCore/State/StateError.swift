/// Bytes that are no state of this kind.
package struct StateError: Error, Equatable, Sendable, CustomStringConvertible {
  package let expected: String
  package let found: String
  /// Bytes from the start of the snapshot.
  package let position: Int

  package init(expected: String, found: String, at position: Int) {
    self.expected = expected
    self.found = found
    self.position = position
  }

  package var description: String { "expected \(expected) at byte \(position), found \(found)" }
}
