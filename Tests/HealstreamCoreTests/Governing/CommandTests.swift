import Testing

@testable import HealstreamCore

struct CommandTests {
  /// Plays records of `commands` through the intake to a governor.
  struct Desk {
    var stage: Stage
    private var intake = Intake(.commands, partition: 0)
    private var offset: Int64 = 0
    private(set) var outcomes: [Outcome] = []

    init(_ stage: Stage = Stage()) {
      self.stage = stage
      self.stage.pass(10)
    }

    mutating func send(_ text: String, key: String? = nil) -> [Stage.Said] {
      var outputs = Outputs()
      let bytes = Array(text.utf8)
      let name = key.map { Array($0.utf8) } ?? []
      let record = InputRecord(
        partition: 0, offset: offset, timestamp: stage.now, key: key == nil ? nil : name.span, value: bytes.span)
      offset += 1
      outcomes.append(intake.fold(record, into: &outputs))
      var said: [Stage.Said] = []
      for output in outputs.records {
        let value = Array(outputs.value(of: output))
        guard let signal = try? Signal(decoding: value.span) else {
          Issue.record("no signal: \(String(decoding: value, as: UTF8.self))")
          continue
        }
        var json = JSONWriter()
        signal.write(to: &json)
        #expect(json.bytes == value)
        said += stage.fold(signal)
      }
      return said
    }
  }

  static func command(
    _ id: String = "c1", _ enabled: String = "false", name: String = "set-autoheal", role: String = "admin",
    more: String = ""
  ) -> String {
    """
    {"command_id":"\(id)","operator_id":"alice","role":"\(role)","command":"\(name)","args":{"enabled":\(enabled)},\
    "issued_at":"\(Stage.start.rfc3339)"\(more)}
    """
  }

  static func answer(_ said: [Stage.Said]) -> String? {
    said.audit.first { $0["resource_type"]?.string == "command" }?["outcome"]?.string
  }

  @Test func `healing is switched off and on, and the operator is named`() throws {
    var desk = Desk()
    let off = desk.send(CommandTests.command("c1", "false"), key: "alice")
    #expect(off.map(\.topic) == [.audit, .control, .audit])
    let answer = try #require(off.first)
    #expect(answer.action == "command.accepted")
    #expect(answer.key == "c1")
    #expect(answer["operator_id"]?.string == "alice")
    #expect(answer["reason"]?.string == "healing is off: switched off by alice")
    #expect(answer["meta"]?["command"]?.string == "set-autoheal")
    #expect(answer["meta"]?["args"]?["enabled"]?.bool == false)
    #expect(BoundaryTests.switches(off) == [false])
    desk.stage.say(DecisionTests.ready)
    #expect(desk.stage.pass(60).actions.isEmpty)
    #expect(BoundaryTests.switches(desk.send(CommandTests.command("c2", "true"))) == [true])
    #expect(desk.stage.pass(60).deeds.first == "REPLAY_RECENT canary")
    #expect(desk.outcomes == [.halting, .folded])
  }

  struct Refusal: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let text: String
    let reason: String

