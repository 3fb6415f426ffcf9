/// Reading what has to lie within bounds, so that no arithmetic traps over a state that was damaged.
extension StateReader {
  mutating func integer(in range: ClosedRange<Int>) throws(StateError) -> Int {
    let at = position
    let value = try read(Int.self)
    guard range.contains(value) else {
      throw StateError(expected: "a number in \(range)", found: "\(value)", at: at)
    }
    return value
  }

  /// What only ever grew by one.
  mutating func counter() throws(StateError) -> Int { try integer(in: 0...1 << 60) }

  /// Finite, and no further from zero than `limit`.
  mutating func real(upTo limit: Double) throws(StateError) -> Double {
    let at = position
    let value = try read(Double.self)
    guard value.magnitude <= limit else {
      throw StateError(expected: "a number in ±\(limit)", found: "\(value)", at: at)
    }
    return value
  }

  /// A span of time, ahead or back, that can be added to a moment.
  mutating func millis() throws(StateError) -> Int64 { Int64(try integer(in: -Self.maxMillis...Self.maxMillis)) }

  /// A moment with which one can compute: 30,000 years around the epoch.
  mutating func moment() throws(StateError) -> Timestamp { Timestamp(millis: try millis()) }

  mutating func momentIfAny() throws(StateError) -> Timestamp? { try read(Bool.self) ? try moment() : nil }
  mutating func millisIfAny() throws(StateError) -> Int64? { try read(Bool.self) ? try millis() : nil }

  /// What was read as plain timestamps.
  func check(moments: [Timestamp]) throws(StateError) {
    let range = Timestamp(millis: -Int64(Self.maxMillis))...Timestamp(millis: Int64(Self.maxMillis))
    if let moment = moments.first(where: { !range.contains($0) }) {
      throw error("a moment within 2^50 ms of the epoch", found: "\(moment.millis) ms")
    }
  }

  private static var maxMillis: Int { 1 << 50 }
}
