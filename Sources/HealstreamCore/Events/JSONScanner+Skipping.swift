extension JSONScanner {
  /// Passes a value of any kind, checking all of it.
  @inline(__always) @_lifetime(self: copy self)
  mutating func skipValue() throws(JSONFailure) { position = try endOfValue() }

  /// Level by level, not call by call.
  @inline(never)
  private func endOfValue() throws(JSONFailure) -> Int {
    var rest = self
    /// A bit for each level entered, the innermost lowest: set for an object, whose values have names. `maxDepth` of them fit.
    var levels: UInt64 = 0
    repeat {
      if levels & 1 == 1 { _ = try rest.name() }
      switch try rest.kind() {
      case .string: _ = try rest.string()
      case .number: _ = try rest.number()
      case .boolean, .null: _ = try rest.literal()
      case .object:
        guard try rest.openObject() else { break }
        levels = levels &<< 1 | 1
        continue
      case .array:
        guard try rest.openArray() else { break }
        levels = levels &<< 1
        continue
      }
      while rest.depth > depth, try !(levels & 1 == 1 ? rest.hasNextMember() : rest.hasNextElement()) {
        levels &>>= 1
      }
    } while rest.depth > depth
    return rest.position
  }
}
