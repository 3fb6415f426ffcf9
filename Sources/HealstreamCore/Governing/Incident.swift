/// One thing that is wrong, from the event that crossed the line to the evidence that it is over.
///
/// ```
///                    ┌──────────────── reopened (within 30 min) ────────────────┐
///                    ▼                                                          │
///  anomalous ──► active ──── normal, held where flapping ─► resolved (recovered)┤
///                 │  ▲ ───── tenant's or platform's opens ► resolved (superseded)┘
///          silent │  │ anomalous, recovering
///                 ▼  │
///               stale ────── vanished ────────────────────► resolved (no_data)
///
///  active, stale ── acknowledge ─► acknowledged: nothing is decided for it any more; a known issue is not spoken of either
///  any open one ─── resolve ─────► resolved (operator): the same alarm does not open it again for 30 min
///
///  updated, flapping: said of an open incident
/// ```
package struct Incident: Equatable, Sendable {
  package enum Event: String, CaseIterable, Sendable {
    case opened, updated, acknowledged, resolved, reopened, flapping, stale
  }
  package enum Severity: String, Sendable { case warning, critical }
  package enum Status: String, Sendable { case active, acknowledged, stale, resolved }
  package enum Resolution: String, Sendable {
    case recovered
    case byOperator = "operator"
    case noData = "no_data"
    case superseded
  }

  package let id: String
  package let key: IncidentKey
  /// The latest statement: all its numbers are the incident's.
  package internal(set) var evidence: LevelStatement
  /// The statement with the most failures, or the most traffic where it is about that: what a resolved incident was. Without
  /// candidates, as in `said`.
  var worst: LevelStatement
  package internal(set) var severity: Severity
  package internal(set) var status = Status.active
  /// Event times.
  package let detectedAt: Timestamp
  package internal(set) var updatedAt: Timestamp
  package internal(set) var resolvedAt: Timestamp?
  package internal(set) var resolution: Resolution?
  package internal(set) var reopenedCount = 0
  package internal(set) var isFlapping = false
  /// Append time less event time of the latest statement.
  package internal(set) var evidenceAgeMillis: Int64
  package internal(set) var isEvidenceStale: Bool
  /// The latest heal actions, oldest first.
  package internal(set) var actionIDs: [String] = []
  /// `nil`: nobody has said that he looks after it.
  var acknowledgement: Acknowledgement?
  var rejectedStrategies: [RejectedStrategy] = []

  /// Whose stream time judges the evidence; `nil` for the platform.
  var source: SourceID?
  /// Append time of the opening, or of the last reopening.
  var openedAt: Timestamp
  /// Stream time since which a flapping incident has been normal.
  var normalSince: Timestamp?
  /// All heal actions ever, which numbers the next.
  var actionCount = 0
  var deferrals = 0
  var silences = 0
  var isEscalated = false
  var dryRuns = DryRunConduct()
  /// Event time of the last live delivery of which the evidence tells that it failed.
  var lastFailureAt: Timestamp?
  /// What was refused last, so that only a change is audited.
  var lastRefusal: Refusal?
  var said: Said

  /// What the last record about this incident said, and when in append time.
  struct Said: Equatable {
    var evidence: LevelStatement
    var severity: Severity
    var at: Timestamp
  }

  struct Refusal: Equatable {
    var strategy: Strategy
    var guardrail: Guardrail
  }

  var subject: HealSubject { HealSubject(tenantID: key.tenantID, endpoint: key.endpoint) }
  var isOpen: Bool { status != .resolved }
  var permanentRatio: Double { evidence.triage.ratio(of: .permanent4xx) }

  /// Stable for what it names: the key and the moment it was raised.
  static func id(of key: IncidentKey, raisedAt: Timestamp) -> String {
    var id = DerivedID.Builder("incident")
    id.add(key.tenantID)
    id.add(key.endpoint ?? "")
    id.add(Int64(key.scope.rawValue))
    id.add(raisedAt.millis)
    return id.finish().hex
  }
}
