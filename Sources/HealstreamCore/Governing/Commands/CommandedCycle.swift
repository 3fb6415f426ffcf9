/// What a cycle that a command asked for came to, and when.
struct CommandedCycle: Equatable, Sendable {
  let at: Timestamp
  let summary: String

  /// No more than one within this much append time: a cycle looks at everything, and a flood of them would hold up a command
  /// that stops healing.
  static let pauseMillis: Int64 = 1000

  init(_ report: CycleReport, _ refusals: RefusalTally, at: Timestamp) {
    self.at = at
    let counts = "\(report.actionsTaken) actions taken, \(report.actionsSkipped) skipped"
    summary = refusals.isEmpty ? counts : "\(counts): \(refusals.summary)"
  }
}

extension CommandedCycle: StateValue {
  func write(to state: inout StateWriter) { state.write(at, summary) }

  init(from state: inout StateReader) throws(StateError) {
    at = try state.moment()
    summary = try state.read()
  }
}
