extension Governor {
  mutating func runCycle(isDryRun: Bool, into outputs: inout Outputs) -> Answer {
    guard backlog == nil else { return .rejected("a backlog is worked off, nothing is decided before its end") }
    guard !settings.isPassive else { return .rejected("in passive mode nothing is decided") }
    if let last = lastCommandedCycle, now - last.at < CommandedCycle.pauseMillis {
      return .rejected("a cycle ran \(now - last.at) ms before: \(last.summary)")
    }
    let (report, refusals) = isDryRun ? rehearse(into: &outputs) : runCommandedCycle(into: &outputs)
    let cycle = CommandedCycle(report, refusals, at: now)
    lastCommandedCycle = cycle
    return .accepted(isDryRun ? "rehearsed: \(cycle.summary)" : cycle.summary, exceptions: refusals.exceptions)
  }

  /// What was decided before it is reported apart.
  private mutating func runCommandedCycle(into outputs: inout Outputs) -> (CycleReport, RefusalTally) {
    closeCycle(into: &outputs)
    refusals = RefusalTally()
    let report = runCycle(into: &outputs)
    defer { refusals = nil }
    return (report, refusals ?? RefusalTally())
  }

  /// Decides upon everything that is open as in a dry run, and forgets it again: neither cooldowns nor caps know of it.
  private mutating func rehearse(into outputs: inout Outputs) -> (CycleReport, RefusalTally) {
    var rehearsal = self
    rehearsal.isRehearsal = true
    rehearsal.inForce.isDryRun = true
    rehearsal.report = CycleReport()
    rehearsal.refusals = RefusalTally()
    for key in incidents.openKeys { rehearsal.decide(key, into: &outputs) }
    let report = rehearsal.closeCycle(into: &outputs)
    (auditCount, ids) = (rehearsal.auditCount, rehearsal.ids)
    return (report, rehearsal.refusals ?? RefusalTally())
  }
}
