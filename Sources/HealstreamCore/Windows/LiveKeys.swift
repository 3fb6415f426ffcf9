/// How many keys were seen last in each of the last 24 hours, so that those alive are known without looking at each.
struct LiveKeys: StateValue, Sendable {
  private var seenLast = [Int](repeating: 0, count: 32)
  private var hour: Int64 = .min
  private static let lifeHours: Int64 = 24

  /// A key that was seen last in hour `previous`, or never, is seen in `current`.
  mutating func note(previous: Int32?, current: Int32) {
    let current = Int64(current)
    advance(to: current)
    if let previous, hour - Int64(previous) < Self.lifeHours { seenLast[slot(Int64(previous))] -= 1 }
    if hour - current < Self.lifeHours { seenLast[slot(current)] += 1 }
  }

  mutating func advance(to later: Int64) {
    guard later > hour else { return }
    let passed = hour == .min ? 0 : min(later - hour, Int64(seenLast.count))
    for back in 0..<passed { seenLast[slot(later - back)] = 0 }
    hour = later
  }

  /// Seen in the current hour or the `hours` − 1 before it.
  func count(hours: Int64 = lifeHours) -> Int {
    guard hour != .min else { return 0 }
    var sum = 0
    for back in 0..<hours { sum += seenLast[slot(hour - back)] }
    return sum
  }

  private func slot(_ hour: Int64) -> Int { Int(hour & Int64(seenLast.count - 1)) }

  // MARK: State

  init() {}

  func write(to state: inout StateWriter) { state.write(ring: seenLast, at: hour) }

  init(from state: inout StateReader) throws(StateError) {
    self.init()
    (seenLast, hour) = try state.ring(of: seenLast.count)
  }
}
