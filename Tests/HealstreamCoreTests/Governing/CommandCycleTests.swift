import Testing

@testable import HealstreamCore

struct CommandCycleTests {
  /// So many endpoints of as many tenants fail in the same second, each worth a replay, and nothing was decided for them yet.
  private static func failing(_ count: Int) -> CommandTests.Desk {
    var desk = CommandTests.Desk()
    desk.order("set-autoheal", "{\"enabled\":false}")
    for number in 0..<count {
      let statement = LevelStatement.anomalous(
        "https://api\(number).example/hook", of: "tenant-\(number)", raisedAt: Stage.start
      ).with(candidates: 3).changed { $0.lastSuccessAt = Stage.start + 1 }
      desk.stage.say(statement, partition: Int32(number))
    }
    desk.order("set-autoheal", "{\"enabled\":true}")
    return desk
  }

  @Test func `a hundred cycles at once heal five, and the rest are answered with the reason`() {
    var desk = Self.failing(20)
    var said: [Stage.Said] = []
    var outcomes: [String?] = []
    for number in 0..<100 {
      let answered = desk.order("run-cycle", id: "cycle-\(number)", role: "operator")
      outcomes.append(answered.outcome)
      if number == 0 {
        #expect(answered.reason == "5 actions taken, 15 skipped: 5 heals at once, at most 5 (15)")
        #expect(answered.exceptions == ["heals_at_once: 5 heals at once, at most 5 (15)"])
        #expect(answered.reports.last?["meta"]?["actions_taken"]?.integer == 5)
      } else {
        #expect(
          answered.reason
            == "a cycle ran 0 ms before: 5 actions taken, 15 skipped: 5 heals at once, at most 5 (15)")
      }
      said += answered
    }
    #expect(outcomes == ["accepted"] + Array(repeating: "rejected", count: 99))
    #expect(said.deeds == Array(repeating: "REPLAY_RECENT canary", count: 5))
    #expect(desk.stage.governor.actions.liveHeals == 5)
  }

  @Test func `a second later there is another cycle, which heals no sixth`() throws {
    var desk = Self.failing(20)
    desk.order("run-cycle")
    try desk.stage.restart()
    desk.stage.skip(1)
    let second = desk.order("run-cycle")
    #expect(second.reason == "0 actions taken, 15 skipped: 5 heals at once, at most 5 (15)")
    #expect(second.actions.isEmpty)
  }

  @Test func `a rehearsed cycle decides everything, acts on nothing and leaves no trace`() throws {
    var desk = Self.failing(7)
    let before = desk.stage.state
    let said = desk.order("run-cycle", "{\"dry_run\":true}")
    #expect(said.reason == "rehearsed: 7 actions taken, 0 skipped")
    #expect(said.deeds == Array(repeating: "REPLAY_RECENT issued", count: 7))
    #expect(said.actions.allSatisfy { $0["dry_run"]?.bool == true && $0["plan"]?.isNull == true })
    #expect(said.reports.first?["meta"]?["dry_run"]?.bool == true)
    #expect(said.control.isEmpty)
    #expect(desk.stage.governor.actions.count == 0)
    #expect(desk.stage.state.count - before.count < 200)
    desk.stage.skip(1)
    let real = desk.order("run-cycle")
    #expect(real.deeds == Array(repeating: "REPLAY_RECENT canary", count: 5))
    let rehearsed = Set(said.actions.compactMap { $0["action_id"]?.string })
    #expect(rehearsed.isDisjoint(with: real.actions.compactMap { $0["action_id"]?.string }))
  }

  @Test func `with healing off a cycle says so`() {
    var desk = Self.failing(2)
    desk.order("set-autoheal", "{\"enabled\":false}")
    let said = desk.order("run-cycle")
    #expect(said.reason == "0 actions taken, 2 skipped: Healing is off: switched off by alice (2)")
    #expect(said.actions.isEmpty)
  }

  @Test func `there is none in a backlog or in passive mode`() throws {
    var desk = Self.failing(1)
    try desk.stage.restart(backlog: 5)
    #expect(desk.order("run-cycle").reason == "a backlog is worked off, nothing is decided before its end")
    var passive = CommandTests.Desk(Stage { $0.isPassive = true })
    #expect(passive.order("run-cycle").reason == "in passive mode nothing is decided")
  }
}
