@testable import HealstreamCore

/// Keeps a book of its own of what operators ordered, what processes found when they began and what was told of deliveries, and finds
/// what is done against it. Like `RandomHistoryWatch` it reads what a governor says, and nothing else of it.
struct OrderWatch {
  private var found: [String] = []
  private var now = Timestamp(millis: 0)
  private var settings = GovernorSettings()

  private var isHealingOn = true
  private var configured = true
  /// After a loss only an order switches healing on.
  private var isLost = false
  private var isBacklog = false
  /// By tenant, or tenant and endpoint: until when.
  private var maintained: [String: Timestamp] = [:]
  /// Heals in an hour that orders allow a tenant.
  private var caps: [String: Int64] = [:]
  private var begun: [String: [Timestamp]] = [:]
  private var failed: [String: [Timestamp]] = [:]
  private var obeyed: Set<String> = []
  private var approved: [String: String] = [:]
  private var underWay: Set<String> = []
  /// Throttles and silences whose outcome is awaited, and until when.
  private var unverified: [String: Timestamp] = [:]
  private var incidents: [String: JSONValue] = [:]
  /// Told to be delivered, and not named as failed since.
  private var delivered: Set<String> = []
  private var hasRefused = false

  /// - Returns: what was done that may not be done.
  mutating func judge(_ step: RandomHistory.Step) -> [String] {
    found = []
    (now, settings) = (step.at, step.settings)
    if step.isRestart { restart(step) }
    delivered.formUnion(step.delivered)
    delivered.subtract(step.named)
    for said in step.said {
      switch said.topic {
      case .control: noteControl(said)
      case .incidents: incidents[said["incident_id"]?.string ?? ""] = said.value
      case .healActions: noteAction(said)
      case .audit: noteAudit(said)
      default: break
      }
    }
    if !step.said.isEmpty, !step.isRestart { expectVerified() }
    return found
  }

  private mutating func expect(_ holds: Bool, _ what: @autoclosure () -> String, _ said: Stage.Said) {
    if !holds { found.append("\(now.rfc3339) \(what()): \(said)") }
  }

  // MARK: Switches

  private mutating func restart(_ step: RandomHistory.Step) {
    if step.settings.autohealEnabled != configured {
      configured = step.settings.autohealEnabled
      if !isLost { isHealingOn = configured }
    }
    if step.isAfterLoss { (isHealingOn, isLost) = (false, true) }
    isBacklog = false
  }

  private mutating func noteControl(_ said: Stage.Said) {
    let place = said.key.split(separator: " ").dropFirst().joined(separator: " ")
    let isInForce = said["in_force"]?.bool ?? false
    switch said["kind"]?.string {
    case "switches": expect(said["autoheal_enabled"]?.bool == isHealingOn, "nobody has ordered that", said)
    case "maintenance": maintained[place] = isInForce ? said["until"]?.timestamp : nil
    case "tenant_policy": caps[place] = isInForce ? said["policy"]?["max_heals_per_hour"]?.integer : nil
    default: expect(false, "a control that cannot be read", said)
    }
  }

  // MARK: Commands

  private mutating func noteAudit(_ said: Stage.Said) {
    switch said.action {
    case "backlog.began": isBacklog = true
    case "backlog.ended": isBacklog = false
    case "heal.refused", "heal.proposed": hasRefused = true
    case "cycle.completed":
      expect(hasRefused || said["meta"]?["actions_skipped"]?.integer == 0, "skipped and never refused", said)
    case "command.accepted": noteObeyed(said)
    default: break
    }
    for lie in TraceWatch.lies(in: said) { expect(false, lie, said) }
  }

