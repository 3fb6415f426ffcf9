/// The switches in force, which executors obey beside the actions themselves.
struct Switches: Equatable, Sendable {
  let autohealEnabled: Bool
  let isDryRun: Bool
  let enforcementPercent: Int
  let isPassive: Bool
  /// Why healing is on or off.
  let reason: String

  init(_ settings: GovernorSettings, _ killSwitch: KillSwitch) {
    autohealEnabled = killSwitch.isHealingOn
    isDryRun = settings.isDryRun
    enforcementPercent = settings.enforcementPercent
    isPassive = settings.isPassive
    reason = killSwitch.reason
  }

  func write(to json: inout JSONWriter) {
    json.member("autoheal_enabled", autohealEnabled)
    json.member("dry_run", isDryRun)
    json.member("enforcement_percent", enforcementPercent)
    json.member("passive", isPassive)
    json.member("reason", reason)
  }

  /// By their names on the wire.
  func changes(since past: Switches) -> [StaticString] {
    var names: [StaticString] = []
    if autohealEnabled != past.autohealEnabled { names.append("autoheal_enabled") }
    if isDryRun != past.isDryRun { names.append("dry_run") }
    if enforcementPercent != past.enforcementPercent { names.append("enforcement_percent") }
    if isPassive != past.isPassive { names.append("passive") }
    if reason != past.reason { names.append("reason") }
    return names
  }
}

extension Switches: StateValue {
  func write(to state: inout StateWriter) {
    state.write(autohealEnabled, isDryRun, enforcementPercent, isPassive, reason)
  }

  init(from state: inout StateReader) throws(StateError) {
    autohealEnabled = try state.read()
    isDryRun = try state.read()
    enforcementPercent = try state.read()
    isPassive = try state.read()
    reason = try state.read()
  }
}
