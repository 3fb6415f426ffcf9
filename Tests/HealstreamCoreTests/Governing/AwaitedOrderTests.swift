import Testing

@testable import HealstreamCore

/// An order to switch healing off is known before it has its turn among the signals.
struct AwaitedOrderTests {
  private static let off = CommandTests.command("off", "false")

  /// As a lane does that has read an order: the boundary first, what was there before it, then the order.
  private func hold(_ desk: inout CommandTests.Desk, at offset: Int64, partition: Int32 = 0) -> [Stage.Said] {
    let backlog = desk.stage.governor.backlog?.end ?? 0
    return desk.stage.begin(
      EpochTerms(
        offset: desk.stage.next, healsFrom: max(backlog, desk.stage.next),
        awaits: CommandPlace(partition: partition, offset: offset)))
  }

  @Test func `from the boundary on nothing is healed, and that is said at once`() throws {
    var desk = CommandTests.Desk()
    let said = hold(&desk, at: 0)
    #expect(said.map(\.topic) == [.control, .audit])
    #expect(said.first?["autoheal_enabled"]?.bool == false)
    #expect(said.first?["reason"]?.string == "an order to switch it off has been read and is about to be folded")
    #expect(said.last?.action == "control.switches")
    let before = desk.stage.say(DecisionTests.ready)
    #expect(before.actions.isEmpty)
    #expect(before.refusals.first?["meta"]?["guardrail"]?.string == "kill_switch")
    let obeyed = desk.send(AwaitedOrderTests.off)
    #expect(CommandTests.answer(obeyed) == "accepted")
    #expect(obeyed.control.map { $0["autoheal_enabled"]?.bool } == [false])
    #expect(obeyed.control.first?["reason"]?.string == "switched off by alice")
    #expect(desk.stage.pass(60).actions.isEmpty)
  }

  @Test func `without the boundary the same signal is healed`() {
    var desk = CommandTests.Desk()
    #expect(desk.stage.say(DecisionTests.ready).deeds == ["REPLAY_RECENT canary"])
  }

  @Test(arguments: [#","expires_at":"2000-01-01T00:00:00Z""#, ""])
  func `an order that is not obeyed ends it`(expiry: String) {
    var desk = CommandTests.Desk()
    if expiry.isEmpty {  // it was obeyed before, and healing switched on since
      _ = desk.send(AwaitedOrderTests.off)
      _ = desk.send(CommandTests.command("on", "true"))
    }
    _ = hold(&desk, at: expiry.isEmpty ? 2 : 0)
    let said = desk.send(CommandTests.command("off", "false", more: expiry))
    #expect(CommandTests.answer(said) == (expiry.isEmpty ? "repeated" : "rejected"))
    #expect(said.control.map { $0["autoheal_enabled"]?.bool } == [true])
    #expect(desk.stage.say(DecisionTests.ready).deeds == ["REPLAY_RECENT canary"])
  }

  @Test func `an order to switch it on that comes first does not end it`() {
    var desk = CommandTests.Desk()
    _ = hold(&desk, at: 1)
    let said = desk.send(CommandTests.command("on", "true"))
    #expect(CommandTests.answer(said) == "accepted")
    #expect(said.control.isEmpty)
    #expect(desk.stage.say(DecisionTests.ready).actions.isEmpty)
    #expect(desk.send(AwaitedOrderTests.off).control.map { $0["autoheal_enabled"]?.bool } == [false])
  }

  @Test func `orders of several partitions are awaited, each`() {
    var desk = CommandTests.Desk()
    _ = hold(&desk, at: 7, partition: 1)
    _ = hold(&desk, at: 0)
    _ = desk.send(AwaitedOrderTests.off)
    _ = desk.send(CommandTests.command("on", "true"))
    #expect(!desk.stage.governor.switches.autohealEnabled)
  }

  @Test func `it outlives a restart, and a later one of the same partition takes its place`() throws {
    var desk = CommandTests.Desk()
    _ = hold(&desk, at: 0)
    _ = hold(&desk, at: 1)
    try desk.stage.restart()
    _ = desk.send(CommandTests.command("other", "true"))
    #expect(!desk.stage.governor.switches.autohealEnabled)
    _ = desk.send(AwaitedOrderTests.off)
    _ = desk.send(CommandTests.command("on", "true"))
    #expect(desk.stage.governor.switches.autohealEnabled)
  }

  @Test func `what was heard is not awaited, nor what is refused for its place`() {
    var desk = CommandTests.Desk()
    _ = desk.send(AwaitedOrderTests.off)
    _ = desk.send(CommandTests.command("on", "true"))
    #expect(hold(&desk, at: 1).isEmpty)
    #expect(desk.stage.governor.switches.autohealEnabled)
  }

  @Test func `a backlog is neither ended nor told of again`() throws {
    var desk = CommandTests.Desk()
    try desk.stage.restart(backlog: 20)
    desk.stage.pass(10)
    let end = desk.stage.governor.backlog
    _ = hold(&desk, at: 0)
    #expect(desk.stage.governor.backlog == end)
    #expect(!desk.stage.pass(10).audit.contains { $0.action == "backlog.began" })
  }

  @Test(arguments: [
    ("set-autoheal", "false", "admin", "", true), ("set-autoheal", "true", "admin", "", false),
    ("set-autoheal", "false", "operator", "", false), ("set-dry-run", "true", "admin", "", false),
    ("set-autoheal", "false", "admin", #","expires_at":"2000-01-01T00:00:00Z""#, false),
    ("set-autoheal", "false", "admin", #","expires_at":"2100-01-01T00:00:00Z""#, true),
  ])
  func `the intake tells an order to switch off from all others`(
    name: String, enabled: String, role: String, more: String, isHalting: Bool
  ) {
    var desk = CommandTests.Desk()
    _ = desk.send(CommandTests.command("c", enabled, name: name, role: role, more: more))
    #expect(desk.outcomes == [isHalting ? .halting : .folded])
  }
}
