/// First attempts and failures of a whole partition over the last five minutes of stream time.
struct PartitionWindow: StateValue, Sendable {
  private var minutes = [(attempts: Int, failures: Int)](repeating: (0, 0), count: 8)
  private var minute: Int64 = .min
  private static let recentMinutes: Int64 = 5

  mutating func advance(to later: Int64) {
    guard later > minute else { return }
    let passed = minute == .min ? 0 : min(later - minute, Int64(minutes.count))
    for back in 0..<passed { minutes[slot(later - back)] = (0, 0) }
    minute = later
  }

  /// A late event counts in its own minute, where that is among the last five.
  mutating func add(failed: Bool, atMinute at: Int64) {
    guard minute - at < Self.recentMinutes else { return }
    minutes[slot(at)].attempts += 1
    if failed { minutes[slot(at)].failures += 1 }
  }

  var recent: (attempts: Int, failures: Int) {
    var sum = (attempts: 0, failures: 0)
    for back in 0..<Self.recentMinutes where minute != .min {
      sum.attempts += minutes[slot(minute - back)].attempts
      sum.failures += minutes[slot(minute - back)].failures
    }
    return sum
  }

  private func slot(_ minute: Int64) -> Int { Int(minute & Int64(minutes.count - 1)) }

  // MARK: State

  init() {}

  func write(to state: inout StateWriter) {
    state.write(minute)
    for minute in minutes { state.write(minute.attempts, minute.failures) }
  }

  init(from state: inout StateReader) throws(StateError) {
    self.init()
    minute = try state.read()
    guard minute.isMinuteOrNever else { throw state.error("a minute", found: "\(minute)") }
    for index in minutes.indices { minutes[index] = (try state.counter(), try state.counter()) }
  }
}
