/// A command that asked for an action, which no incident did.
struct Asking: Equatable, Sendable {
  let operatorID: String
  let commandID: String

  /// One action a command, strategy and subject.
  func actionID(_ strategy: Strategy, for subject: HealSubject) -> String {
    var id = DerivedID.Builder("asked action")
    id.add(commandID)
    id.add(strategy.rawValue)
    id.add(subject.tenantID)
    id.add(subject.endpoint ?? "")
    return id.finish().hex
  }
}

extension Asking: StateValue {
  func write(to state: inout StateWriter) { state.write(operatorID, commandID) }

  init(from state: inout StateReader) throws(StateError) {
    operatorID = try state.read()
    commandID = try state.read()
  }
}
