extension Governor {
  package mutating func begin(_ terms: EpochTerms, into outputs: inout Outputs) {
    ids = OutputIDs(boundary: terms.offset, number: auditCount)
    killSwitch.begin(configured: settings.autohealEnabled, isAfterLoss: terms.isAfterLoss)
    dryRun.begin(configured: settings.isDryRun)
    enforcement.begin(configured: settings.enforcementPercent)
    bringIntoForce()
    if let order = terms.awaits, !sources.hasHeard(order) { killSwitch.hold(for: order) }
    if backlog?.end != terms.healsFrom {
      backlog = terms.healsFrom > terms.offset ? Backlog(end: terms.healsFrom) : nil
    }
    if hasClock { sayWhatGoverns(into: &outputs) }
  }

  /// Says the switches in force where they are others than said last, and that a backlog is being worked off.
  mutating func sayWhatGoverns(into outputs: inout Outputs) {
    let switches = switches
    if saidSwitches != switches {
      let past = saidSwitches
      saidSwitches = switches
      publish(switches, changes: past.map { switches.changes(since: $0) } ?? [], into: &outputs)
      if let past, past.isPassive != switches.isPassive { tellReaders(isPassive: switches.isPassive, into: &outputs) }
    }
    if let backlog, !backlog.isSaid {
      self.backlog?.isSaid = true
      auditBacklog(backlog, isOver: false, into: &outputs)
    }
  }

  /// Readers of `incidents` must not take for open what nobody will tell them of any more, and must hear of what was open silently.
  private mutating func tellReaders(isPassive: Bool, into outputs: inout Outputs) {
    for key in incidents.openKeys {
      guard let incident = incidents[key] else { continue }
      let changes =
        isPassive
        ? incidents.close(key, .byOperator, at: max(incident.updatedAt, streamTime(of: incident)))
        : incidents.sayOpen(key, at: now)
      publish(changes, at: now, isTold: true, into: &outputs)
    }
  }

  /// Nothing is decided on records before the end of the backlog.
  mutating func leaveBacklog(at offset: Int64, into outputs: inout Outputs) {
    guard let backlog, offset >= backlog.end else { return }
    self.backlog = nil
    if backlog.isSaid { auditBacklog(backlog, isOver: true, into: &outputs) }
  }
}
