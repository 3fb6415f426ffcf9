extension Governor {
  package mutating func begin(_ terms: EpochTerms, into outputs: inout Outputs) {
    ids = OutputIDs(boundary: terms.offset, number: auditCount)
    killSwitch.begin(configured: settings.autohealEnabled, isAfterLoss: terms.isAfterLoss)
    dryRun.begin(configured: settings.isDryRun)
    enforcement.begin(configured: settings.enforcementPercent)
    bringIntoForce()
    backlog = terms.healsFrom > terms.offset ? Backlog(end: terms.healsFrom) : nil
    if hasClock { sayWhatGoverns(into: &outputs) }
  }

  /// Says the switches in force where they are others than said last, and that a backlog is being worked off.
  mutating func sayWhatGoverns(into outputs: inout Outputs) {
    let switches = switches
    if saidSwitches != switches {
      let changes = saidSwitches.map { switches.changes(since: $0) } ?? []
      saidSwitches = switches
      publish(switches, changes: changes, into: &outputs)
    }
    if let backlog, !backlog.isSaid {
      self.backlog?.isSaid = true
      auditBacklog(backlog, isOver: false, into: &outputs)
    }
  }

  /// Nothing is decided on records before the end of the backlog.
  mutating func leaveBacklog(at offset: Int64, into outputs: inout Outputs) {
    guard let backlog, offset >= backlog.end else { return }
    self.backlog = nil
    if backlog.isSaid { auditBacklog(backlog, isOver: true, into: &outputs) }
  }
}
