/// What the bounds of a partition have cost since its fold was made; for metrics alone.
struct FleetCounters: Sendable {
  /// Attempts that counted under an aggregate, for want of room for their endpoint or tenant.
  var aggregatedAttempts = 0
  var forgottenEndpoints = 0
  var forgottenTenants = 0
  /// Failures of which no evidence was kept, and candidates for which there was no room.
  var refusedEvidence = 0
  var refusedCandidates = 0
  var refusedAlarms = 0
  /// Alarms that had to wait for the next minute to speak.
  var heldStatements = 0
}
