@testable import HealstreamCore

/// Reads what a governor says, on `heal-actions`, `incidents`, `control` and `audit`, and nothing else of it, and finds what it
/// may not do whatever it was told.
struct RandomHistoryWatch {
  private(set) var violations: [String] = []

  private var isHealingOn = true
  private var isDryRun = false
  private var enforcementPercent = 100
  private var actions: [String: Action] = [:]
  private var incidents: [String: (status: String, resolution: String?)] = [:]
  /// When heals were begun, within the last hour.
  private var begun: [Timestamp] = []
  private var live: Set<String> = []
  private var cooldowns: [Cooldown.Key: Cooldown] = [:]
  private var ledger: [String: Timestamp] = [:]
  private var sent: [String: [(at: Timestamp, count: Int)]] = [:]
  private var sequence: Int64 = 0
  private var ids: Set<DerivedID> = []
  private var now = Timestamp(millis: 0)
  private var settings = GovernorSettings()
  /// In this step an operator asked for an action, or approved one, and may have it whatever the incident's state.
  private var isCommanded = false
  /// Whether the sender's own retries may overtake a replay: then a step may go on that none of its outcomes allows.
  private let isOvertaken: Bool
  private var orders = OrderWatch()

  init(isOvertaken: Bool) { self.isOvertaken = isOvertaken }

  private struct Action {
    let strategy: Strategy
    let planHash: String
    var step: Int64 = 0
    var size = 0
    var sent = 0
    var succeeded: Int64 = 0
    var expiresAt: Timestamp?
    var isProposal = false
    var isOver = false
  }

  private struct Cooldown {
    struct Key: Hashable {
      let strategy: Strategy
      let subject: String
    }

    var since: Timestamp
    /// In a row, that the watch knows of: there may be more.
    var failures = 0

    var lengthMillis: Int64 { min(300_000 << Int64(min(failures, 4)), 3_600_000) }
  }

  mutating func judge(_ step: RandomHistory.Step) {
    (now, settings) = (step.at, step.settings)
    isCommanded = step.said.audit.contains { said in
      said.action == "command.accepted"
        && ["approve", "replay", "replay-recommended", "silence"].contains(said["meta"]?["command"]?.string)
    }
    for said in step.said {
      if !ids.insert(said.id).inserted { wrong("an id comes twice", said) }
      switch said.topic {
      case .control: noteSwitches(said)
      case .incidents: noteIncident(said)
      case .healActions: noteAction(said)
      case .audit: noteAudit(said)
      default: break
      }
    }
    compareAudit(step.said)
    violations += orders.judge(step)
    if !step.said.isEmpty, !step.isRestart { expectPunctuality() }
  }

  private mutating func wrong(_ what: String, _ said: Stage.Said) {
    violations.append("\(now.rfc3339) \(what): \(said)")
  }

  private mutating func expect(_ holds: Bool, _ what: @autoclosure () -> String, _ said: Stage.Said) {
    if !holds { wrong(what(), said) }
  }

  // MARK: Switches and incidents

  private mutating func noteSwitches(_ said: Stage.Said) {
    isHealingOn = said["autoheal_enabled"]?.bool ?? isHealingOn
    isDryRun = said["dry_run"]?.bool ?? isDryRun
    enforcementPercent = said["enforcement_percent"]?.integer.map(Int.init) ?? enforcementPercent
  }

  private mutating func noteIncident(_ said: Stage.Said) {
    guard let id = said["incident_id"]?.string, let status = said["status"]?.string else { return }
    incidents[id] = (status, said["resolution"]?.string)
  }

  // MARK: Actions

