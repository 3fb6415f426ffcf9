@testable import HealstreamCore

/// A decision that every guardrail lets pass, to be changed in one respect.
struct Sample {
  var now = Stage.start + 60_000
  /// The event time of the statement; the failures were before.
  var heardAt = Stage.start + 90_000
  var settings = GovernorSettings()
  var policy = TenantPolicy()
  var strategy: any HealStrategy = ReplayRecent()
  var plan = HealPlan()
  var probability = 0.8
  var endpoint = "e"
  var severity = Incident.Severity.warning
  var isEvidenceStale = false
  var isFlapping = false
  var isFresh = true
  var isContinuation = false
  var isBlastWide = false
  var isBlastEscalated = false
  var hasRecovered = false
  var hasTrafficSpike = false
  var isThrottled = false
  var liveHeals = 0
  var deferrals = 0
  var silences = 0
  var liveRatePerMinute = 2.0
  lazy var history = HealHistory(settings: settings.healing)

  init() { plan.deliveries = ["d0"] }

  var subject: HealSubject { HealSubject(tenantID: "t", endpoint: endpoint) }

  var context: DecisionContext {
    mutating get {
      var statement = LevelStatement.anomalous(endpoint, of: "t")
      statement.liveRatePerMinute = liveRatePerMinute
      if hasRecovered { statement.lastSuccessAt = Stage.start + 1 }
      let arrival = Incident.Arrival(at: Stage.start, now: Stage.start, source: nil, isStale: isEvidenceStale)
      var incident = Incident(opening: statement, arrival, settings.incidents)
      incident.updatedAt = heardAt
      incident.severity = severity
      incident.isFlapping = isFlapping
      incident.deferrals = deferrals
      incident.silences = silences
      let situation = Situation(
        incident: incident, settings: settings.healing, policy: policy, now: now, streamTime: now, heardUntil: heardAt,
        fleet: FleetState(),
        history: history, isBlastWide: isBlastWide, isBlastEscalated: isBlastEscalated, tenantFailures: 8,
        hasTrafficSpike: hasTrafficSpike, isThrottled: isThrottled, candidates: [])
      return DecisionContext(
        situation: situation, strategy: strategy, subject: subject, plan: plan, probability: probability,
        isContinuation: isContinuation, isProven: isContinuation, settings: settings,
        switches: Switches(settings, KillSwitch(configured: settings.autohealEnabled)), liveHeals: liveHeals,
        isFresh: isFresh)
    }
  }

  mutating func heal(_ count: Int) { for _ in 0..<count { history.count(healFor: "t", at: now) } }

  mutating func replay(_ count: Int, at: Timestamp) {
    history.note(replayed: (0..<count).map { "other\($0)" }, to: subject, at: at)
  }

  mutating func fail(_ count: Int, at: Timestamp) {
    for _ in 0..<count { history.note(.ineffective, of: .replayRecent, for: [subject], at: at) }
  }

  /// Mondays to Fridays, 9 to 17 o'clock, an hour east of UTC.
  mutating func work(at text: String) {
    settings.businessHours = BusinessHours(startMinute: 9 * 60, endMinute: 17 * 60, offsets: UTCOffsets(seconds: 3600))
    guard let moment = Timestamp(rfc3339: text) else { preconditionFailure("\(text) is no time") }
    now = moment
  }
}
