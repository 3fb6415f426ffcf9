/// The changes of an alarm's raw condition; one counts when it has held for two evaluations, so that a steady partial outage does
/// not seem to flap.
struct LevelChanges: Sendable {
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
}
