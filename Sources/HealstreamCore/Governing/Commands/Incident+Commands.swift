extension Incident {
  /// Who looks after it.
  struct Acknowledgement: Equatable, Sendable {
    let operatorID: String
    /// Not to be spoken of before it resolves.
    let isKnownIssue: Bool
  }

  /// A strategy that an operator does not want for this incident.
  struct RejectedStrategy: Equatable, Sendable {
    let strategy: Strategy
    let operatorID: String
  }

  /// The same alarm speaks, and not one that was raised later.
  func isAbout(_ statement: LevelStatement) -> Bool { evidence.raisedAt == statement.raisedAt }

  var isKnownIssue: Bool { acknowledgement?.isKnownIssue ?? false }
  /// As it is where deliveries come.
  var wakingStatus: Status { acknowledgement == nil ? .active : .acknowledged }

  func rejection(of strategy: Strategy) -> RejectedStrategy? { rejectedStrategies.first { $0.strategy == strategy } }

  mutating func reject(_ strategy: Strategy, by operatorID: String) {
    guard rejection(of: strategy) == nil else { return }
    rejectedStrategies.append(RejectedStrategy(strategy: strategy, operatorID: operatorID))
  }
}

extension Incident.Acknowledgement: StateValue {
  func write(to state: inout StateWriter) { state.write(operatorID, isKnownIssue) }

  init(from state: inout StateReader) throws(StateError) {
    operatorID = try state.read()
    isKnownIssue = try state.read()
  }
}

extension Incident.RejectedStrategy: StateValue {
  func write(to state: inout StateWriter) { state.write(strategy, operatorID) }

  init(from state: inout StateReader) throws(StateError) {
    strategy = try state.read()
    operatorID = try state.read()
  }
}
