/// Whether healing is on, and who said so last.
///
/// The configuration says it at the very beginning, and at an epoch's boundary where its value is another than at the last one;
/// else commands do, and what they said outlives a restart. After a loss it is off until a command switches it on, whatever the
/// configuration says meanwhile.
///
/// An order to switch it off is read ahead of the signals that lie before it; until it has had its turn there, healing is held.
struct KillSwitch: Equatable, Sendable {
  enum Cause: Equatable, Sendable {
    case configuration
    case command(operatorID: String)
    /// Records or state were lost, and with them what heals must not do again.
    case loss
  }

  private(set) var cause = Cause.configuration
  /// What was said last, whatever is awaited.
  private var isOn: Bool
  /// The orders that have not had their turn yet, the last of each partition.
  private var awaited: [CommandPlace] = []
  /// What the configuration said last.
  private var configured: Bool

  init(configured: Bool) {
    isOn = configured
    self.configured = configured
  }

  var isHealingOn: Bool { isOn && awaited.isEmpty }

  /// Other terms govern from here on.
  mutating func begin(configured: Bool, isAfterLoss: Bool) {
    if configured != self.configured {
      self.configured = configured
      if cause != .loss { (isOn, cause) = (configured, .configuration) }
    }
    if isAfterLoss { (isOn, cause) = (false, .loss) }
  }

  /// Off after a loss it is already, and stays so until it is switched on.
  mutating func turn(on isOn: Bool, by operatorID: String) {
    guard isOn || cause != .loss else { return }
    (self.isOn, cause) = (isOn, .command(operatorID: operatorID))
  }

  /// Off until the order has had its turn.
  mutating func hold(for order: CommandPlace) {
    awaited.removeAll { $0.partition == order.partition && $0.offset <= order.offset }
    awaited.append(order)
  }

  /// The command there has had its turn.
  mutating func reach(_ place: CommandPlace) {
    awaited.removeAll { $0.partition == place.partition && $0.offset <= place.offset }
  }

  /// For people: why it stands as it does.
  var reason: String {
    switch cause {
    case _ where isOn && !awaited.isEmpty: "an order to switch it off has been read and is about to be folded"
    case .configuration: "the configuration says so"
    case .command(let operatorID): "switched \(isOn ? "on" : "off") by \(operatorID)"
    case .loss: "records or state were lost; it stays off until the command set-autoheal switches it on"
    }
  }
}

extension KillSwitch: StateValue {
  func write(to state: inout StateWriter) {
    state.write(isOn, configured, awaited)
    switch cause {
    case .configuration: state.write(0 as UInt8)
    case .command(let operatorID): state.write(1 as UInt8, operatorID)
    case .loss: state.write(2 as UInt8)
    }
  }

  init(from state: inout StateReader) throws(StateError) {
    isOn = try state.read()
    configured = try state.read()
    awaited = try state.read()
    switch try state.read(UInt8.self) {
    case 0: cause = .configuration
    case 1: cause = .command(operatorID: try state.read())
    case 2: cause = .loss
    case let other: throw state.error("a cause of 0 to 2", found: "\(other)")
    }
  }
}
