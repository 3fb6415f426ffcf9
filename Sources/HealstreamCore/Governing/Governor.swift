/// Folds `signals` into incidents, heal actions, the switches in force and the audit of all of it.
///
/// Two clocks, both in the log. *Append time*, the largest timestamp of the records so far, judges conduct: cooldowns, caps,
/// expiry, and the cycle of 30 s. *Stream time*, kept per source partition, judges evidence: quiet, reopening, the age of what
/// may be replayed. Decisions fall when a statement about an open incident comes, and in the cycle.
///
/// Every record on `incidents` and `heal-actions` has exactly one record in `audit`. A refusal is audited when the strategy or
/// the guardrail that stopped it is another than the last time for that incident; the cycle's report counts every one.
package struct Governor: SignalFold, Sendable {
  package internal(set) var counters = GovernorCounters()

  let settings: GovernorSettings
  /// The settings with what commands changed: what decisions fall by.
  var inForce: GovernorSettings
  /// Append time; the beginning of time before the first statement.
  var now = Timestamp.range.lowerBound
  var sources = SignalSources()
  var incidents: IncidentBook
  var platform: PlatformWatch
  var actions = ActionBook()
  var history: HealHistory
  var report = CycleReport()
  /// The one escalation that is out for a fault that makes every heal unsafe.
  var blastEscalation: String?
  /// Numbers the audit, so that a gap shows.
  var auditCount: Int64 = 0
  var ids: OutputIDs
  var nextCycle: Timestamp?
  var killSwitch: KillSwitch
  var dryRun: CommandedValue<Bool>
  var enforcement: CommandedValue<Int>
  var maintenance = MaintenanceBook()
  var policies = PolicyBook()
  var commands = AcceptedCommands()
  var recentFailures = RecentFailures()
  /// What the last cycle that a command asked for came to.
  var lastCommandedCycle: CommandedCycle?
  /// `nil`: nothing has been said yet.
  var saidSwitches: Switches?
  /// Counts what refuses, while a command's cycle runs.
  var refusals: RefusalTally?
  /// What is decided now is forgotten again.
  var isRehearsal = false
  /// While there is one, nothing is decided.
  var backlog: Backlog?

  package init(settings: GovernorSettings) {
    self.settings = settings
    inForce = settings
    incidents = IncidentBook(settings: settings.incidents)
    platform = PlatformWatch(settings: settings.platform)
    history = HealHistory(settings: settings.healing)
    killSwitch = KillSwitch(configured: settings.autohealEnabled)
    dryRun = CommandedValue(configured: settings.isDryRun)
    enforcement = CommandedValue(configured: settings.enforcementPercent)
    ids = OutputIDs("governed", SignalSource(topic: "", partition: 0, offset: 0, index: 0))
  }

  /// Folds one statement.
  ///
  /// - Parameters:
  ///   - offset: of its record in `signals`.
  ///   - appendedAt: the Kafka timestamp of its record.
  package mutating func apply(
    _ signal: Signal, offset: Int64, appendedAt: Timestamp, into outputs: inout Outputs
  ) {
    now = max(now, min(appendedAt, Timestamp.range.upperBound))
    guard sources.advance(signal, heardAt: now) else { return refuse(signal) }
    counters.statements += 1
    ids = OutputIDs("governed", signal.source)
    leaveBacklog(at: offset, into: &outputs)
    sayWhatGoverns(into: &outputs)
    endMaintenance(into: &outputs)
    endWhatIsDue(into: &outputs)
    switch signal.statement {
    case .level(let statement): fold(statement.heldInBounds(), of: signal, into: &outputs)
    case .failures(let summary):
      withdraw(summary, into: &outputs)
      recentFailures.fold(summary.heldInBounds(), from: SourceID(signal.source))
    case .replayOutcome(let outcome): fold(outcome, into: &outputs)
    case .actionOutcome(let outcome): fold(outcome, into: &outputs)
    case .command(let command): fold(command, at: signal.source, into: &outputs)
    case .progress: foldProgress(at: signal.at, into: &outputs)
    }
    cycle(into: &outputs)
  }

  /// Whether a statement has told the time.
  var hasClock: Bool { now > Timestamp.range.lowerBound }
  var switches: Switches { Switches(inForce, killSwitch) }

  mutating func count(_ change: (inout GovernorCounters) -> Void) { change(&counters) }

  // MARK: Statements

  private mutating func refuse(_ signal: Signal) {
    counters.refusedStatements += 1
    if case .command = signal.statement { killSwitch.reach(CommandPlace(signal.source)) }
  }

  private mutating func fold(_ statement: LevelStatement, of signal: Signal, into outputs: inout Outputs) {
    let age = now - signal.at
    let arrival = Incident.Arrival(
      at: signal.at, now: now, source: SourceID(signal.source), isStale: age > settings.maxEvidenceAgeMillis)
    let refusedBefore = incidents.refused
    publish(incidents.fold(statement, arrival), at: signal.at, into: &outputs)
    if incidents.refused > refusedBefore { auditNoRoom(for: statement, at: signal.at, into: &outputs) }
    guard statement.level == .anomalous || statement.level == .recovering else { return }
    withdraw(by: statement, at: signal.at)
    decide(statement.key, into: &outputs)
  }

  private mutating func foldProgress(at: Timestamp, into outputs: inout Outputs) {
    let fleet = FleetState(sources.all, at: now, maxAgeMillis: settings.maxEvidenceAgeMillis)
    let streamTime = sources.streamTime ?? at
    let change = platform.observe(fleet, at: streamTime)
    if !platform.isBlastWide { blastEscalation = nil }
    let level: LevelStatement.Level? =
      switch change {
      case .lowered: .normal
      case .raised: .anomalous
      case nil: incidents.isPlatformOpen ? platform.isFiring ? .anomalous : .recovering : nil
      }
    guard let level else { return }
    let arrival = Incident.Arrival(
      at: streamTime, now: now, source: nil, isStale: now - streamTime > settings.maxEvidenceAgeMillis)
    publish(incidents.fold(platform.statement(level, at: streamTime), arrival), at: streamTime, into: &outputs)
    decide(.platform, into: &outputs)
  }

  // MARK: Time

  /// At most one cycle a record, however much time has passed. One planned by a longer cycle than today's does not wait for it.
  private mutating func cycle(into outputs: inout Outputs) {
    guard let due = nextCycle, now >= due || due > nextCycleStart else {
      if nextCycle == nil { nextCycle = nextCycleStart }
      return
    }
    nextCycle = nextCycleStart
    runCycle(into: &outputs)
  }

  /// Looks through everything that is open.
  @discardableResult
  mutating func runCycle(into outputs: inout Outputs) -> CycleReport {
    history.pass(to: now)
    if let streamTime = sources.streamTime { recentFailures.pass(to: streamTime) }
    let times = sources
    let changes = incidents.pass(to: now) { source in
      if let source { times.streamTime(of: source) } else { times.streamTime }
    }
    publish(changes, at: now, into: &outputs)
    for action in actions.replays { advanceReplay(action, into: &outputs) }
    for key in incidents.openKeys { decide(key, into: &outputs) }
    return closeCycle(into: &outputs)
  }

  private var nextCycleStart: Timestamp {
    Timestamp(millis: (now.period(ofMillis: settings.cycleMillis) + 1) * settings.cycleMillis)
  }
}
