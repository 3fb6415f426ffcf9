import Testing

@testable import HealstreamCore

struct DecisionTests {
  static let ready = LevelStatement.anomalous().with(candidates: 3).changed { $0.lastSuccessAt = Stage.start + 1 }

  @Test func `the fields of an action stand in their fixed order`() throws {
    var stage = Stage()
    let canary = try #require(stage.say(DecisionTests.ready).actions.first)
    #expect(
      canary.value.object?.map(\.name) == [
        "event", "action_id", "strategy", "incident_id", "tenant_id", "endpoint", "service", "probability", "plan",
        "plan_hash", "dry_run", "would_replay", "decided_at", "expires_at", "outcome", "replayed", "succeeded",
        "failed", "trace", "withdrawn", "evidence", "delivered_anyway", "payloads",
      ])
    #expect(
      canary["plan"]?.object?.map(\.name) == [
        "deliveries", "not_before", "step", "factor", "duration_s", "silence_s", "recheck_s", "priority", "dedup_key",
        "notify", "message",
      ])
    #expect(canary.type == "healstream.heal.canary.v1")
    #expect(canary.key == "tenant-acme")
    #expect(canary["trace"]?.array?.count == Guardrail.allCases.count)
    #expect(canary["trace"]?.array?.first?.object?.map(\.name) == ["guardrail", "value", "limit", "verdict"])
  }

  @Test func `an incident names its actions`() {
    var stage = Stage()
    let canary = stage.say(DecisionTests.ready).actions.first
    let updated = stage.say(DecisionTests.ready.changed { $0.recentFailures = 30 }).incidents.first
    #expect(updated?["heal_actions"]?.array == canary.flatMap { $0["action_id"] }.map { [$0] })
  }

  @Test func `a critical incident's replay is proposed once, expires, and is proposed anew`() {
    var stage = Stage { $0.healing.escalateFailures = 1000 }
    let critical = DecisionTests.ready.changed { statement in
      statement.recentFailures = 60
      statement.recentCount = 60
      statement.triage[.transientEndpointDown] = 60
    }
    let proposed = stage.say(critical).actions
    #expect(proposed.deeds == ["REPLAY_RECENT proposed"])
    #expect(proposed.first?["plan"]?["deliveries"]?.array?.count == 3)
    #expect(proposed.first?["expires_at"]?.timestamp == Stage.start + 900_000)
    #expect(stage.pass(890).actions.isEmpty)
    #expect(stage.pass(10).deeds.first == "REPLAY_RECENT expired")
    #expect(stage.governor.counters.replays == 0)
  }

  @Test func `a proposal is cancelled when its incident is over`() {
    var stage = Stage { $0.healing.escalateFailures = 1000 }
    let critical = DecisionTests.ready.changed { statement in
      statement.recentFailures = 60
      statement.recentCount = 60
      statement.triage[.transientEndpointDown] = 60
    }
    stage.say(critical)
    #expect(stage.say(critical.with(.normal)).deeds == ["REPLAY_RECENT cancelled"])
  }

  @Test func `a dry run decides everything, says what it would replay, and counts nothing`() {
    var stage = Stage { $0.isDryRun = true }
    let action = stage.say(DecisionTests.ready).actions.first
    #expect(action?.event == "issued")
    #expect(action?["dry_run"]?.bool == true)
    #expect(action?["plan"] == .null)
    #expect(action?["would_replay"]?.integer == 3)
    #expect(stage.governor.history.healsWithinHour(at: stage.now) == 0)
    #expect(stage.governor.history.ledgerCount == 0)
    #expect(stage.governor.actions.liveHeals == 0)
    #expect(stage.governor.counters.replays == 0)
  }

  @Test func `with healing off nothing is issued, and the reason is audited once`() {
    var stage = Stage { $0.autohealEnabled = false }
    stage.say(DecisionTests.ready)
    stage.pass(300)
    #expect(stage.all.actions.isEmpty)
    #expect(stage.all.reasons == ["Healing is off: the configuration says so"])
    #expect(stage.all.reports.count == 10)
    #expect(stage.all.reports.last?["meta"]?["actions_skipped"]?.integer == 1)
  }

  @Test func `a refusal for another reason is audited again`() throws {
    var stage = Stage()
    stage.say(.anomalous().with(candidates: 3))
    stage.pass(30)
    var settings = GovernorSettings()
    settings.autohealEnabled = false
    try stage.restart(settings)
    stage.pass(60)
    #expect(
      stage.all.reasons == [
        "No live delivery has succeeded again, back-off ends in 1.5m", "Healing is off: the configuration says so",
      ])
  }

  @Test func `nothing is done on stale evidence, until fresh evidence comes`() {
    var stage = Stage()
    #expect(stage.say(DecisionTests.ready, lagSeconds: 61).reasons.first?.hasPrefix("The evidence is stale") == true)
    #expect(stage.pass(60).actions.isEmpty)
    #expect(stage.say(DecisionTests.ready).deeds == ["REPLAY_RECENT canary"])
  }

  @Test func `nothing is done on the word of a source that has fallen silent`() {
    var stage = Stage { $0.healing.replayBackOffMillis = 90_000 }
    stage.say(DecisionTests.ready.changed { $0.lastSuccessAt = nil }, partition: 1)
    let said = stage.pass(120)
    #expect(said.actions.isEmpty)
    #expect(said.reasons.first?.hasPrefix("The evidence is stale") == true)
  }

  @Test func `an idle source that has read to the end is not silent`() {
    var stage = Stage()
    stage.progress.isCaughtUp = true
    stage.say(
      DecisionTests.ready.changed { ready in
        for index in ready.candidates.indices { ready.candidates[index].notBefore = Stage.start + 100_000 }
      })
    #expect(stage.pass(120).deeds.contains("REPLAY_RECENT canary"))
  }

  @Test func `five heals at once, the sixth is refused`() {
    var stage = Stage()
    for index in 0..<6 {
      stage.say(
        LevelStatement.anomalous("https://\(index)/").with(candidates: 2, prefix: "\(index)-")
          .changed { $0.lastSuccessAt = Stage.start + 1 })
    }
    #expect(stage.all.deeds.count == 5)
    #expect(stage.all.reasons == ["5 heals at once, at most 5"])
  }

  @Test func `tenant-premium and tenant-qa have their own caps`() {
    var premium = TenantPolicy()
    premium.maxReplays = 50
    premium.escalationDelayMinutes = 5
    var qa = TenantPolicy()
    qa.maxReplays = 100
    qa.skipNotifications = true
    let policies = ["tenant-premium": premium, "tenant-qa": qa]
    var stage = Stage { $0.policies = policies }
    for (tenant, count) in [("tenant-premium", 50), ("tenant-qa", 100)] {
      let statement = LevelStatement.anomalous(of: tenant).with(candidates: count).changed {
        $0.lastSuccessAt = Stage.start + 1
      }
      #expect(stage.say(statement).deeds == ["REPLAY_RECENT canary"])
      let large = LevelStatement.anomalous("https://large/", of: tenant, failures: 60, count: 100)
      stage.say(large)
    }
    let escalations = stage.all.actions.filter { $0.strategy == "ESCALATE_OPERATOR" }
    #expect(escalations.compactMap { $0["tenant_id"]?.string } == ["tenant-qa"])
    #expect(escalations.first?["plan"]?["notify"]?.array == [])
    #expect(stage.all.reasons == ["Escalation delayed (0m < 5m)"])
    let delayed = stage.pass(300).actions.first { $0.strategy == "ESCALATE_OPERATOR" }
    #expect(delayed?["tenant_id"]?.string == "tenant-premium")
    #expect(delayed?["plan"]?["notify"]?.array == [.string("operators")])
  }

  @Test func `a cycle that did or refused anything closes with a report`() throws {
    var stage = Stage()
    stage.say(DecisionTests.ready)
    stage.say(.anomalous("https://b/", failures: 60, count: 100))
    stage.say(.anomalous("https://c/", failures: 3))
    let report = try #require(stage.pass(30).reports.first)
    let meta = report["meta"]
    #expect(meta?["incidents_detected"]?.integer == 3)
    #expect(meta?["actions_taken"]?.integer == 3)
    #expect(meta?["total_replays"]?.integer == 1)
    #expect(meta?["total_escalations"]?.integer == 1)
    #expect(meta?["total_deferrals"]?.integer == 1)
    #expect(meta?["dry_run"]?.bool == false)
    #expect(stage.pass(60).reports.isEmpty)
  }

  @Test func `the switches in force are said first, and again when they change`() throws {
    var stage = Stage()
    stage.pass(60)
    var settings = GovernorSettings()
    settings.enforcementPercent = 10
    try stage.restart(settings)
    stage.pass(60)
    let control = stage.all.filter { $0.topic == .control }
    #expect(control.compactMap { $0["enforcement_percent"]?.integer } == [100, 10])
    #expect(stage.all.first?.topic == .control)
  }

  @Test func `the audit is numbered without a gap`() {
    var stage = Stage()
    stage.say(DecisionTests.ready)
    stage.pass(600)
    let numbers = stage.all.audit.compactMap { $0["meta"]?["sequence"]?.integer }
    #expect(numbers == Array(0..<Int64(numbers.count)))
    #expect(
      stage.all.audit.first?.value.object?.map(\.name) == [
        "audit_id", "at", "operator_id", "action", "resource_type", "resource_id", "tenant_id", "outcome", "reason",
        "meta",
      ])
  }
}
