/// One decision to act, from its proposal or issue to its end.
///
/// ```
///           approval needed
///  decided ────────────────► proposed ──► expired (15 min) | cancelled (incident over)
///     │
///     ├ replay ─► canary ─► issued (step 2) ─► issued (step 3 …) ─► settled
///     │             ├──────────┴── a step below 80 %, or no sign in time ┘  effective | ineffective | inconclusive
///     │             └ the sender's own retries came before it ─► cancelled
///     │
///     ├ throttle, ─► issued ─► settled by its outcome ─► lifted (its time is over, or the incident)
///     │ silence         └────► settled: refused, failed, expired: never in force
///     │
///     ├ escalation ► issued ─► settled by its outcome ─► lifted (incident over)
///     │
///     └ deferral ──► issued ─► expired (time to look again) | cancelled (incident over)
/// ```
struct HealAction: Equatable, Sendable {
  enum Event: String, CaseIterable, Sendable {
    case proposed, approved, issued, canary, settled, expired, lifted, cancelled
  }
  enum Outcome: String, CaseIterable, Sendable { case effective, ineffective, inconclusive }

  let id: String
  let strategy: Strategy
  /// Empty where a command asked for it.
  let incidentID: String
  let incidentKey: IncidentKey
  let subject: HealSubject
  var probability: Double
  var plan: HealPlan
  /// Of the whole plan, the same over all steps.
  let planHash: String
  let isDryRun: Bool
  /// Waits for an approval; nothing has been done.
  let isProposal: Bool
  let decidedAt: Timestamp
  /// Not to be carried out after this; `nil`: while it stands.
  var expiresAt: Timestamp?
  var trace: [GuardrailTrace]

  var outcome: Outcome?
  /// What the outcome was judged by, for people.
  var evidence: String?
  /// Of a replay: how it proceeds.
  var replay: ReplayRun?
  /// Of a replay that a dry run decided: what becomes of its deliveries without it.
  var watch: DryRunWatch?
  /// Of its incident when it was decided.
  let severity: Incident.Severity?
  /// When an escalation that nobody has acknowledged is said again.
  var remindsAt: Timestamp?
  /// What held up its next step last, so that only a change is audited.
  var heldBy: Guardrail?
  /// When time alone ends it: lifts a throttle or silence, expires a proposal or deferral.
  var endsAt: Timestamp?
  /// When it is settled without a sign of its outcome.
  var settlesBy: Timestamp?
  /// Where a command asked for it, and no incident.
  let asking: Asking?

  /// Whether it takes one of the places for heals at once.
  var isLiveHeal: Bool { strategy.isHeal && !isProposal && !isDryRun }

  /// Stable for what it names.
  ///
  /// - Parameter isRehearsal: it leaves no trace, so that the next action may have the same number and time.
  static func id(
    _ strategy: Strategy, of incident: Incident, at now: Timestamp, isRehearsal: Bool = false
  ) -> String {
    var id = DerivedID.Builder(isRehearsal ? "rehearsal" : "action")
    id.add(incident.id)
    id.add(strategy.rawValue)
    id.add(Int64(incident.actionCount))
    id.add(now.millis)
    return id.finish().hex
  }

  /// The record's value: fields in a fixed order, absent ones as null.
  func write(_ event: Event, _ payloads: EscalationPayloads?, to json: inout JSONWriter) {
    json.object { json in
      json.member("event", event.rawValue)
      json.member("action_id", id)
      json.member("strategy", strategy.rawValue)
      json.member("incident_id", incidentID.isEmpty ? nil : incidentID)
      json.member("tenant_id", subject.tenantID.isEmpty ? nil : subject.tenantID)
      json.member("endpoint", subject.endpoint)
      json.member("service", nil as String?)
      json.member("probability", probability, decimals: 4)
      json.key("plan")
      if isDryRun { json.null() } else { plan.write(to: &json) }
      json.member("plan_hash", planHash)
      json.member("dry_run", isDryRun)
      json.member("would_replay", isDryRun ? plan.deliveries.count : 0)
      json.member("decided_at", decidedAt)
      json.member("expires_at", expiresAt)
      json.member("outcome", outcome?.rawValue)
      json.member("replayed", replay?.replayed ?? 0)
      json.member("succeeded", replay?.succeeded ?? 0)
      json.member("failed", replay?.failed ?? 0)
      json.array("trace") { json in for entry in trace { entry.write(to: &json) } }
      json.member("withdrawn", replay?.withdrawn ?? 0)
      json.member("evidence", evidence)
      json.member("delivered_anyway", watch.map { Double($0.deliveredAnyway) }, decimals: 0)
      json.key("payloads")
      if let payloads { payloads.write(to: &json) } else { json.null() }
    }
  }
}
