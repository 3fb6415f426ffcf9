import Testing

@testable import HealstreamCore

struct CommandTableTests {
  /// Arguments that each command takes, all of them given.
  static let complete: [String: String] = [
    "acknowledge": "{\"incident_id\":\"i\",\"known_issue\":true}",
    "resolve": "{\"incident_id\":\"i\"}",
    "approve": "{\"action_id\":\"a\",\"plan_hash\":\"h\"}",
    "reject": "{\"action_id\":\"a\",\"plan_hash\":\"h\"}",
    "replay": "{\"delivery_ids\":[\"d1\",\"d2\"],\"tenant_id\":\"t\"}",
    "replay-recommended": "{\"tenant_id\":\"t\"}",
    "run-cycle": "{\"dry_run\":true}",
    "clear-cooldown": "{\"tenant_id\":\"t\",\"endpoint\":\"https://a.example/hook\"}",
    "set-maintenance":
      "{\"tenant_id\":\"t-*\",\"endpoint\":\"https://a.example/*\",\"until\":\"2026-11-21T18:00:00.000Z\"}",
    "end-maintenance": "{\"tenant_id\":\"t-*\",\"endpoint\":\"https://a.example/*\"}",
    "silence": "{\"tenant_id\":\"t\",\"endpoint\":\"https://a.example\",\"minutes\":5,\"reason\":\"why\"}",
    "unsilence": "{\"tenant_id\":\"t\",\"endpoint\":\"https://a.example\"}",
    "set-autoheal": "{\"enabled\":false}",
    "set-dry-run": "{\"enabled\":true}",
    "set-enforcement": "{\"percent\":25}",
    "set-tenant-policy":
      """
    {"tenant_id":"t","policy":{"max_replays":50,"escalation_delay_minutes":5,"skip_notifications":true,\
    "allowed_strategies":["REPLAY_RECENT"],"max_heals_per_hour":3}}
    """,
  ]

  private static func order(_ name: String, _ args: String) throws -> Order {
    let kind = try #require(CommandKind.named(name))
    return try kind.order(ObjectReader(Array(args.utf8).span))
  }

  private static func without(_ argument: CommandArgument, _ args: String) throws -> String {
    let members = try JSONValue(args).object ?? []
    var json = JSONWriter()
    json.object { json in
      for member in members where member.name != "\(argument.name)" {
        json.key(member.name)
        json.write(member.value)
      }
    }
    return String(decoding: json.bytes, as: UTF8.self)
  }

  @Test func `every command is in the examples, and there are those that are promised`() {
    #expect(Set(CommandKind.all.map(\.name)) == Set(Self.complete.keys))
    #expect(CommandKind.all.count == Self.complete.count)
  }

  @Test(arguments: complete.keys.sorted())
  func `what was read and written is read again as it was`(name: String) throws {
    let args = try #require(Self.complete[name])
    let order = try Self.order(name, args)
    var json = JSONWriter()
    order.write(to: &json)
    #expect(String(decoding: json.bytes, as: UTF8.self) == args)
    #expect(try Self.order(name, args) == order)
  }

  @Test(arguments: complete.keys.sorted())
  func `an argument is required or not, as the table says`(name: String) throws {
    let kind = try #require(CommandKind.named(name))
    let args = try #require(Self.complete[name])
    for argument in kind.arguments {
      let rest = try Self.without(argument, args)
      if argument.isRequired {
        #expect(throws: Rejection.self) { try Self.order(name, rest) }
      } else {
        #expect(throws: Never.self) { try Self.order(name, rest) }
      }
    }
  }

  @Test(arguments: complete.keys.sorted())
  func `an argument that it does not take is refused`(name: String) throws {
    let args = try #require(Self.complete[name])
    let more = args.dropLast() + ",\"endpont\":\"x\"}"
    #expect(throws: Rejection.self) { try Self.order(name, String(more)) }
  }

  struct Bad: Sendable, CustomTestStringConvertible {
    let name: String
    let args: String
    var testDescription: String { "\(name) \(args.prefix(80))" }

    init(_ name: String, _ args: String) { (self.name, self.args) = (name, args) }
  }

  private static func ids(_ count: Int) -> String { (0..<count).map { "\"d\($0)\"" }.joined(separator: ",") }