  private mutating func noteAction(_ said: Stage.Said) {
    guard let id = said["action_id"]?.string, let hash = said["plan_hash"]?.string,
      let strategy = said.strategy.flatMap(Strategy.init(rawValue:)),
      let event = said.event.flatMap(HealAction.Event.init(rawValue:))
    else { return wrong("a heal action that cannot be read", said) }
    let isDry = said["dry_run"]?.bool ?? false
    guard !isDry else { return noteDryRun(event, said) }
    if let action = actions[id] {
      expect(!action.isOver, "something after its end", said)
      expect(action.planHash == hash, "another plan", said)
    }
    switch event {
    case .proposed:
      expectAllowed(strategy, said)
      actions[id] = Action(
        strategy: strategy, planHash: hash, expiresAt: said["expires_at"]?.timestamp, isProposal: true)
    case .approved:
      guard let proposal = actions[id], proposal.isProposal else { return wrong("approved and never proposed", said) }
      expect(proposal.expiresAt.map { now <= $0 } ?? true, "approved after its expiry", said)
      actions[id]?.expiresAt = nil
    case .canary, .issued: carryOut(event, id, strategy, hash, said)
    case .settled: settle(id, strategy, said)
    case .expired, .lifted, .cancelled: end(id)
    }
  }

  private mutating func noteDryRun(_ event: HealAction.Event, _ said: Stage.Said) {
    expect(said["plan"] == .null, "a dry run carries a plan", said)
    if event == .canary || event == .issued || event == .proposed {
      expect(isHealingOn, "a dry run while healing is off", said)
    }
  }

  /// What holds for every step that is carried out, and every proposal.
  private mutating func expectAllowed(_ strategy: Strategy, _ said: Stage.Said) {
    expect(isHealingOn, "healing is off", said)
    expect(!isDryRun, "dry run is on", said)
    if strategy.isHeal, !isCommanded { expect(enforcementPercent > 0, "healing is enforced for no incident", said) }
    let verdicts = said["trace"]?.array?.compactMap { $0["verdict"]?.string } ?? []
    expect(verdicts.count == Guardrail.allCases.count, "a guardrail is missing in its trace", said)
    expect(!verdicts.contains("refuse"), "a guardrail refused it", said)
  }

  private mutating func carryOut(
    _ event: HealAction.Event, _ id: String, _ strategy: Strategy, _ hash: String, _ said: Stage.Said
  ) {
    expectAllowed(strategy, said)
    var action = actions[id] ?? Action(strategy: strategy, planHash: hash)
    action.isProposal = false
    action.expiresAt = strategy == .replayRecent ? nil : said["expires_at"]?.timestamp
    expect(said["expires_at"]?.timestamp.map { $0 > now } ?? true, "expired when it was issued", said)
    let isFirst = action.step == 0
    if isFirst { begin(id, strategy, said) }
    if strategy == .replayRecent { replay(event, &action, said) } else { action.step = 1 }
    actions[id] = action
  }

  private mutating func begin(_ id: String, _ strategy: Strategy, _ said: Stage.Said) {
    if let incident = said["incident_id"]?.string.flatMap({ incidents[$0] }), !isCommanded {
      expect(incident.status == "active", "its incident is \(incident.status)", said)
    }
    guard strategy.isHeal else { return }
    begun.removeAll { now - $0 >= 3_600_000 }
    begun.append(now)
    live.insert(id)
    let (inHour, atOnce) = (begun.count, live.count)
    expect(inHour <= settings.healing.maxHealsPerHour, "\(inHour) heals in an hour", said)
    expect(atOnce <= settings.healing.maxHealsAtOnce, "\(atOnce) heals at once", said)
    let key = Cooldown.Key(strategy: strategy, subject: subject(said))
    // What was not used for so long is forgotten.
    cooldowns = cooldowns.filter { now - $0.value.since <= settings.healing.streakMemoryMillis }
    if let cooldown = cooldowns[key] {
      expect(now - cooldown.since >= cooldown.lengthMillis, "within the cooldown of \(cooldown.lengthMillis) ms", said)
    }
    cooldowns[key, default: Cooldown(since: now)].since = now
  }