  private mutating func noteObeyed(_ said: Stage.Said) {
    let operatorID = said["operator_id"]?.string ?? ""
    expect(obeyed.insert(said["resource_id"]?.string ?? "").inserted, "obeyed twice", said)
    expect(!operatorID.hasSuffix("late"), "obeyed after its expiry", said)
    expect(!operatorID.contains("viewer"), "obeyed a viewer", said)
    let args = said["meta"]?["args"]
    switch said["meta"]?["command"]?.string {
    case "set-autoheal":
      let isOn = args?["enabled"]?.bool ?? false
      if isOn { (isHealingOn, isLost) = (true, false) } else { isHealingOn = false }
    case "approve":
      let hash = approved[args?["action_id"]?.string ?? ""]
      expect(hash != nil && hash == args?["plan_hash"]?.string, "approved for another plan", said)
    default: break
    }
  }

  // MARK: Actions

  private mutating func noteAction(_ said: Stage.Said) {
    guard let id = said["action_id"]?.string, let strategy = said.strategy.flatMap(Strategy.init(rawValue:)),
      let event = said.event.flatMap(HealAction.Event.init(rawValue:))
    else { return }
    for lie in TraceWatch.lies(in: said) { expect(false, lie, said) }
    if event == .settled || event == .expired || event == .lifted || event == .cancelled { unverified[id] = nil }
    switch event {
    case .canary, .issued, .proposed: begin(event, id, strategy, said)
    case .approved: approved[id] = said["plan_hash"]?.string ?? ""
    case .settled:
      guard said["dry_run"]?.bool == false, said["outcome"]?.string != "effective", strategy.isHeal else { return }
      failed[strategy.rawValue + " " + subject(of: said), default: []].append(now)
    case .expired, .lifted, .cancelled: break
    }
  }

  private mutating func begin(_ event: HealAction.Event, _ id: String, _ strategy: Strategy, _ said: Stage.Said) {
    expect(isHealingOn, "nobody has ordered healing on", said)
    expect(!isBacklog, "decided on a backlog", said)
    let tenant = said["tenant_id"]?.string ?? ""
    for place in [tenant, subject(of: said)] {
      expect(maintained[place].map { now >= $0 } ?? true, "\(place) is in maintenance", said)
    }
    for delivery in said["plan"]?["deliveries"]?.array?.compactMap(\.string) ?? [] {
      expect(!delivered.contains("\(tenant) \(delivery)"), "\(delivery) was delivered", said)
    }
    guard strategy.isHeal, said["dry_run"]?.bool == false else { return }
    let failures = failed[strategy.rawValue + " " + subject(of: said), default: []]
    let recent = failures.count { now - $0 < settings.healing.blockWindowMillis }
    expect(recent < settings.healing.failedHealsToBlock, "\(recent) failed heals before it", said)
    let incident = incidents[said["incident_id"]?.string ?? ""]
    expect(incident?["flapping"]?.bool != true, "its incident is flapping", said)
    guard event != .proposed else { return }
    guard underWay.insert(id).inserted else { return goOn(incident, said) }
    beginHeal(id, of: tenant, incident, said)
    if strategy != .replayRecent { unverified[id] = now + settings.healing.verificationMillis }
  }

  private mutating func expectVerified() {
    for (id, due) in unverified where now >= due {
      found.append("\(now.rfc3339) \(id) has no outcome, nor is it said that there is none")
      unverified[id] = nil
    }
  }

  private mutating func beginHeal(_ id: String, of tenant: String, _ incident: JSONValue?, _ said: Stage.Said) {
    let needsApproval = settings.healing.requireApprovalForCritical && incident?["severity"]?.string == "critical"
    expect(!needsApproval || approved[id] != nil, "nobody has approved it", said)
    begun[tenant, default: []].append(now)
    begun[tenant]?.removeAll { now - $0 >= 3_600_000 }
    let count = begun[tenant]?.count ?? 0
    expect(caps[tenant].map { count <= $0 } ?? true, "\(count) heals of the tenant in an hour", said)
  }

  private mutating func goOn(_ incident: JSONValue?, _ said: Stage.Said) {
    let isOver = incident?["status"]?.string == "resolved" && incident?["resolution"]?.string != "recovered"
    expect(!isOver, "it goes on though its incident was ended", said)
  }

  private func subject(of said: Stage.Said) -> String {
    [said["tenant_id"]?.string, said["endpoint"]?.string].compactMap(\.self).joined(separator: " ")
  }
}
