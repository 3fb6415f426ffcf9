/// What becomes of the deliveries that a dry run would have replayed: whether they needed it.
struct DryRunWatch: Equatable, Sendable {
  /// Of which nothing is known yet.
  private(set) var waiting: [String]
  /// Delivered without the replay.
  private(set) var deliveredAnyway = 0

  init(_ deliveries: [String]) { waiting = deliveries }

  mutating func note(_ delivered: Set<String>) {
    let before = waiting.count
    waiting.removeAll { delivered.contains($0) }
    deliveredAnyway += before - waiting.count
  }

  var count: Int { waiting.count + deliveredAnyway }

  /// `ineffective`: they were delivered anyway; `effective`: they were not, although the endpoint has recovered; else nobody knows.
  func outcome(successShare: Double, hasRecovered: Bool) -> HealAction.Outcome {
    if Double(deliveredAnyway) >= successShare * Double(count) { return .ineffective }
    return hasRecovered ? .effective : .inconclusive
  }

  /// For people: `3 of 8 deliveries that would have been replayed were delivered anyway (38 %), 5 were not`.
  func evidence(hasRecovered: Bool) -> String {
    let share = readablePercent(count == 0 ? 0 : Double(deliveredAnyway) / Double(count))
    let rest =
      waiting.isEmpty ? "" : ", \(waiting.count) were not" + (hasRecovered ? " although the endpoint recovered" : "")
    return "\(deliveredAnyway) of \(count) deliveries that would have been replayed were delivered anyway (\(share))"
      + rest
  }
}

extension DryRunWatch: StateValue {
  func write(to state: inout StateWriter) { state.write(waiting, deliveredAnyway) }

  init(from state: inout StateReader) throws(StateError) {
    waiting = try state.read()
    deliveredAnyway = try state.counter()
  }
}
