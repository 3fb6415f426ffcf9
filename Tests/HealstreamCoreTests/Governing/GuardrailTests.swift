import Testing

@testable import HealstreamCore

/// Every guardrail just below, at and above its limit.
struct GuardrailTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let guardrail: Guardrail
    let verdict: GuardrailTrace.Verdict
    let context: DecisionContext

    init(_ name: String, _ guardrail: Guardrail, _ verdict: GuardrailTrace.Verdict, _ change: (inout Sample) -> Void) {
      var sample = Sample()
      change(&sample)
      testDescription = "\(guardrail.rawValue): \(name)"
      self.guardrail = guardrail
      self.verdict = verdict
      context = sample.context
    }
  }

  @Test func `they stand in their order`() {
    #expect(
      Guardrail.allCases.map(\.rawValue) == [
        "kill_switch", "fresh_evidence", "approval", "confidence", "maintenance", "cooldown", "business_hours",
        "strategy_limits", "tenant_policy", "flapping", "blast_radius", "strategy_blocked", "heals_per_hour",
        "heals_at_once", "replay_budget", "ledger", "enforcement", "dry_run",
      ])
  }

  @Test(arguments: conduct + evidence + caps)
  func `a guardrail holds at its limit`(example: Case) {
    let finding = example.guardrail.check(example.context)
    #expect(finding.verdict == example.verdict, "\(finding)")
    #expect(finding.reason.isEmpty == (finding.verdict != .refuse && finding.verdict != .approval))
  }

  static let conduct = [
    Case("on", .killSwitch, .pass) { _ in },
    Case("off", .killSwitch, .refuse) { $0.settings.autohealEnabled = false },
    Case("off for escalations too", .killSwitch, .refuse) { sample in
      sample.strategy = EscalateOperator()
      sample.settings.autohealEnabled = false
    },
    Case("warning", .approval, .pass) { _ in },
    Case("critical", .approval, .approval) { $0.severity = .critical },
    Case("critical, not required", .approval, .pass) { sample in
      sample.severity = .critical
      sample.settings.healing.requireApprovalForCritical = false
    },
    Case("critical escalation", .approval, .exempt) { sample in
      sample.severity = .critical
      sample.strategy = EscalateOperator()
    },
    Case("critical deferral", .approval, .exempt) { sample in
      sample.severity = .critical
      sample.strategy = DeferAndMonitor()
    },
    Case("a throttle of 60 min", .approval, .pass) { sample in
      sample.strategy = RateLimitSource()
      sample.plan.durationMillis = 3_600_000
    },
    Case("a throttle of more", .approval, .approval) { sample in
      sample.strategy = RateLimitSource()
      sample.plan.durationMillis = 3_600_001
    },
    Case("a silence of 60 min", .approval, .pass) { sample in
      sample.strategy = SilenceDupes()
      sample.plan.silenceMillis = 3_600_000
    },
    Case("a silence of more", .approval, .approval) { sample in
      sample.strategy = SilenceDupes()
      sample.plan.silenceMillis = 3_600_001
    },
    Case("other endpoint", .maintenance, .pass) { $0.settings.maintenance = [.init(tenantID: "t", endpoint: "other")] },
    Case("this endpoint", .maintenance, .refuse) { $0.settings.maintenance = [.init(tenantID: "t", endpoint: "e")] },
    Case("the tenant", .maintenance, .refuse) { $0.settings.maintenance = [.init(tenantID: "t")] },
    Case("until a moment ago", .maintenance, .pass) { sample in
      sample.settings.maintenance = [.init(tenantID: "t", until: sample.now)]
    },
    Case("for a moment more", .maintenance, .refuse) { sample in
      sample.settings.maintenance = [.init(tenantID: "t", until: sample.now + 1)]
    },
    Case("none before", .cooldown, .pass) { _ in },
    Case("a moment too early", .cooldown, .refuse) { sample in
      sample.history.note(.replayRecent, for: sample.subject, at: sample.now - 299_999)
    },
    Case("over", .cooldown, .pass) { sample in
      sample.history.note(.replayRecent, for: sample.subject, at: sample.now - 300_000)
    },
    Case("doubled by a failed heal", .cooldown, .refuse) { sample in
      sample.history.note(.replayRecent, for: sample.subject, at: sample.now - 599_999)
      sample.history.note(.ineffective, of: .replayRecent, for: [sample.subject], at: sample.now)
    },
    Case("doubled twice", .cooldown, .refuse) { sample in
      sample.history.note(.replayRecent, for: sample.subject, at: sample.now - 1_199_999)
      sample.fail(2, at: sample.now)
    },
    Case("doubled twice, and over", .cooldown, .pass) { sample in
      sample.history.note(.replayRecent, for: sample.subject, at: sample.now - 1_200_000)
      sample.fail(2, at: sample.now)
    },
    Case("nearly an hour after many", .cooldown, .refuse) { sample in
      sample.history.note(.replayRecent, for: sample.subject, at: sample.now - 3_599_999)
      sample.fail(9, at: sample.now)
    },
    Case("never beyond an hour", .cooldown, .pass) { sample in
      sample.history.note(.replayRecent, for: sample.subject, at: sample.now - 3_600_000)
      for _ in 0..<9 {
        sample.history.note(.inconclusive, of: .replayRecent, for: [sample.subject], at: sample.now)
      }
    },
    Case("short again after an effective one", .cooldown, .pass) { sample in
      sample.history.note(.replayRecent, for: sample.subject, at: sample.now - 300_000)
      sample.history.note(.ineffective, of: .replayRecent, for: [sample.subject], at: sample.now)
      sample.history.note(.effective, of: .replayRecent, for: [sample.subject], at: sample.now)
    },
    Case("of another endpoint", .cooldown, .pass) { sample in
      sample.history.note(.replayRecent, for: HealSubject(tenantID: "t", endpoint: "other"), at: sample.now)
    },
    Case("further steps", .cooldown, .exempt) { sample in
      sample.isContinuation = true
      sample.history.note(.replayRecent, for: sample.subject, at: sample.now)
    },
    Case("before they begin", .businessHours, .refuse) { $0.work(at: "2026-11-09T07:59:59.999Z") },
    Case("as they begin", .businessHours, .pass) { $0.work(at: "2026-11-09T08:00:00Z") },
    Case("a moment before they end", .businessHours, .pass) { $0.work(at: "2026-11-09T15:59:59.999Z") },
    Case("as they end", .businessHours, .refuse) { $0.work(at: "2026-11-09T16:00:00Z") },
    Case("on a Sunday", .businessHours, .refuse) { $0.work(at: "2026-11-08T12:00:00Z") },
    Case("escalations at night", .businessHours, .exempt) { sample in
      sample.strategy = EscalateOperator()
      sample.work(at: "2026-11-09T03:00:00Z")
    },
  ]

  static let evidence = [
    Case("fresh", .freshEvidence, .pass) { _ in },
    Case("late", .freshEvidence, .refuse) { $0.isEvidenceStale = true },
    Case("of a source that fell silent", .freshEvidence, .refuse) { $0.isFresh = false },
    Case("at the least", .confidence, .pass) { $0.probability = 0.5 },
    Case("below", .confidence, .refuse) { $0.probability = 0.4999 },
    Case("above", .confidence, .pass) { $0.probability = 0.5001 },
    Case("a step at its least", .confidence, .pass) { sample in
      sample.isContinuation = true
      sample.probability = 0.7
    },
    Case("a step below", .confidence, .refuse) { sample in
      sample.isContinuation = true
      sample.probability = 0.6999
    },
    Case("25 replays", .strategyLimits, .pass) { sample in
      sample.hasRecovered = true
      sample.plan.deliveries = ids(25)
    },
    Case("26 replays", .strategyLimits, .refuse) { sample in
      sample.hasRecovered = true
      sample.plan.deliveries = ids(26)
    },
    Case("50 replays of tenant-premium", .strategyLimits, .pass) { sample in
      sample.hasRecovered = true
      sample.policy.maxReplays = 50
      sample.plan.deliveries = ids(50)
    },
    Case("51 replays of tenant-premium", .strategyLimits, .refuse) { sample in
      sample.hasRecovered = true
      sample.policy.maxReplays = 50
      sample.plan.deliveries = ids(51)
    },
    Case("silence of less than three gaps", .strategyLimits, .refuse) { $0.heardAt = Stage.start + 89_999 },
    Case("silence of three gaps", .strategyLimits, .pass) { $0.heardAt = Stage.start + 90_000 },
    Case("silence of less than the back-off", .strategyLimits, .refuse) { sample in
      sample.liveRatePerMinute = 10
      sample.heardAt = Stage.start + 59_999
    },
    Case("silence for the back-off", .strategyLimits, .pass) { sample in
      sample.liveRatePerMinute = 10
      sample.heardAt = Stage.start + 60_000
    },
    Case("back-off doubled", .strategyLimits, .refuse) { sample in
      sample.now = Stage.start
      sample.history.note(.ineffective, of: .replayRecent, for: [sample.subject], at: sample.now)
      sample.heardAt = Stage.start + 119_999
    },
    Case("a tenant that floods", .strategyLimits, .refuse) { sample in
      sample.hasRecovered = true
      sample.hasTrafficSpike = true
    },
    Case("a tenant that is throttled", .strategyLimits, .refuse) { sample in
      sample.hasRecovered = true
      sample.isThrottled = true
    },
    Case("a silence for a tenant that floods and is throttled", .strategyLimits, .pass) { sample in
      sample.strategy = SilenceDupes()
      sample.hasTrafficSpike = true
      sample.isThrottled = true
    },
    Case("a second escalation in time", .strategyLimits, .refuse) { sample in
      sample.strategy = EscalateOperator()
      sample.policy.escalationDelayMinutes = 5
      sample.now = Stage.start + 299_999
    },
    Case("an escalation after its delay", .strategyLimits, .pass) { sample in
      sample.strategy = EscalateOperator()
      sample.policy.escalationDelayMinutes = 5
      sample.now = Stage.start + 300_000
    },
    Case("a tenth silence", .strategyLimits, .pass) { sample in
      sample.strategy = SilenceDupes()
      sample.silences = 9
    },
    Case("an eleventh silence", .strategyLimits, .refuse) { sample in
      sample.strategy = SilenceDupes()
      sample.silences = 10
    },
    Case("a third deferral", .strategyLimits, .pass) { sample in
      sample.strategy = DeferAndMonitor()
      sample.deferrals = 2
    },
    Case("a fourth deferral", .strategyLimits, .refuse) { sample in
      sample.strategy = DeferAndMonitor()
      sample.deferrals = 3
    },
    Case("a throttle to half", .strategyLimits, .pass) { sample in
      sample.strategy = RateLimitSource()
      sample.plan.factor = 0.5
    },
    Case("a throttle to all", .strategyLimits, .refuse) { sample in
      sample.strategy = RateLimitSource()
      sample.plan.factor = 1
    },
    Case("steady", .flapping, .pass) { _ in },
    Case("flapping", .flapping, .refuse) { $0.isFlapping = true },
    Case("escalation while flapping", .flapping, .exempt) { sample in
      sample.strategy = EscalateOperator()
      sample.isFlapping = true
    },
    Case("deferral while flapping", .flapping, .exempt) { sample in
      sample.strategy = DeferAndMonitor()
      sample.isFlapping = true
    },
    Case("narrow", .blastRadius, .pass) { _ in },
    Case("wide", .blastRadius, .refuse) { $0.isBlastWide = true },
    Case("the first escalation", .blastRadius, .exempt) { sample in
      sample.strategy = EscalateOperator()
      sample.isBlastWide = true
    },
    Case("a second escalation", .blastRadius, .refuse) { sample in
      sample.strategy = EscalateOperator()
      sample.isBlastWide = true
      sample.isBlastEscalated = true
    },
    Case("a deferral", .blastRadius, .refuse) { sample in
      sample.strategy = DeferAndMonitor()
      sample.isBlastWide = true
    },
  ]

  static let caps = [
    Case("allowed", .tenantPolicy, .pass) { $0.policy.allowedStrategies = [.replayRecent] },
    Case("not allowed", .tenantPolicy, .refuse) { $0.policy.allowedStrategies = [.escalateOperator] },
    Case("below the tenant's cap", .tenantPolicy, .pass) { sample in
      sample.policy.maxHealsPerHour = 2
      sample.heal(1)
    },
    Case("at the tenant's cap", .tenantPolicy, .refuse) { sample in
      sample.policy.maxHealsPerHour = 2
      sample.heal(2)
    },
    Case("above the tenant's cap", .tenantPolicy, .refuse) { sample in
      sample.policy.maxHealsPerHour = 2
      sample.heal(3)
    },
    Case("at the cap, but of another tenant", .tenantPolicy, .pass) { sample in
      sample.policy.maxHealsPerHour = 2
      for _ in 0..<2 { sample.history.count(healFor: "other", at: sample.now) }
    },
    Case("a step at the tenant's cap", .tenantPolicy, .pass) { sample in
      sample.policy.maxHealsPerHour = 2
      sample.isContinuation = true
      sample.heal(2)
    },
    Case("two failed heals", .strategyBlocked, .pass) { $0.fail(2, at: $0.now) },
    Case("three failed heals", .strategyBlocked, .refuse) { $0.fail(3, at: $0.now - 14_399_999) },
    Case("four failed heals", .strategyBlocked, .refuse) { $0.fail(4, at: $0.now) },
    Case("three failed heals of another strategy", .strategyBlocked, .pass) { sample in
      for _ in 0..<3 {
        sample.history.note(.ineffective, of: .silenceDupes, for: [sample.subject], at: sample.now)
      }
    },
    Case("three failed heals, 4 h ago", .strategyBlocked, .pass) { $0.fail(3, at: $0.now - 14_400_000) },
    Case("a deferral after three", .strategyBlocked, .exempt) { sample in
      sample.strategy = DeferAndMonitor()
      sample.fail(3, at: sample.now)
    },
    Case("99 in an hour", .healsPerHour, .pass) { $0.heal(99) },
    Case("100 in an hour", .healsPerHour, .refuse) { $0.heal(100) },
    Case("101 in an hour", .healsPerHour, .refuse) { $0.heal(101) },
    Case("100, nearly an hour ago", .healsPerHour, .refuse) { sample in
      sample.heal(100)
      sample.now = sample.now + 3_599_999
    },
    Case("100 an hour ago", .healsPerHour, .pass) { sample in
      sample.heal(100)
      sample.now = sample.now + 3_600_000
    },
    Case("escalations", .healsPerHour, .exempt) { sample in
      sample.strategy = EscalateOperator()
      sample.heal(100)
    },
    Case("4 at once", .healsAtOnce, .pass) { $0.liveHeals = 4 },
    Case("5 at once", .healsAtOnce, .refuse) { $0.liveHeals = 5 },
    Case("6 at once", .healsAtOnce, .refuse) { $0.liveHeals = 6 },
    Case("a step of one of 5", .healsAtOnce, .exempt) { sample in
      sample.isContinuation = true
      sample.liveHeals = 5
    },
    Case("4 in a minute", .replayBudget, .pass) { $0.replay(4, at: $0.now) },
    Case("5 in a minute", .replayBudget, .refuse) { $0.replay(5, at: $0.now - 59_999) },
    Case("more than 5 in a minute", .replayBudget, .refuse) { $0.replay(6, at: $0.now) },
    Case("5 of 10 percent of 59", .replayBudget, .refuse) { sample in
      sample.liveRatePerMinute = 59
      sample.replay(5, at: sample.now)
    },
    Case("5 a minute ago", .replayBudget, .pass) { $0.replay(5, at: $0.now - 60_000) },
    Case("9 of 10 percent of 100", .replayBudget, .pass) { sample in
      sample.liveRatePerMinute = 100
      sample.replay(9, at: sample.now)
    },
    Case("10 of 10 percent of 100", .replayBudget, .refuse) { sample in
      sample.liveRatePerMinute = 100
      sample.replay(10, at: sample.now)
    },
    Case("new ids", .ledger, .pass) { _ in },
    Case("one replayed before", .ledger, .refuse) { sample in
      sample.history.note(replayed: ["d0"], to: sample.subject, at: sample.now)
    },
    Case("no id is left", .ledger, .refuse) { $0.plan.deliveries = [] },
    Case("the ledger's last place", .ledger, .pass) { sample in
      sample.settings.healing.maxLedgerEntries = 3
      sample.history.note(replayed: ["x", "y"], to: sample.subject, at: sample.now)
    },
    Case("the ledger is full", .ledger, .refuse) { sample in
      sample.settings.healing.maxLedgerEntries = 2
      sample.history.note(replayed: ["x", "y"], to: sample.subject, at: sample.now)
    },
    Case("all", .enforcement, .pass) { $0.settings.enforcementPercent = 100 },
    Case("none", .enforcement, .refuse) { $0.settings.enforcementPercent = 0 },
    Case("none, but escalations", .enforcement, .exempt) { sample in
      sample.strategy = EscalateOperator()
      sample.settings.enforcementPercent = 0
    },
    Case("off", .dryRun, .pass) { _ in },
    Case("on", .dryRun, .dryRun) { $0.settings.isDryRun = true },
  ]

  @Test func `the share of incidents that healing is enforced for is the percentage`() {
    let inside = (0..<2000).count { index in
      var sample = Sample()
      sample.endpoint = "https://\(index)/"
      sample.settings.enforcementPercent = 30
      return Guardrail.enforcement.check(sample.context).verdict == .pass
    }
    #expect((500...700).contains(inside), "\(inside)")
  }

  /// Each makes one guardrail fail, and no other.
  static let breakers: [(guardrail: Guardrail, fail: @Sendable (inout Sample) -> Void)] = [
    (.killSwitch, { $0.settings.autohealEnabled = false }),
    (.freshEvidence, { $0.isFresh = false }),
    (.approval, { $0.severity = .critical }),
    (.confidence, { $0.probability = 0.4 }),
    (.maintenance, { $0.settings.maintenance = [.init(tenantID: "t")] }),
    (.cooldown, { $0.history.note(.replayRecent, for: $0.subject, at: $0.now) }),
    (.businessHours, { $0.settings.businessHours = BusinessHours(startMinute: 0, endMinute: 0) }),
    (.strategyLimits, { $0.settings.healing.maxReplays = 0 }),
    (.tenantPolicy, { $0.policy.allowedStrategies = [.escalateOperator] }),
    (.flapping, { $0.isFlapping = true }),
    (.blastRadius, { $0.isBlastWide = true }),
    (.strategyBlocked, { $0.settings.healing.failedHealsToBlock = 0 }),
    (.healsPerHour, { $0.settings.healing.maxHealsPerHour = 0 }),
    (.healsAtOnce, { $0.liveHeals = 5 }),
    (.replayBudget, { $0.replay(5, at: $0.now) }),
    (.ledger, { $0.history.note(replayed: ["d0"], to: $0.subject, at: $0.now) }),
    (.enforcement, { $0.settings.enforcementPercent = 0 }),
    (.dryRun, { $0.settings.isDryRun = true }),
  ]

  @Test func `each can fail alone`() {
    #expect(GuardrailTests.breakers.map(\.guardrail) == Guardrail.allCases)
    for (guardrail, fail) in GuardrailTests.breakers {
      var sample = Sample()
      fail(&sample)
      let (conclusion, trace) = Guardrail.judge(sample.context)
      #expect(trace.filter { $0.verdict != .pass }.map(\.guardrail) == [guardrail])
      switch conclusion {
      case .refused(let named, _): #expect(named == guardrail)
      case .needsApproval: #expect(guardrail == .approval)
      case .cleared(let isDryRun): #expect(isDryRun && guardrail == .dryRun)
      }
    }
  }

  @Test(arguments: Guardrail.allCases.indices)
  func `of any two that fail the earlier names the refusal, and all are in the trace`(first: Int) {
    for second in (first + 1)..<GuardrailTests.breakers.count {
      var sample = Sample()
      GuardrailTests.breakers[second].fail(&sample)
      GuardrailTests.breakers[first].fail(&sample)
      let (conclusion, trace) = Guardrail.judge(sample.context)
      let pair = [Guardrail.allCases[first], Guardrail.allCases[second]]
      #expect(trace.map(\.guardrail) == Guardrail.allCases)
      #expect(trace.allSatisfy { !$0.value.isEmpty && !$0.limit.isEmpty }, "\(trace)")
      #expect(trace.filter { $0.verdict != .pass }.map(\.guardrail) == pair)
      switch conclusion {
      case .refused(let named, let reason):
        #expect(named == pair[0] && !reason.isEmpty)
      case .needsApproval(_, let isDryRun):
        #expect(pair == [.approval, .dryRun] && isDryRun)
      case .cleared:
        Issue.record("\(pair) refuse nothing")
      }
    }
  }

  @Test(arguments: [(59, true), (60, true), (61, false)])
  func `evidence is fresh until it is 60 s old`(lag: Int, isFresh: Bool) {
    var stage = Stage()
    stage.pass(120)
    let statement = LevelStatement.anomalous().with(candidates: 3, failedBefore: stage.now)
    let said = stage.say(statement.changed { $0.lastSuccessAt = Stage.start + 1 }, lagSeconds: lag)
    #expect(said.deeds == (isFresh ? ["REPLAY_RECENT canary"] : []))
    #expect(said.refusals.compactMap { $0["meta"]?["guardrail"]?.string } == (isFresh ? [] : ["fresh_evidence"]))
  }

  /// `tenants` of 20, `endpoints` of `active`.
  @Test(arguments: [
    (4, 5, 0, false), (5, 12, 0, true), (5, 13, 0, false), (40, 100, 0, false), (41, 100, 0, true),
    (0, 100, 4, false), (0, 100, 5, true),
  ])
  func `the blast is wide above 40 percent of endpoints or 20 percent of tenants, and at least 5`(
    endpoints: Int, active: Int, tenants: Int, isWide: Bool
  ) {
    var stage = Stage()
    stage.progress.activeEndpoints = active
    stage.progress.newlyFailingEndpoints = endpoints
    stage.progress.newlyFailingTenants = tenants
    stage.pass(10)
    let ready = LevelStatement.anomalous().with(candidates: 3).changed { $0.lastSuccessAt = Stage.start + 1 }
    #expect(stage.say(ready).deeds == [isWide ? "ESCALATE_OPERATOR issued" : "REPLAY_RECENT canary"])
    guard isWide else { return }
    let other = LevelStatement.anomalous("https://b/").with(candidates: 1).changed {
      $0.lastSuccessAt = Stage.start + 1
    }
    #expect(stage.say(other).reasons.first?.hasPrefix("Too much began to fail together") == true)
  }

  @Test(arguments: [(-1, false), (0, false), (1, true)])
  func `an incident is among the enforced ones from the percentage above its own place on`(over: Int, isIn: Bool) {
    var sample = Sample()
    sample.endpoint = "https://place/"
    let place = Int(Guardrail.enforcement.check(sample.context).value) ?? -1
    #expect((1...98).contains(place), "the sample should stand in the middle")
    sample.settings.enforcementPercent = place + over
    #expect((Guardrail.enforcement.check(sample.context).verdict == .pass) == isIn)
  }

  static func ids(_ count: Int) -> [String] { (0..<count).map { "d\($0)" } }
}
