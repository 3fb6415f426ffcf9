/// Whether healing is on, and who said so last.
///
/// The configuration says it at the very beginning, and at an epoch's boundary where its value is another than at the last one;
/// else commands do, and what they said outlives a restart. After a loss it is off until a command switches it on, whatever the
/// configuration says meanwhile.
struct KillSwitch: Equatable, Sendable {
  enum Cause: Equatable, Sendable {
    case configuration
    case command(operatorID: String)
    /// Records or state were lost, and with them what heals must not do again.
    case loss
  }

  private(set) var isHealingOn: Bool
  private(set) var cause = Cause.configuration
  /// What the configuration said last.
  private var configured: Bool

  init(configured: Bool) {
    isHealingOn = configured
    self.configured = configured
  }

  /// Other terms govern from here on.
  mutating func begin(configured: Bool, isAfterLoss: Bool) {
    if configured != self.configured {
      self.configured = configured
      if cause != .loss { (isHealingOn, cause) = (configured, .configuration) }
    }
    if isAfterLoss { (isHealingOn, cause) = (false, .loss) }
  }

  /// Off after a loss it is already, and stays so until it is switched on.
  mutating func turn(on isOn: Bool, by operatorID: String) {
    guard isOn || cause != .loss else { return }
    (isHealingOn, cause) = (isOn, .command(operatorID: operatorID))
  }

  /// For people: why it stands as it does.
  var reason: String {
    switch cause {
    case .configuration: "the configuration says so"
    case .command(let operatorID): "switched \(isHealingOn ? "on" : "off") by \(operatorID)"
    case .loss: "records or state were lost; it stays off until the command set-autoheal switches it on"
    }
  }
}

extension KillSwitch: StateValue {
  func write(to state: inout StateWriter) {
    state.write(isHealingOn, configured)
    switch cause {
    case .configuration: state.write(0 as UInt8)
    case .command(let operatorID): state.write(1 as UInt8, operatorID)
    case .loss: state.write(2 as UInt8)
    }
  }

  init(from state: inout StateReader) throws(StateError) {
    isHealingOn = try state.read()
    configured = try state.read()
    switch try state.read(UInt8.self) {
    case 0: cause = .configuration
    case 1: cause = .command(operatorID: try state.read())
    case 2: cause = .loss
    case let other: throw state.error("a cause of 0 to 2", found: "\(other)")
    }
  }
}
