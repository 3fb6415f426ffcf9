import Testing

@testable import HealstreamCore

struct IncidentLifeTests {
  @Test func `an anomaly opens one incident with the record that crossed the line`() throws {
    var stage = Stage()
    let statement = LevelStatement.anomalous(failures: 115, count: 200) { statement in
      statement.type = .failureCluster
      statement.conditions = [.failureBurst, .failureCluster]
      statement.baselineFailures = 2
      statement.failureMultiplier = 57.5
    }
    let opened = try #require(stage.say(statement).incidents.first)
    #expect(opened.event == "opened")
    #expect(opened.type == "healstream.incident.opened.v1")
    #expect(opened.key == opened["incident_id"]?.string)
    #expect(
      opened["message"]?.string
        == "Failure cluster: 115 failures to https://api.customer.com/webhook (57.5x normal), tenant tenant-acme")
    #expect(opened["failure_cluster_detected"]?.bool == true)
    #expect(opened["spike_detected"]?.bool == false)
    #expect(opened["detected_at"]?.timestamp == Stage.start)
    #expect(stage.say(statement).incidents.isEmpty)
  }

  @Test func `the fields stand in their fixed order`() throws {
    var stage = Stage()
    let names = try #require(stage.say(.anomalous()).incidents.first?.value.object).map(\.name)
    #expect(
      names == [
        "event", "incident_id", "scope", "type", "severity", "status", "tenant_id", "endpoint", "recent_count",
        "baseline_count", "recent_failures", "baseline_failures", "spike_detected", "failure_cluster_detected",
        "conditions", "spike_multiplier", "failure_multiplier", "significance", "triage_distribution", "message",
        "detected_at", "updated_at", "resolved_at", "resolution", "acknowledged_by", "known_issue", "reopened_count",
        "flapping", "heal_actions", "evidence_stale", "explanation",
      ])
  }

  @Test(arguments: [(50, 55, "warning"), (51, 60, "critical"), (51, 64, "warning")])
  func `critical takes more than 50 failures at a rate above 80 percent`(failures: Int, count: Int, severity: String) {
    var stage = Stage()
    let opened = stage.say(.anomalous(failures: failures, count: count)).incidents.first
    #expect(opened?["severity"]?.string == severity)
  }

  @Test func `a change of severity is said at once`() {
    var stage = Stage()
    stage.say(.anomalous(failures: 40, count: 50))
    let updated = stage.say(.anomalous(failures: 60, count: 62)).incidents
    #expect(updated.lives == ["updated"])
    #expect(updated.first?["severity"]?.string == "critical")
  }

  @Test func `a doubled count is said at once, less than that only after 5 minutes`() {
    var stage = Stage()
    stage.say(.anomalous(failures: 8, count: 10))
    stage.pass(10)
    #expect(stage.say(.anomalous(failures: 15, count: 19)).incidents.isEmpty)
    #expect(stage.say(.anomalous(failures: 16, count: 19)).lives == ["updated"])
    stage.say(.anomalous(failures: 17, count: 20))
    #expect(stage.pass(280).incidents.isEmpty)
    #expect(stage.pass(40).lives == ["updated"])
  }

  @Test func `an unchanged incident is said again after 4 hours`() {
    var stage = Stage()
    stage.say(.anomalous())
    #expect(stage.pass(4 * 3600 - 30).incidents.isEmpty)
    #expect(stage.pass(60).lives == ["updated"])
  }

  @Test func `recovery resolves, and the severity stays what it was`() {
    var stage = Stage()
    stage.say(.anomalous(failures: 60, count: 60))
    stage.pass(30)
    let resolved = stage.say(.anomalous(failures: 0).with(.normal)).incidents
    #expect(resolved.lives == ["resolved"])
    #expect(resolved.first?["resolution"]?.string == "recovered")
    #expect(resolved.first?["severity"]?.string == "critical")
    #expect(resolved.first?["resolved_at"]?.timestamp == stage.now)
    #expect(stage.say(.anomalous(failures: 0).with(.normal)).incidents.isEmpty)
  }

  @Test(arguments: [(30 * 60, "reopened"), (30 * 60 + 10, "opened")])
  func `raised again within 30 minutes it is the same incident`(pause: Int, event: String) {
    var stage = Stage()
    let opened = stage.say(.anomalous()).incidents.first
    stage.say(.anomalous().with(.normal))
    stage.pass(pause)
    let again = stage.say(.anomalous(raisedAt: stage.now)).incidents.first
    #expect(again?.event == event)
    #expect((again?["incident_id"] == opened?["incident_id"]) == (event == "reopened"))
    #expect(again?["reopened_count"]?.integer == (event == "reopened" ? 1 : 0))
    #expect(again?["resolved_at"] == .null)
  }

  @Test func `silence is stale, a day of it is no data, and neither is recovery`() {
    var stage = Stage()
    stage.say(.anomalous())
    #expect(stage.say(.anomalous().with(.silent)).lives == ["stale"])
    #expect(stage.say(.anomalous().with(.silent)).incidents.isEmpty)
    let resolved = stage.say(.anomalous().with(.vanished)).incidents.first
    #expect(resolved?["resolution"]?.string == "no_data")
  }

  @Test func `an anomaly wakes a stale incident`() {
    var stage = Stage()
    stage.say(.anomalous())
    stage.say(.anomalous().with(.silent))
    let woken = stage.say(.anomalous()).incidents.first
    #expect(woken?.event == "updated")
    #expect(woken?["status"]?.string == "active")
  }

  @Test(arguments: [(3, ["opened"]), (4, ["opened", "flapping"])])
  func `four changes of the condition are flapping`(changes: Int, lives: [String]) {
    var stage = Stage()
    stage.say(.anomalous())
    stage.say(.anomalous { $0.levelChanges = changes })
    #expect(stage.all.lives == lives)
  }

  @Test func `a resolved incident tells how bad it was, an open one how it stands`() {
    var stage = Stage()
    stage.say(.anomalous())
    stage.say(.anomalous { $0.recentFailures = 115 })
    let updated = stage.say(.anomalous { $0.recentFailures = 3 }.with(.recovering)).incidents.last
    let resolved = stage.say(.anomalous { $0.recentFailures = 0 }.with(.normal)).incidents.last
    #expect(updated?["message"]?.string?.contains("115 failures") != true)
    #expect(resolved?["event"]?.string == "resolved")
    #expect(resolved?["message"]?.string?.contains(": 115 failures to") == true)
    #expect(resolved?["recent_failures"]?.integer == 0)
  }

  @Test func `flapping is said once, however often the count of changes crosses its limit`() {
    var stage = Stage()
    stage.say(.anomalous())
    for changes in [4, 3, 4, 5, 3, 4] { stage.say(.anomalous { $0.levelChanges = changes }) }
    #expect(stage.all.lives == ["opened", "flapping"])
    stage.say(.anomalous { $0.levelChanges = 0 })
    stage.say(.anomalous { $0.levelChanges = 4 })
    #expect(stage.all.lives == ["opened", "flapping", "updated", "flapping"])
  }

  @Test func `a flapping incident resolves only after 10 quiet minutes`() {
    var stage = Stage()
    stage.say(.anomalous())
    stage.say(.anomalous { $0.levelChanges = 4 })
    stage.pass(10)
    #expect(stage.say(.anomalous { $0.levelChanges = 4 }.with(.normal)).incidents.isEmpty)
    #expect(!stage.pass(590).lives.contains("resolved"))
    #expect(stage.pass(40).lives.contains("resolved"))
  }

  @Test func `a flapping incident that is raised again while quiet stays open`() {
    var stage = Stage()
    stage.say(.anomalous { $0.levelChanges = 4 })
    stage.say(.anomalous { $0.levelChanges = 4 }.with(.normal))
    stage.pass(300)
    stage.say(.anomalous { $0.levelChanges = 5 })
    #expect(!stage.pass(900).lives.contains("resolved"))
  }

  @Test(arguments: [(60, false), (61, true)])
  func `evidence more than 60 s old opens an incident that says so`(lag: Int, isStale: Bool) {
    var stage = Stage()
    let opened = stage.say(.anomalous(), lagSeconds: lag).incidents.first
    #expect(opened?["evidence_stale"]?.bool == isStale)
    #expect(opened?["message"]?.string?.contains("evidence is 61 s old") == isStale)
  }

  @Test func `a tenant's incident supersedes its endpoints' and speaks for them until it closes`() {
    var stage = Stage()
    stage.say(.anomalous("https://a/"))
    stage.say(.anomalous("https://b/"))
    stage.say(.anomalous("https://a/", of: "tenant-other"))
    let tenant = LevelStatement.anomalous(nil, scope: .tenant, failures: 30)
    let said = stage.say(tenant).incidents
    #expect(said.lives == ["opened", "resolved", "resolved"])
    #expect(said.compactMap { $0["resolution"]?.string } == ["superseded", "superseded"])
    #expect(said.allSatisfy { $0["tenant_id"]?.string == "tenant-acme" })
    #expect(stage.say(.anomalous("https://c/")).incidents.isEmpty)
    stage.say(tenant.with(.normal))
    #expect(stage.say(.anomalous("https://c/")).lives == ["opened"])
    #expect(stage.say(.anomalous("https://a/")).lives == ["reopened"])
  }

  @Test func `what was superseded for long is reopened, not opened under the same id again`() {
    var stage = Stage()
    let endpoint = LevelStatement.anomalous("https://a/")
    let tenant = LevelStatement.anomalous(nil, scope: .tenant, failures: 30)
    let opened = stage.say(endpoint).incidents.first
    stage.say(tenant)
    stage.pass(3600)
    stage.say(tenant.with(.normal))
    let again = stage.say(endpoint).incidents.first
    #expect(again?.event == "reopened")
    #expect(again?["incident_id"] == opened?["incident_id"])
  }

  @Test func `beyond the cap incidents are refused, counted, and audited once`() {
    var stage = Stage { $0.incidents.maxOpen = 2 }
    for index in 0..<5 { stage.say(.anomalous("https://\(index)/")) }
    #expect(stage.all.lives == ["opened", "opened"])
    #expect(stage.governor.counters.incidentsRefused == 3)
    #expect(stage.all.audit.count { $0.action == "incident.refused" } == 1)
  }

  @Test func `passive mode audits what it saw and opens nothing`() {
    var stage = Stage { $0.isPassive = true }
    stage.say(.anomalous().with(candidates: 3))
    stage.pass(120)
    stage.say(.anomalous().with(.normal))
    #expect(stage.all.incidents.isEmpty)
    #expect(stage.all.actions.isEmpty)
    #expect(stage.all.audit.compactMap(\.action) == ["control.switches", "incident.opened", "incident.resolved"])
    #expect(stage.all.audit.last?["outcome"]?.string == "passive")
  }

  @Test func `a statement that does not advance its source changes nothing`() {
    var stage = Stage()
    let source = SignalSource(topic: "deliveries", partition: 3, offset: 7, index: 1)
    let signal = Signal(source: source, at: stage.now, statement: .level(.anomalous()))
    #expect(!stage.fold(signal).isEmpty)
    var older = signal
    older.source.index = 0
    older.statement = .level(.anomalous("https://other/"))
    #expect(stage.fold(signal).isEmpty)
    #expect(stage.fold(older).isEmpty)
    #expect(stage.governor.counters.refusedStatements == 2)
  }

  @Test func `numbers beyond all measure neither trap nor reach the output`() {
    var stage = Stage()
    let absurd = LevelStatement.anomalous(failures: .max, count: .max) { statement in
      statement.baselineFailures = 1e300
      statement.failureMultiplier = .infinity
    }
    #expect(stage.say(absurd).lives.first == "opened")
    stage.say(absurd)
    stage.progress.recentCount = .max
    stage.progress.activeEndpoints = .max
    stage.progress.newlyFailingEndpoints = .max
    stage.progress.activeTenants = .max
    stage.progress.newlyFailingTenants = .max
    #expect(!stage.pass(40).isEmpty)
  }
}
