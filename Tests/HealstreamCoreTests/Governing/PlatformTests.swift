import Testing

@testable import HealstreamCore

struct PlatformTests {
  static func stage(
    newlyFailing endpoints: Int, of tenants: Int, _ configure: (inout GovernorSettings) -> Void = { _ in }
  )
    -> Stage
  {
    var stage = Stage(configure)
    stage.pass(30)
    stage.progress.newlyFailingEndpoints = endpoints
    stage.progress.newlyFailingTenants = tenants
    stage.progress.recentFailures = 600
    return stage
  }

  @Test(arguments: [(30, 10, true), (19, 10, false), (30, 4, false), (30, 3, false)])
  func `a fifth of the endpoints and of the tenants, 5 at least, that began to fail together open it`(
    endpoints: Int, tenants: Int, opens: Bool
  ) {
    var stage = PlatformTests.stage(newlyFailing: endpoints, of: tenants)
    let opened = stage.pass(10).incidents.first
    #expect((opened?.event == "opened") == opens)
    guard let opened else { return }
    #expect(opened["scope"]?.string == "platform")
    #expect(opened["tenant_id"] == .null)
    #expect(opened["message"]?.string == "Platform fault: 30 of 100 endpoints began to fail together")
    #expect(opened["severity"]?.string == "critical")
  }

  @Test func `a fleet that fails much anyway needs more`() {
    var stage = PlatformTests.stage(newlyFailing: 30, of: 10)
    stage.progress.failureRate = 0.15  // 30 endpoints are what chance would bring
    #expect(stage.pass(10).incidents.isEmpty)
  }

