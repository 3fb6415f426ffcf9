/// How far the partition is, and how its part of the platform fares.
extension Fleet {
  /// The numbers of the partition at its stream time; `nil` before the first record.
  var progress: Progress? {
    guard let now else { return nil }
    let recent = window.recent
    var progress = Progress(streamTime: now)
    progress.recentCount = recent.attempts
    progress.recentFailures = recent.failures
    progress.activeEndpoints = liveEndpoints.count(hours: 2)
    progress.activeTenants = liveTenants.count(hours: 2)
    progress.newlyFailingEndpoints = runStarts.count
    progress.newlyFailingTenants = tenantRunStarts.count
    progress.failureRate = levels.failureRate
    return progress
  }

  /// Whether a tenth of the active endpoints, of five at least, have begun to fail within five minutes.
  var manyFail: Bool {
    let active = liveEndpoints.count(hours: 2)
    return active >= 5 && runStarts.count * 10 >= active
  }

  mutating func sayProgress(into statements: inout Statements) {
    guard let progress else { return }
    hasSaidManyFail = manyFail
    statements.append(.progress(progress))
  }

  /// Outside the rhythm, once: what many endpoints have in common must be known before their own alarms are.
  mutating func sayManyFail(into statements: inout Statements) {
    if !hasSaidManyFail, manyFail { sayProgress(into: &statements) }
  }
}
