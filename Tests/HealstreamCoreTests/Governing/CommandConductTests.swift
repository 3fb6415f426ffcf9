import Testing

@testable import HealstreamCore

struct CommandConductTests {
  typealias Desk = CommandTests.Desk

  // MARK: Maintenance

  private static func until(_ second: Int) -> String { (Stage.start + Int64(second) * 1000).rfc3339 }

  struct Scope: Sendable, CustomTestStringConvertible {
    let tenant: String
    let endpoint: String?
    let covers: Bool
    var testDescription: String { "\(tenant) \(endpoint ?? "-")" }

    init(_ tenant: String, _ endpoint: String?, _ covers: Bool) {
      (self.tenant, self.endpoint, self.covers) = (tenant, endpoint, covers)
    }

    var args: String {
      "{\"tenant_id\":\"\(tenant)\"" + (endpoint.map { ",\"endpoint\":\"\($0)\"" } ?? "")
    }
  }

  @Test(arguments: [
    Scope("tenant-acme", nil, true), Scope("tenant-acme", hooks, true), Scope("tenant-*", nil, true),
    Scope("*", "https://api.customer.com/*", true), Scope("*acme", "https://*/webhook", true),
    Scope("tenant-b", nil, false), Scope("tenant-acme", "https://other.example/webhook", false),
    Scope("tenant", nil, false), Scope("tenant-acme", "https://api.customer.com/", false),
  ])
  func `maintenance of an endpoint, a tenant or a pattern stops what it covers`(scope: Scope) {
    var desk = Desk()
    let said = desk.order("set-maintenance", scope.args + ",\"until\":\"\(Self.until(3600))\"}", role: "operator")
    #expect(said.outcome == "accepted")
    let decided = desk.stage.say(DecisionTests.ready)
    #expect(decided.begun.isEmpty == scope.covers)
    #expect(decided.refusals.contains { $0["meta"]?["guardrail"]?.string == "maintenance" } == scope.covers)
  }

