/// How many of the present runs of failures began in each of the last minutes. A run that ends is taken out of its minute.
struct RecentStarts: StateValue, Sendable {
  private var starts = [Int](repeating: 0, count: 8)
  private var minute: Int64 = .min
  static let recentMinutes: Int64 = 5

  mutating func begin(at start: Int64) {
    advance(to: start)
    if minute - start < Self.recentMinutes { starts[slot(start)] += 1 }
  }

  mutating func end(startedAt start: Int64) {
    if minute - start < Self.recentMinutes { starts[slot(start)] -= 1 }
  }

  mutating func advance(to later: Int64) {
    guard later > minute else { return }
    let passed = minute == .min ? 0 : min(later - minute, Int64(starts.count))
    for back in 0..<passed { starts[slot(later - back)] = 0 }
    minute = later
  }

  /// In the current minute and the four before it.
  var count: Int {
    var sum = 0
    for back in 0..<Self.recentMinutes where minute != .min { sum += starts[slot(minute - back)] }
    return sum
  }

  private func slot(_ minute: Int64) -> Int { Int(minute & Int64(starts.count - 1)) }

  // MARK: State

  init() {}

  func write(to state: inout StateWriter) { state.write(ring: starts, at: minute) }

  init(from state: inout StateReader) throws(StateError) {
    self.init()
    (starts, minute) = try state.ring(of: starts.count)
  }
}
