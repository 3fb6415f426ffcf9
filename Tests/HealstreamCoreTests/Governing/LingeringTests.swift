import Testing

@testable import HealstreamCore

/// What is done about an incident whose condition does not hold any more, but that is not over either.
struct LingeringTests {
  @Test func `an incident that recovers slowly is neither deferred again nor escalated`() {
    var stage = Stage()
    let statement = LevelStatement.anomalous(failures: 3)
    #expect(stage.say(statement).deeds == ["DEFER_AND_MONITOR issued"])
    for _ in 0..<10 {
      stage.pass(60)
      stage.say(statement.with(.recovering))
    }
    stage.pass(3600)
    #expect(stage.all.deeds == ["DEFER_AND_MONITOR issued", "DEFER_AND_MONITOR expired"])
  }

  @Test func `one that relapses is deferred again, and escalated after the third time`() {
    var stage = Stage()
    let statement = LevelStatement.anomalous(failures: 3)
    for _ in 0..<4 {
      stage.say(statement)
      stage.pass(60)
      stage.say(statement.with(.recovering))
      stage.pass(120)
    }
    #expect(stage.all.deeds.filter { $0.hasSuffix("issued") }.count == 4)
    #expect(stage.all.deeds.last == "ESCALATE_OPERATOR issued")
  }

  @Test(arguments: [LevelStatement.Level.recovering, .normal])
  func `while it eases nothing but a replay begins`(level: LevelStatement.Level) {
    let flood = LevelStatement.anomalous(failures: 60, count: 100) { statement in
      statement.signatureShare = 1
      statement.conditions = [.trafficSpike]
    }
    var stage = Stage()
    stage.say(flood.with(.recovering).changed { $0.levelChanges = 4 })
    #expect(stage.all.actions.isEmpty)  // no incident: only the anomalous opens one
    stage.say(.anomalous(failures: 3) { $0.levelChanges = 4 })
    stage.say(flood.with(level).changed { $0.levelChanges = 4 })
    stage.pass(120)
    #expect(stage.all.deeds == ["DEFER_AND_MONITOR issued", "DEFER_AND_MONITOR expired"])
  }

  @Test func `turning to passive resolves what is open, and lifts what was done for it`() throws {
    var stage = Stage()
    stage.say(.anomalous(failures: 60, count: 100))
    stage.say(.anomalous("https://b/", failures: 3))
    var settings = GovernorSettings()
    settings.isPassive = true
    let said = try stage.restart(settings)
    #expect(said.lives == ["resolved", "resolved"])
    #expect(said.incidents.compactMap { $0["resolution"]?.string } == ["operator", "operator"])
    #expect(Set(said.deeds) == ["ESCALATE_OPERATOR lifted", "DEFER_AND_MONITOR cancelled"])
    #expect(stage.governor.actions.count == 0)
    #expect(stage.say(.anomalous(failures: 60, count: 100)).incidents.isEmpty)
    #expect(stage.pass(600).actions.isEmpty)
  }

  @Test func `turning passive off says what is open`() throws {
    var stage = Stage { $0.isPassive = true }
    stage.say(.anomalous(failures: 60, count: 100))
    #expect(stage.all.incidents.isEmpty)
    #expect(try stage.restart(GovernorSettings()).lives == ["opened"])
    #expect(stage.pass(60).deeds == ["ESCALATE_OPERATOR issued"])
    #expect(stage.governor.counters.incidentsOpened == 1)
  }
}