    init(_ name: String, _ text: String, _ reason: String) {
      (testDescription, self.text, self.reason) = (name, text, reason)
    }
  }

  @Test(arguments: [
    Refusal(
      "unknown", command(name: "set-fire"),
      "there is no such command; there is \(CommandKind.all.map(\.name).joined(separator: ", "))"),
    Refusal("wrong role", command(role: "operator"), "set-autoheal takes the role admin"),
    Refusal("no role", command(role: "king"), "role: expected one of viewer, operator, admin, found king."),
    Refusal("wrong argument", command("c1", "1"), "enabled: expected true or false, found another kind of value."),
    Refusal(
      "expired", command(more: ",\"expires_at\":\"\((Stage.start + 9999).rfc3339)\""),
      "it expired at \((Stage.start + 9999).rfc3339) and was read at \((Stage.start + 10_000).rfc3339)"),
    Refusal(
      "no time", command().replacing("issued_at", with: "issued"),
      "issued_at: expected an RFC 3339 time, found nothing."),
    Refusal("no arguments", command().replacing("args", with: "argz"), "args: expected an object, found nothing."),
    Refusal(
      "no name", command().replacing("\"command\"", with: "\"order\""), "command: expected a string, found nothing."),
  ])
  func `what may not be is rejected with its reason, and changes nothing`(refusal: Refusal) {
    var desk = Desk()
    let said = desk.send(refusal.text)
    #expect(said.map(\.action) == ["command.rejected"])
    #expect(said.first?["reason"]?.string == refusal.reason)
    #expect(said.first?["resource_id"]?.string == "c1")
    #expect(desk.outcomes == [.folded])
    #expect(desk.stage.governor.counters.commandsRejected == 1)
  }

  @Test(arguments: [
    "no json", "[]", command().replacing("command_id", with: "id"), command().replacing("operator_id", with: "who"),
    command(""), command(String(repeating: "x", count: 129)),
  ])
  func `one that does not say who asks is set aside, and rejected in the audit`(text: String) {
    var desk = Desk()
    let said = desk.send(text)
    #expect(said.map(\.action) == ["command.rejected"])
    #expect(said.first?["resource_id"]?.string == "commands-0-0")
    #expect(said.first?["operator_id"]?.string == "unknown")
    #expect(desk.outcomes != [.folded])
  }

  @Test func `another key than the operator's is refused`() {
    var desk = Desk()
    #expect(CommandTests.answer(desk.send(CommandTests.command(), key: "bob")) == "rejected")
    guard case .rejected(let rejection)? = desk.outcomes.first else { return #expect(Bool(false)) }
    #expect(rejection.code == .keyMismatch)
  }

  @Test func `the same command acts once, a rejected one may come again`() throws {
    var desk = Desk()
    #expect(CommandTests.answer(desk.send(CommandTests.command("c1", "1"))) == "rejected")
    #expect(CommandTests.answer(desk.send(CommandTests.command("c1", "false"))) == "accepted")
    #expect(CommandTests.answer(desk.send(CommandTests.command("c2", "true"))) == "accepted")
    try desk.stage.restart()
    let again = desk.send(CommandTests.command("c1", "false"))
    #expect(CommandTests.answer(again) == "repeated")
    #expect(BoundaryTests.switches(again).isEmpty)
    #expect(desk.stage.governor.killSwitch.isHealingOn)
  }

  @Test func `what expires at this very moment is obeyed`() {
    var desk = Desk()
    let said = desk.send(CommandTests.command(more: ",\"expires_at\":\"\(desk.stage.now.rfc3339)\""))
    #expect(CommandTests.answer(said) == "accepted")
  }

  @Test func `so many ids are remembered, the oldest are forgotten`() throws {
    var commands = AcceptedCommands()
    for number in 0...AcceptedCommands.capacity { commands.insert("c\(number)") }
    #expect(commands.count == AcceptedCommands.capacity)
    #expect(!commands.contains("c0"))
    #expect(commands.contains("c1"))
    var state = StateWriter()
    state.write(["a", "b", "a"])
    var reader = StateReader(state.bytes)
    #expect(throws: StateError.self) { try AcceptedCommands(from: &reader) }
  }

  // MARK: With the configuration and after a loss

  @Test func `what a command set outlives a restart, until the configuration says something new`() throws {
    var desk = Desk()
    _ = desk.send(CommandTests.command("c1", "false"))
    #expect(try desk.stage.restart().isEmpty)
    #expect(!desk.stage.governor.killSwitch.isHealingOn)
    _ = desk.send(CommandTests.command("c2", "true"))
    #expect(BoundaryTests.switches(try desk.stage.restart(BoundaryTests.off)) == [false])
    _ = desk.send(CommandTests.command("c3", "true"))
    try desk.stage.restart(BoundaryTests.off)
    #expect(desk.stage.governor.killSwitch.isHealingOn)
    _ = desk.send(CommandTests.command("c4", "false"))
    #expect(BoundaryTests.switches(try desk.stage.restart(GovernorSettings())) == [true])
  }

  @Test func `after a loss only a command switches healing on`() throws {
    var desk = Desk()
    try desk.stage.restart(isAfterLoss: true)
    #expect(CommandTests.answer(desk.send(CommandTests.command("c1", "false"))) == "accepted")
    try desk.stage.restart(BoundaryTests.off)
    try desk.stage.restart(GovernorSettings())
    #expect(!desk.stage.governor.killSwitch.isHealingOn)
    #expect(BoundaryTests.switches(desk.send(CommandTests.command("c2", "true"))) == [true])
    #expect(desk.stage.governor.killSwitch.isHealingOn)
    try desk.stage.restart()
    #expect(desk.stage.governor.killSwitch.isHealingOn)
  }

  @Test func `one from the backlog does not switch healing on after a loss, but off it does`() throws {
    var desk = Desk()
    try desk.stage.restart(backlog: 2, isAfterLoss: true)
    #expect(CommandTests.answer(desk.send(CommandTests.command("c1", "true"))) == "rejected")
    #expect(CommandTests.answer(desk.send(CommandTests.command("c2", "false"))) == "accepted")
    #expect(CommandTests.answer(desk.send(CommandTests.command("c1", "true"))) == "accepted")
    desk = Desk()
    try desk.stage.restart(backlog: 9)
    #expect(BoundaryTests.switches(desk.send(CommandTests.command("c1", "false"))) == [false])
  }
}

extension String {
  /// Without Foundation.
  fileprivate func replacing(_ part: String, with other: String) -> String {
    guard let range = firstRange(of: part) else { preconditionFailure("\(part) is not in it") }
    return String(self[..<range.lowerBound]) + other + String(self[range.upperBound...])
  }
}
