/// The changes of an alarm's raw condition; one counts when it has held for two evaluations, so that a steady partial outage does
/// not seem to flap.
struct LevelChanges: StateValue, Sendable {
  private var times: [Timestamp]
  private var held = true
  private var isDoubtful = false
  private static let maxCount = 16

  init(raisedAt: Timestamp) { times = [raisedAt] }

  mutating func evaluate(isOn: Bool, at: Timestamp) {
    guard isOn != held else {
      isDoubtful = false
      return
    }
    if isDoubtful {
      held = isOn
      if times.count == Self.maxCount { times.removeFirst() }
      times.append(at)
    }
    isDoubtful.toggle()
  }

  func count(since: Timestamp) -> Int { times.count { $0 >= since } }

  // MARK: State

  func write(to state: inout StateWriter) { state.write(times, held, isDoubtful) }

  init(from state: inout StateReader) throws(StateError) {
    times = try state.read()
    try state.check(moments: times)
    guard times.count <= Self.maxCount else {
      throw state.error("up to \(Self.maxCount) changes", found: "\(times.count)")
    }
    held = try state.read()
    isDoubtful = try state.read()
  }
}