  @Test func `the parts of all partitions are added`() {
    var stage = Stage()
    var part = stage.progress
    part.newlyFailingEndpoints = 20
    part.newlyFailingTenants = 5
    part.activeEndpoints = 50
    part.activeTenants = 10
    stage.say(.progress(part), partition: 0)
    #expect(
      stage.all.incidents.first?["message"]?.string == "Platform fault: 20 of 50 endpoints began to fail together")
    part.newlyFailingEndpoints = 0
    part.newlyFailingTenants = 0
    var other = Stage()
    other.say(.progress(part), partition: 0)
    other.say(.progress(part), partition: 1)
    part.newlyFailingEndpoints = 30
    part.newlyFailingTenants = 6
    other.say(.progress(part), partition: 2)
    #expect(
      other.all.incidents.first?["message"]?.string == "Platform fault: 30 of 150 endpoints began to fail together")
  }

  @Test func `it supersedes all, stops heals, and escalates once`() {
    var stage = Stage()
    stage.pass(30)
    stage.say(.anomalous())
    stage.say(.anomalous(nil, of: "tenant-other", scope: .tenant))
    stage.progress.newlyFailingEndpoints = 40
    stage.progress.newlyFailingTenants = 10
    let said = stage.pass(10)
    #expect(said.lives == ["opened", "resolved", "resolved"])
    #expect(said.incidents.compactMap { $0["resolution"]?.string } == ["superseded", "superseded"])
    #expect(said.deeds.contains("ESCALATE_OPERATOR issued"))
    let healable = LevelStatement.anomalous("https://x/").with(candidates: 3).changed {
      $0.lastSuccessAt = Stage.start + 1
    }
    #expect(stage.say(healable).incidents.isEmpty)
    #expect(stage.pass(300).actions.isEmpty)
  }

  @Test func `it is over when beginnings and failures fell to half, for 5 minutes`() {
    var stage = PlatformTests.stage(newlyFailing: 40, of: 10)
    stage.pass(10)
    stage.progress.newlyFailingEndpoints = 0  // their runs have begun long ago, and go on
    stage.progress.newlyFailingTenants = 0
    #expect(!stage.pass(1200).lives.contains("resolved"))
    stage.progress.recentFailures = 300
    #expect(!stage.pass(300).lives.contains("resolved"))
    let said = stage.pass(10)
    #expect(said.incidents.first("resolved")?["resolution"]?.string == "recovered")
    #expect(said.deeds == ["ESCALATE_OPERATOR lifted"])
  }

  @Test func `what the platform's fault raised opens nothing after it, unless it fails anew`() {
    var stage = PlatformTests.stage(newlyFailing: 40, of: 10)
    stage.pass(10)
    let raisedAt = stage.now
    stage.progress.newlyFailingEndpoints = 0
    stage.progress.newlyFailingTenants = 0
    stage.progress.recentFailures = 100
    #expect(stage.pass(320).lives.contains("resolved"))
    let lasting = LevelStatement.anomalous().changed {
      $0.raisedAt = raisedAt
      ($0.lastEventAt, $0.recentCount, $0.recentFailures) = (raisedAt, 1, 1)
    }
    stage.pass(10)
    #expect(stage.say(lasting).lives == [])
    let failingOnce = lasting.changed { ($0.lastEventAt, $0.lastSuccessAt) = (stage.now, raisedAt) }
    #expect(stage.say(failingOnce).lives == [])
    let failingNowAndThen = lasting.changed {
      ($0.lastEventAt, $0.lastSuccessAt, $0.recentFailures, $0.recentCount) = (stage.now, stage.now, 5, 11)
    }
    #expect(stage.say(failingNowAndThen).lives == [])
    let other = failingNowAndThen.changed { ($0.endpoint, $0.recentCount) = ("https://other/", 10) }
    #expect(stage.say(other).lives == ["opened"])
    stage.pass(40 * 60)
    #expect(stage.say(lasting).lives == [])
    let neverAnswering = lasting.changed { ($0.lastEventAt, $0.lastSuccessAt) = (stage.now, raisedAt) }
    #expect(stage.say(neverAnswering).lives == ["opened"])
  }

  @Test(arguments: [(41, 1, true), (40, 1, false), (4, 5, true), (4, 4, false)])
  func `beyond the blast radius only one escalation goes out`(endpoints: Int, tenants: Int, isWide: Bool) {
    // Of 100 endpoints and 24 tenants: above 40 % or above 20 %, and at least 5.
    var stage = Stage { $0.platform.minTenants = 1000 }
    stage.progress.activeTenants = 24
    stage.progress.newlyFailingEndpoints = endpoints
    stage.progress.newlyFailingTenants = tenants
    stage.pass(10)
    let healable = LevelStatement.anomalous().with(candidates: 3).changed { $0.lastSuccessAt = Stage.start + 1 }
    #expect(stage.say(healable).deeds == [isWide ? "ESCALATE_OPERATOR issued" : "REPLAY_RECENT canary"])
    let other = LevelStatement.anomalous("https://other/").with(candidates: 3, prefix: "o")
    let said = stage.say(other.changed { $0.lastSuccessAt = Stage.start + 1 })
    #expect(said.actions.isEmpty == isWide)
    if isWide { #expect(said.reasons.first?.hasPrefix("Too much began to fail together") == true) }
  }

  @Test func `the platform's incident escalates although one of its parts has done so`() {
    var stage = Stage()
    stage.progress.newlyFailingEndpoints = 45
    stage.progress.newlyFailingTenants = 4
    stage.pass(10)
    #expect(stage.say(.anomalous()).deeds == ["ESCALATE_OPERATOR issued"])
    stage.progress.newlyFailingTenants = 8
    let said = stage.pass(10)
    #expect(said.deeds == ["ESCALATE_OPERATOR lifted", "ESCALATE_OPERATOR issued"])
    #expect(said.actions.last?["incident_id"] == said.incidents.first("opened")?["incident_id"])
  }

  @Test func `beyond the blast radius another incident escalates when the first one's page is withdrawn`() {
    var stage = Stage()
    stage.progress.newlyFailingEndpoints = 45
    stage.pass(10)
    stage.say(.anomalous())
    stage.say(.anomalous("https://other/"))
    #expect(stage.say(.anomalous().with(.normal)).deeds == ["ESCALATE_OPERATOR lifted"])
    #expect(stage.pass(30).deeds == ["ESCALATE_OPERATOR issued"])
  }
}