  @Test(arguments: [
    Bad("set-enforcement", "{\"percent\":101}"), Bad("set-enforcement", "{\"percent\":-1}"),
    Bad("set-enforcement", "{\"percent\":2.5}"), Bad("silence", "{\"tenant_id\":\"t\",\"minutes\":0,\"reason\":\"r\"}"),
    Bad("silence", "{\"tenant_id\":\"t\",\"minutes\":1441,\"reason\":\"r\"}"),
    Bad("silence", "{\"tenant_id\":\"t\",\"minutes\":5,\"reason\":\"\"}"),
    Bad("resolve", "{\"incident_id\":\"\"}"),
    Bad("resolve", "{\"incident_id\":\"\(String(repeating: "x", count: 129))\"}"),
    Bad("replay", "{\"delivery_ids\":[]}"), Bad("replay", "{\"delivery_ids\":[\"d\",\"d\"]}"),
    Bad("replay", "{\"delivery_ids\":[\"\"]}"), Bad("replay", "{\"delivery_ids\":[1]}"),
    Bad("replay", "{\"delivery_ids\":[\(ids(1001))]}"),
    Bad("set-maintenance", "{\"tenant_id\":\"t\",\"until\":\"tomorrow\"}"),
    Bad("set-tenant-policy", "{\"tenant_id\":\"t\",\"policy\":{\"max_replays\":0}}"),
    Bad("set-tenant-policy", "{\"tenant_id\":\"t\",\"policy\":{\"max_replay\":1}}"),
    Bad("set-tenant-policy", "{\"tenant_id\":\"t\",\"policy\":{\"allowed_strategies\":[\"RESTART\"]}}"),
    Bad("set-tenant-policy", "{\"tenant_id\":\"t\"}"),
    Bad("clear-cooldown", "{\"tenant_id\":\"t\",\"endpoint\":\"\(String(repeating: "x", count: 4097))\"}"),
    Bad("clear-cooldown", "{\"tenant_id\":\"t\",\"endpoint\":\"?secret\"}"),
  ])
  func `what is out of its bounds is refused`(bad: Bad) throws {
    #expect(throws: Rejection.self) { try Self.order(bad.name, bad.args) }
  }

  @Test func `what is at its bounds is taken`() throws {
    #expect(try Self.order("set-enforcement", "{\"percent\":0}") == .setEnforcement(percent: 0))
    #expect(try Self.order("set-enforcement", "{\"percent\":100}") == .setEnforcement(percent: 100))
    guard case .replay(nil, let many) = try Self.order("replay", "{\"delivery_ids\":[\(Self.ids(1000))]}") else {
      return #expect(Bool(false))
    }
    #expect(many.count == 1000)
    #expect(
      try Self.order("set-tenant-policy", "{\"tenant_id\":\"t\",\"policy\":null}")
        == .setTenantPolicy(tenantID: "t", nil))
  }

  @Test func `an endpoint is brought into the form that outputs have`() throws {
    let order = try Self.order(
      "clear-cooldown", "{\"tenant_id\":\"t\",\"endpoint\":\"HTTPS://API.example:443/a?token=1\"}")
    #expect(order == .clearCooldown(HealSubject(tenantID: "t", endpoint: "https://api.example/a")))
  }

  @Test(arguments: CommandKind.all.map(\.name))
  func `each takes its role and no lesser one`(name: String) throws {
    let args = try #require(Self.complete[name])
    let kind = try #require(CommandKind.named(name))
    for role in Command.Role.allCases {
      var desk = CommandTests.Desk()
      let reason = desk.order(name, args, role: role.rawValue).reason
      #expect((reason == "\(name) takes the role \(kind.leastRole.rawValue)") == (role < kind.leastRole))
    }
  }

  @Test func `admins alone set switches and policies`() {
    #expect(
      CommandKind.all.filter { $0.leastRole == .admin }.map(\.name)
        == ["set-autoheal", "set-dry-run", "set-enforcement", "set-tenant-policy"])
    #expect(CommandKind.all.allSatisfy { $0.leastRole > .viewer })
  }
}

extension JSONWriter {
  fileprivate mutating func write(_ value: JSONValue) {
    switch value {
    case .null: null()
    case .bool(let flag): self.value(flag)
    case .integer(let integer): self.value(integer)
    case .number(let number): self.value(exactly: number)
    case .string(let text): self.value(text)
    case .array(let elements): array { json in for element in elements { json.write(element) } }
    case .object(let members):
      object { json in
        for member in members {
          json.key(member.name)
          json.write(member.value)
        }
      }
    }
  }
}
