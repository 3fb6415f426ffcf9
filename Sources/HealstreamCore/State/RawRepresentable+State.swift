/// An enumeration stands in the state as its raw value, which must be one of its cases.
extension StateValue where Self: RawRepresentable, RawValue: StateValue {
  package func write(to state: inout StateWriter) { state.write(rawValue) }

  package init(from state: inout StateReader) throws(StateError) {
    let at = state.position
    let raw = try state.read(RawValue.self)
    guard let value = Self(rawValue: raw) else {
      throw StateError(expected: "a case of \(Self.self)", found: "\(raw)", at: at)
    }
    self = value
  }
}
