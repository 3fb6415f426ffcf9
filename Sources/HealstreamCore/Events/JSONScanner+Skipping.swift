extension JSONScanner {
  /// Passes a value of any kind, checking all of it: level by level, not call by call.
  @inline(never) @_lifetime(self: copy self)
  mutating func skipValue() throws(JSONFailure) {
    /// A bit for each level entered, the innermost lowest: set for an object. `maxDepth` of them fit.
    var levels: UInt64 = 0
    let outside = depth
    repeat {
      switch try kind() {
      case .string: _ = try string()
      case .number: _ = try number()
      case .boolean, .null: _ = try literal()
      case .object:
        guard try openObject() else { break }
        levels = levels &<< 1 | 1
        _ = try name()
        continue
      case .array:
        guard try openArray() else { break }
        levels = levels &<< 1
        continue
      }
      try endLevels(&levels, outside: outside)
    } while depth > outside
  }

  /// Behind a value: leaves the levels that end here, up to the next value.
  @inline(__always) @_lifetime(self: copy self)
  private mutating func endLevels(_ levels: inout UInt64, outside: Int) throws(JSONFailure) {
    while depth > outside {
      if levels & 1 == 1 {
        guard try !hasNextMember() else {
          _ = try name()
          return
        }
      } else {
        guard try !hasNextElement() else { return }
      }
      levels &>>= 1
    }
  }
}