  @Test func `maintenance ends by itself at its time, over a restart, and control says both`() throws {
    var desk = Desk()
    let args = Scope("tenant-acme", hooks, true).args
    let said = desk.order("set-maintenance", args + ",\"until\":\"\(Self.until(100))\"}")
    let began = try #require(said.control.first)
    #expect(began.key == "maintenance tenant-acme \(hooks)")
    #expect(began.type == "healstream.control.maintenance.v1")
    #expect(
      began.value.object?.map(\.name) == [
        "kind", "tenant_id", "in_force", "endpoint", "until", "operator_id", "reason", "at",
      ])
    #expect(began["in_force"]?.bool == true)
    #expect(said.audit.contains { $0.action == "control.maintenance" && $0["outcome"]?.string == "in_force" })
    try desk.stage.restart()
    desk.stage.say(DecisionTests.ready)
    desk.stage.skip(89)
    #expect(desk.stage.say(DecisionTests.ready).control.isEmpty)
    desk.stage.skip(1)
    let over = desk.stage.say(DecisionTests.ready)
    #expect(over.control.first?.key == began.key)
    #expect(over.control.first?["in_force"]?.bool == false)
    #expect(over.control.first?["operator_id"]?.string == "system:autoheal")
    #expect(over.begun == ["REPLAY_RECENT canary"])
    #expect(desk.stage.governor.maintenance.count == 0)
  }

  @Test func `maintenance is ended early, and only what was set is`() {
    var desk = Desk()
    let args = Scope("tenant-*", nil, true).args
    desk.order("set-maintenance", args + ",\"until\":\"\(Self.until(3600))\"}")
    #expect(desk.order("end-maintenance", "{\"tenant_id\":\"tenant-acme\"}").outcome == "rejected")
    let ended = desk.order("end-maintenance", args + "}", by: "bob")
    #expect(ended.outcome == "accepted")
    #expect(ended.control.first?["in_force"]?.bool == false)
    #expect(ended.control.first?["operator_id"]?.string == "bob")
    #expect(desk.stage.say(DecisionTests.ready).begun == ["REPLAY_RECENT canary"])
  }

  @Test func `an end that has passed, or is too far ahead, is refused`() {
    var desk = Desk()
    for (second, outcome) in [
      (9, "rejected"), (10, "rejected"), (11, "accepted"), (10 + 90 * 86_400, "accepted"),
      (11 + 90 * 86_400, "rejected"),
    ] {
      let said = desk.order("set-maintenance", "{\"tenant_id\":\"t\",\"until\":\"\(Self.until(second))\"}")
      #expect(said.outcome == outcome, "\(second) s")
    }
  }

  @Test func `so many maintenances have room, and the same one again always has`() {
    var desk = Desk()
    for number in 0..<MaintenanceBook.maxEntries {
      let said = desk.order("set-maintenance", "{\"tenant_id\":\"t\(number)\",\"until\":\"\(Self.until(3600))\"}")
      #expect(said.outcome == "accepted")
    }
    #expect(
      desk.order("set-maintenance", "{\"tenant_id\":\"more\",\"until\":\"\(Self.until(99))\"}").outcome == "rejected")
    #expect(
      desk.order("set-maintenance", "{\"tenant_id\":\"t0\",\"until\":\"\(Self.until(99))\"}").outcome == "accepted")
    #expect(desk.stage.governor.maintenance.count == MaintenanceBook.maxEntries)
  }

  // MARK: Switches

  @Test func `dry run and enforcement are set by commands, said on control, and outlive a restart`() throws {
    var desk = Desk()
    let dry = desk.order("set-dry-run", "{\"enabled\":true}")
    #expect(dry.control.first?["dry_run"]?.bool == true)
    #expect(dry.audit.last?["meta"]?["changes"]?.array?.compactMap(\.string) == ["dry_run"])
    let share = desk.order("set-enforcement", "{\"percent\":0}")
    #expect(share.control.first?["enforcement_percent"]?.integer == 0)
    #expect(try desk.stage.restart().isEmpty)
    let decided = desk.stage.say(DecisionTests.ready)
    #expect(decided.begun.isEmpty)
    desk.order("set-enforcement", "{\"percent\":100}")
    desk.order("set-dry-run", "{\"enabled\":false}")
    #expect(desk.stage.say(DecisionTests.ready).begun == ["REPLAY_RECENT canary"])
  }

  @Test func `the configuration speaks again where it changed`() throws {
    var desk = Desk()
    desk.order("set-dry-run", "{\"enabled\":true}")
    desk.order("set-enforcement", "{\"percent\":10}")
    var settings = GovernorSettings()
    settings.enforcementPercent = 50
    let said = try desk.stage.restart(settings)
    #expect(said.control.first?["enforcement_percent"]?.integer == 50)
    #expect(said.control.first?["dry_run"]?.bool == true)
    desk.order("set-enforcement", "{\"percent\":10}")
    try desk.stage.restart(settings)
    #expect(desk.stage.governor.switches.enforcementPercent == 10)
  }

  // MARK: Policies

  @Test func `a policy by command holds over the configuration's, until it is taken back`() throws {
    var desk = Desk(
      Stage { settings in
        var policy = TenantPolicy()
        policy.maxReplays = 2
        settings.policies["tenant-acme"] = policy
      })
    let said = desk.order("set-tenant-policy", "{\"tenant_id\":\"tenant-acme\",\"policy\":{\"max_replays\":50}}")
    #expect(said.control.first?.key == "tenant_policy tenant-acme")
    #expect(said.control.first?["policy"]?["max_replays"]?.integer == 50)
    #expect(said.audit.contains { $0.action == "control.tenant_policy" && $0["tenant_id"]?.string == "tenant-acme" })
    try desk.stage.restart()
    #expect(desk.stage.say(DecisionTests.ready).begun == ["REPLAY_RECENT canary"])
    let back = desk.order("set-tenant-policy", "{\"tenant_id\":\"tenant-acme\",\"policy\":null}")
    #expect(back.control.first?["in_force"]?.bool == false)
    #expect(desk.stage.governor.inForce.policy(of: "tenant-acme").maxReplays == 2)
    #expect(desk.order("set-tenant-policy", "{\"tenant_id\":\"tenant-acme\",\"policy\":null}").outcome == "rejected")
  }

  @Test func `policies of so many tenants have room`() {
    var book = PolicyBook()
    for number in 0..<PolicyBook.maxTenants {
      let hasRoom = book.set(TenantPolicy(), of: "t\(number)")
      #expect(hasRoom)
    }
    let hasRoom = book.set(TenantPolicy(), of: "more")
    #expect(!hasRoom)
    let isReplaced = book.set(TenantPolicy(), of: "t0")
    #expect(isReplaced)
  }

  // MARK: Cooldowns

  @Test func `a cleared cooldown lets the next heal come at once`() throws {
    var desk = Desk()
    let canary = desk.stage.say(DecisionTests.ready).actions.first
    desk.stage.report(canary, succeeded: false)
    desk.stage.skip(61)
    let args = "{\"tenant_id\":\"tenant-acme\",\"endpoint\":\"\(hooks)\"}"
    let again = DecisionTests.ready.changed { statement in
      statement.lastSuccessAt = desk.stage.now
      for index in statement.candidates.indices { statement.candidates[index].deliveryID += "-later" }
    }
    #expect(desk.stage.say(again).refusals.first?["meta"]?["guardrail"]?.string == "cooldown")
    #expect(desk.order("clear-cooldown", args).reason == "the next heal of \(hooks) of tenant-acme need not wait")
    #expect(desk.stage.say(again).begun == ["REPLAY_RECENT canary"])
    #expect(
      desk.order("clear-cooldown", "{\"tenant_id\":\"tenant-b\"}").reason == "tenant-b has no cooldown")
  }
}
