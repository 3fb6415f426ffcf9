import Testing

@testable import HealstreamCore

/// What an epoch's boundary changes, and what it does not.
struct BoundaryTests {
  static let off: GovernorSettings = {
    var settings = GovernorSettings()
    settings.autohealEnabled = false
    return settings
  }()

  static func switches(_ said: [Stage.Said]) -> [Bool?] {
    said.filter { $0.topic == .control }.map { $0["autoheal_enabled"]?.bool }
  }

  // MARK: Switches

  @Test func `the first statement says the switches, a boundary before it is silent`() throws {
    var stage = Stage()
    #expect(try stage.restart().isEmpty)
    #expect(stage.pass(10).first?.topic == .control)
    #expect(try stage.restart().isEmpty)
  }

  @Test func `a boundary says switches that changed at once, and the audit names them`() throws {
    var stage = Stage()
    stage.pass(10)
    var settings = BoundaryTests.off
    settings.enforcementPercent = 10
    let said = try stage.restart(settings)
    #expect(said.map(\.topic) == [.control, .audit])
    #expect(said.first?["autoheal_enabled"]?.bool == false)
    #expect(said.first?["reason"]?.string == "the configuration says so")
    let changes = said.last?["meta"]?["changes"]?.array?.compactMap(\.string)
    #expect(changes == ["autoheal_enabled", "enforcement_percent"])
    #expect(said.last?["reason"]?.string == "healing is off: the configuration says so")
    #expect(stage.pass(60).filter { $0.topic == .control }.isEmpty)
  }

  @Test func `ids of boundaries differ from each other and from those of records`() throws {
    var stage = Stage()
    stage.pass(10)
    for isOn in [false, true, false, true] { try stage.restart(isOn ? GovernorSettings() : BoundaryTests.off) }
    stage.pass(10)
    try stage.restart(BoundaryTests.off, backlog: 3, isAfterLoss: true)
    let ids = stage.all.map(\.id)
    #expect(ids.count > 10)
    #expect(Set(ids).count == ids.count)
  }

  // MARK: Backlog

  static func page() -> LevelStatement { .anomalous("https://page/", failures: 60, count: 100) }

  @Test func `on a backlog incidents open and resolve, and nothing is decided`() throws {
    var stage = Stage()
    stage.pass(10)
    try stage.restart(backlog: 5)
    let backlog =
      stage.say(DecisionTests.ready) + stage.say(BoundaryTests.page())
      + stage.say(.anomalous("https://d/", failures: 3))
      + stage.pass(20)
    #expect(backlog.lives == ["opened", "opened", "opened"])
    #expect(backlog.actions.isEmpty)
    #expect(backlog.refusals.isEmpty)
    #expect(backlog.reports.isEmpty)
    let said = stage.pass(30)  // with the next cycle
    #expect(said.deeds.contains("REPLAY_RECENT canary"))
    #expect(said.deeds.contains("ESCALATE_OPERATOR issued"))
    #expect(said.deeds.contains("DEFER_AND_MONITOR issued"))
  }

  @Test func `what resolved within the backlog pages nobody`() throws {
    var stage = Stage()
    stage.pass(10)
    try stage.restart(backlog: 2)
    stage.say(BoundaryTests.page())
    stage.say(BoundaryTests.page().with(.normal))
    stage.pass(60)
    #expect(stage.all.lives == ["opened", "resolved"])
    #expect(stage.all.actions.isEmpty)
  }

  @Test func `the first record after the backlog is decided upon, the last one of it is not`() throws {
    for backlog in [Int64(1), 0] {
      var stage = Stage()
      stage.pass(10)
      try stage.restart(backlog: backlog)
      #expect(stage.say(BoundaryTests.page()).actions.isEmpty == (backlog == 1))
    }
  }

  @Test func `the audit says once that a backlog is worked off and once that it is over`() throws {
    var stage = Stage()
    stage.pass(10)
    try stage.restart(backlog: 8)
    stage.say(DecisionTests.ready)
    stage.pass(30)
    try stage.reload()  // the hold is state
    stage.say(BoundaryTests.page())
    stage.pass(60)
    let words = stage.all.audit.filter { $0.action?.hasPrefix("backlog.") == true }
    #expect(words.map(\.action) == ["backlog.began", "backlog.ended"])
    #expect(words.first?["meta"]?["end_offset"]?.integer == 9)
  }

  @Test func `a replay under way does not go on within a backlog, and settles by its time`() throws {
    var (stage, canary) = ReplayTests.stageAtCanary()
    try stage.restart(backlog: 60)
    #expect(stage.report(canary, succeeded: true).actions.isEmpty)
    let said = stage.pass(400)
    #expect(said.deeds == ["REPLAY_RECENT settled"])
  }

  // MARK: Loss

  @Test func `after a loss nothing is healed, whatever later boundaries and the configuration say`() throws {
    var stage = Stage()
    stage.pass(10)
    let said = try stage.restart(isAfterLoss: true)
    #expect(BoundaryTests.switches(said) == [false])
    #expect(said.first?["reason"]?.string?.hasPrefix("records or state were lost") == true)
    #expect(said.last?["reason"]?.string?.hasPrefix("healing is off: records or state were lost") == true)
    #expect(try stage.restart().isEmpty)
    #expect(try stage.restart(BoundaryTests.off).isEmpty)
    #expect(try stage.restart(GovernorSettings()).isEmpty)
    stage.say(DecisionTests.ready)
    stage.say(BoundaryTests.page())
    stage.pass(120)
    #expect(stage.all.actions.isEmpty)
    #expect(stage.all.reasons.allSatisfy { $0.hasPrefix("Healing is off: records or state were lost") })
  }

  @Test func `a fold that lost its state says so with its first statement`() throws {
    var stage = Stage()
    try stage.restart(isAfterLoss: true)
    #expect(BoundaryTests.switches(stage.pass(10)) == [false])
  }
}
