/// What executors obey beside the actions themselves.
struct Switches: Equatable, Sendable {
  let autohealEnabled: Bool
  let isDryRun: Bool
  let enforcementPercent: Int
  let isPassive: Bool

  init(_ settings: GovernorSettings) {
    autohealEnabled = settings.autohealEnabled
    isDryRun = settings.isDryRun
    enforcementPercent = settings.enforcementPercent
    isPassive = settings.isPassive
  }

  func write(to json: inout JSONWriter) {
    json.member("autoheal_enabled", autohealEnabled)
    json.member("dry_run", isDryRun)
    json.member("enforcement_percent", enforcementPercent)
    json.member("passive", isPassive)
  }
}
