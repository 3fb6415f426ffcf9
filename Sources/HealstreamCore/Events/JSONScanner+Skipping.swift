extension JSONScanner {
  /// Passes a value of any kind, checking all of it. Its recursion is bounded by `maxDepth`.
  @inline(never) @_lifetime(self: copy self)
  mutating func skipValue() throws(JSONFailure) {
    switch try kind() {
    case .string: _ = try string()
    case .number: _ = try number()
    case .boolean, .null: _ = try literal()
    case .object: try skipObject()
    case .array: try skipArray()
    }
  }

  @_lifetime(self: copy self)
  mutating func skipObject() throws(JSONFailure) {
    guard try openObject() else { return }
    repeat {
      _ = try name()
      try skipValue()
    } while try hasNextMember()
  }

  @_lifetime(self: copy self)
  private mutating func skipArray() throws(JSONFailure) {
    guard try openArray() else { return }
    repeat { try skipValue() } while try hasNextElement()
  }
}
