/// Strategies, caps and verification in numbers.
package struct HealSettings: Equatable, Sendable {
  // MARK: Guardrails

  package var requireApprovalForCritical = true
  /// A proposal that nobody approved ends after this.
  package var approvalExpiryMillis: Int64 = 15 * 60_000
  /// Least predicted probability of any action, 0–1.
  package var minConfidence = 0.5
  /// Between two heals of one strategy for one endpoint (a throttle: one tenant); doubles with each failed heal.
  package var cooldownMillis: Int64 = 5 * 60_000
  package var maxCooldownMillis: Int64 = 60 * 60_000
  /// So many failed heals within the window block the strategy for that key, and escalate.
  package var failedHealsToBlock = 3
  package var blockWindowMillis: Int64 = 4 * 3_600_000
  /// Replays, throttles and silences begun within an hour, and alive at once.
  package var maxHealsPerHour = 100
  package var maxHealsAtOnce = 5

  // MARK: ESCALATE_OPERATOR

  /// More distinct failures in 5 min than this escalate.
  package var escalateFailures = 50
  /// So does a share of permanent failures above this, 0–1.
  package var escalatePermanentRatio = 0.8
  /// So do more failed heals and deferrals in a row for one key than this, across incidents.
  package var escalateStreak = 5
  /// A streak without addition for so long is forgotten.
  package var streakMemoryMillis: Int64 = 24 * 3_600_000
  package var notify = ["operators"]
  /// An escalation that nobody has acknowledged is said again after this; 0: never.
  package var escalationRepeatMillis: Int64 = 30 * 60_000
  /// In PagerDuty's payload; empty: the connector adds it.
  package var pagerDutyRoutingKey = ""

  // MARK: RATE_LIMIT_SOURCE

  /// A tenant with more than this share of the platform's failures, 0–1, and at least so many.
  package var rateLimitFailureShare = 0.5
  package var rateLimitMinFailures = 5
  package var rateLimitFactor = 0.5
  package var rateLimitMillis: Int64 = 30 * 60_000
  /// A throttle or silence longer than this needs an approval.
  package var rateLimitApprovalMillis: Int64 = 60 * 60_000

  // MARK: REPLAY_RECENT

  package var replayTransientRatio = 0.7
  /// Most candidates, and most deliveries of one action, canaries included; a tenant's `maxReplays` replaces it.
  package var maxReplays = 25
  /// Only deliveries that failed this recently are replayed.
  package var replayMaxAgeMillis: Int64 = 10 * 60_000
  /// What has a retry of its sender's own pending is not replayed.
  package var sender = SenderSchedule()
  /// Sizes of the first steps; those after them take what is left, as the budget allows.
  package var replaySteps = [1, 3]
  /// Least predicted probability of the steps after the canary, 0–1.
  package var replayStepConfidence = 0.7
  /// Share of a step that must be delivered for the next one, and of all for `effective`, 0–1.
  package var replaySuccessShare = 0.8
  /// The first step waits so long after the incident was raised, unless a live delivery succeeded since; doubles with each
  /// replay in a row that failed.
  package var replayBackOffMillis: Int64 = 60_000
  package var maxReplayBackOffMillis: Int64 = 60 * 60_000
  /// Not to be carried out later than this after it was issued.
  package var replayExpiryMillis: Int64 = 2 * 60_000
  /// An endpoint may receive this share of its live rate as replays, 0–1, and at least so many a minute.
  package var replayBudgetShare = 0.1
  package var replayBudgetMinPerMinute = 5
  /// An id is not replayed twice within this.
  package var ledgerMillis: Int64 = 28 * 3_600_000
  /// A full ledger refuses replays.
  package var maxLedgerEntries = 300_000
  /// A step or an action without a sign of its outcome for so long is settled by what is known.
  package var verificationMillis: Int64 = 5 * 60_000

  // MARK: Dry runs

  /// So long it is watched whether what a dry run would have replayed is delivered anyway.
  package var dryRunWatchMillis: Int64 = 30 * 60_000
  /// Deliveries watched so in all; beyond this, dry runs are not scored.
  package var maxWatchedDeliveries = 10_000

  // MARK: SILENCE_DUPES

  /// More than this share of the errors alike, 0–1, of at least so many.
  package var silenceSignatureShare = 0.9
  package var silenceMinFailures = 5
  package var silenceDedupMillis: Int64 = 300_000
  package var silenceMillis: Int64 = 15 * 60_000
  /// So often per incident, then it escalates.
  package var maxSilences = 10

  // MARK: DEFER_AND_MONITOR

  package var deferMillis: Int64 = 120_000
  /// So often per incident, then it escalates.
  package var maxDeferrals = 3
  /// From this many in a row on a deferral warns.
  package var deferralsToWarn = 2

  // MARK: Memory

  /// Endpoints and tenants whose heals are remembered; the longest unused are forgotten first.
  package var maxKeysRemembered = 50_000

  package init() {}
}
