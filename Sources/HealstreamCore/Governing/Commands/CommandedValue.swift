/// A setting that commands can change.
///
/// The configuration says it at the very beginning, and at an epoch's boundary where its value is another than at the last one;
/// else commands do, and what they said outlives a restart. `KillSwitch` knows losses beside that.
struct CommandedValue<Value: Equatable & Sendable & StateValue>: Equatable, Sendable {
  private(set) var value: Value
  /// What the configuration said last.
  private var configured: Value

  init(configured: Value) {
    value = configured
    self.configured = configured
  }

  /// Other terms govern from here on.
  mutating func begin(configured: Value) {
    guard configured != self.configured else { return }
    self.configured = configured
    value = configured
  }

  mutating func set(_ value: Value) { self.value = value }
}

extension CommandedValue: StateValue {
  func write(to state: inout StateWriter) { state.write(value, configured) }

  init(from state: inout StateReader) throws(StateError) {
    value = try state.read()
    configured = try state.read()
  }
}
