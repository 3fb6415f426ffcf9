/// Every number the reporter goes by. The unit is in the name, the value is the default.
package struct ReporterSettings: Equatable, Sendable {
  /// The sliding window of advice, in stream time.
  package var windowMillis: Int64 = 60 * 60_000
  /// Only failures whose verdict is surer than this are recommended, 0–100.
  package var minScore = 80
  /// What has a retry of its sender's own pending is not recommended.
  package var sender = SenderSchedule()
  /// A tenant's advice is given at most so often, in stream time.
  package var pauseMillis: Int64 = 60_000
  /// Failures remembered per tenant; of more the oldest are recommended, the others only counted.
  package var maxCandidatesPerTenant = 1_000
  /// Failures remembered of all tenants together; beyond this, new ones are only counted.
  package var maxCandidates = 500_000
  /// Tenants with failures in the window; beyond this, new ones get no advice and are counted.
  package var maxTenants = 10_000
  /// Confidence is high from this share of the analysed failures on, 0–1, and this many recommendations …
  package var highShare = 0.7
  package var highCount = 10
  /// … and medium from this share on.
  package var mediumShare = 0.3

  package init() {}
}