  private mutating func replay(_ event: HealAction.Event, _ action: inout Action, _ said: Stage.Said) {
    let deliveries = said["plan"]?["deliveries"]?.array?.compactMap(\.string) ?? []
    let step = said["plan"]?["step"]?.integer ?? 0
    let succeeded = said["succeeded"]?.integer ?? 0
    expect(event == (step == 1 ? .canary : .issued), "a canary is the first step and no other", said)
    expect(step == action.step + 1, "step \(step) after \(action.step)", said)
    let bound = step == 1 ? 1 : step == 2 ? 3 : settings.healing.maxReplays
    expect(1...bound ~= deliveries.count, "\(deliveries.count) deliveries in step \(step)", said)
    let delivered = succeeded - action.succeeded
    expect(
      isOvertaken || 5 * Int(delivered) >= 4 * action.size, "\(delivered) of \(action.size) were delivered before it",
      said)
    action.step = step
    action.size = deliveries.count
    action.sent += deliveries.count
    action.succeeded = succeeded
    expect(action.sent <= settings.healing.maxReplays, "\(action.sent) deliveries in one action", said)
    send(deliveries, said)
  }

  private mutating func send(_ deliveries: [String], _ said: Stage.Said) {
    let tenant = said["tenant_id"]?.string ?? ""
    for delivery in deliveries {
      let before = ledger.updateValue(now, forKey: "\(tenant) \(delivery)")
      expect(before.map { now - $0 >= settings.healing.ledgerMillis } ?? true, "\(delivery) again", said)
    }
    var minute = sent[subject(said), default: []].filter { now - $0.at < 60_000 }
    minute.append((now, deliveries.count))
    sent[subject(said)] = minute
    let count = minute.reduce(0) { $0 + $1.count }
    expect(count <= settings.healing.replayBudgetMinPerMinute, "\(count) replays in a minute", said)
  }

  private mutating func settle(_ id: String, _ strategy: Strategy, _ said: Stage.Said) {
    guard actions[id] != nil else { return wrong("settled and never begun", said) }
    let isEffective = said["outcome"]?.string == HealAction.Outcome.effective.rawValue
    let key = Cooldown.Key(strategy: strategy, subject: subject(said))
    if isEffective { cooldowns[key]?.failures = 0 } else { cooldowns[key]?.failures += 1 }
    if strategy == .replayRecent { return end(id) }
    guard !isEffective else { return }
    // Where the executor did not do it, it is over without a further word. Where nothing is known it is still in force, and the
    // watch counts one too few.
    live.remove(id)
    actions[id]?.expiresAt = nil
  }

  private mutating func end(_ id: String) {
    live.remove(id)
    actions[id]?.isOver = true
    actions[id]?.expiresAt = nil
  }

  /// Whatever is over by time has been ended by the first record that said so.
  private mutating func expectPunctuality() {
    for (id, action) in actions where !action.isOver {
      guard let expiresAt = action.expiresAt, now > expiresAt else { continue }
      violations.append("\(now.rfc3339) \(action.strategy) \(id) goes on after \(expiresAt.rfc3339)")
      actions[id]?.expiresAt = nil
    }
  }

  private func subject(_ said: Stage.Said) -> String {
    (said["tenant_id"]?.string ?? "") + " " + (said["endpoint"]?.string ?? "")
  }

  // MARK: Audit

  private mutating func noteAudit(_ said: Stage.Said) {
    let expected = sequence
    expect(said["meta"]?["sequence"]?.integer == expected, "number \(expected) is missing", said)
    sequence = (said["meta"]?["sequence"]?.integer ?? expected) + 1
    if said.action == "command.accepted", said["meta"]?["command"]?.string == "clear-cooldown" { cooldowns = [:] }
  }

  private mutating func compareAudit(_ said: [Stage.Said]) {
    let done = said.actions.map { "heal.\($0.event ?? "") \($0["action_id"]?.string ?? "")" }
    let lived = said.incidents.map { "incident.\($0.event ?? "") \($0["incident_id"]?.string ?? "")" }
    let audited = said.audit.filter { RandomHistoryWatch.audited.contains($0.action ?? "") }
      .map { "\($0.action ?? "") \($0["resource_id"]?.string ?? "")" }
    guard (done + lived).sorted() != audited.sorted() else { return }
    violations.append("\(now.rfc3339) audited \(audited.sorted()) for \((done + lived).sorted())")
  }

  private static let audited = Set(
    HealAction.Event.allCases.map { "heal.\($0.rawValue)" }
      + ["opened", "updated", "acknowledged", "resolved", "reopened", "flapping", "stale"].map { "incident.\($0)" })
}
