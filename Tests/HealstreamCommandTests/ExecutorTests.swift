import HealstreamCore
import Testing

@testable import SimulatedWorld
@testable import healstream

struct ExecutorTests {
  private let script = Script(seed: 7, rounds: 1, endingAt: Timestamp(millis: 1_790_000_000_000))
  private var world: World
  private var executor = Executor()

  private static let allowed = #"{"autoheal_enabled":true,"dry_run":false,"reason":"so"}"#

  init() throws {
    executor.obey(try JSONValue(Self.allowed))
    world = script.world(seed: 7)
    _ = world.advance(to: script.storyStart + 300_000)
  }

  private func order(
    _ event: String, _ strategy: String, id: String = "a", step: Int? = nil, plan: String = "",
    expiresAt: Timestamp? = nil, isDryRun: Bool = false
  ) throws -> HealOrder {
    let step = step.map { #","step":\#($0)"# } ?? ""
    let expiry = expiresAt.map { #""\#($0.rfc3339)""# } ?? "null"
    let json = try JSONValue(
      """
      {"event":"\(event)","action_id":"\(id)","strategy":"\(strategy)","tenant_id":"tenant-acme","endpoint":null,
      "plan":{"deliveries":[]\(step)\(plan)},"dry_run":\(isDryRun),"expires_at":\(expiry)}
      """)
    return try #require(HealOrder(json))
  }

  @Test mutating func `a step is carried out once, however often it is read`() throws {
    let first = try order("canary", "ESCALATE_OPERATOR", step: 1)
    let second = try order("issued", "ESCALATE_OPERATOR", step: 2)
    #expect(executor.take(first, in: &world)?.outcome == .done)
    #expect(executor.take(first, in: &world) == nil)
    #expect(executor.take(second, in: &world)?.outcome == .done)
    #expect(executor.take(second, in: &world) == nil)
  }

  @Test mutating func `what has expired is not carried out, and reported so`() throws {
    let late = try order("issued", "RATE_LIMIT_SOURCE", plan: #","factor":0.5"#, expiresAt: world.now)
    #expect(executor.take(late, in: &world)?.outcome == .expired)
    let inTime = try order("issued", "RATE_LIMIT_SOURCE", id: "b", plan: #","factor":0.5"#, expiresAt: world.now + 1)
    #expect(executor.take(inTime, in: &world)?.outcome == .done)
  }

  @Test mutating func `what is to be done later waits for its time`() throws {
    let due = world.now + 60_000
    let early = try order("issued", "SILENCE_DUPES", plan: #","not_before":"\#(due.rfc3339)""#)
    #expect(executor.take(early, in: &world) == nil)
    #expect(executor.passTime(in: &world).isEmpty)
    _ = world.advance(to: due)
    #expect(executor.passTime(in: &world).map(\.outcome) == [.done])
    #expect(executor.passTime(in: &world).isEmpty)
  }

  @Test mutating func `a throttle holds the tenant back until its own end comes, not another's`() throws {
    var free = world
    _ = executor.take(try order("issued", "RATE_LIMIT_SOURCE", plan: #","factor":0.01"#), in: &world)
    _ = executor.take(try order("lifted", "RATE_LIMIT_SOURCE", id: "other"), in: &world)
    func count(_ world: inout World) -> Int {
      world.advance(to: world.now + 1_800_000).count { $0.tenantID == "tenant-acme" && $0.attempt == 1 }
    }
    #expect(count(&world) < count(&free) / 10)
    _ = executor.take(try order("lifted", "RATE_LIMIT_SOURCE"), in: &world)
    #expect(count(&world) > 50)
  }

  @Test(arguments: ["proposed", "approved", "settled", "expired", "cancelled"])
  mutating func `nothing but a call is acted on`(event: String) throws {
    #expect(executor.take(try order(event, "ESCALATE_OPERATOR"), in: &world) == nil)
  }

  @Test mutating func `a dry run is not acted on`() throws {
    #expect(executor.take(try order("issued", "ESCALATE_OPERATOR", isDryRun: true), in: &world) == nil)
  }

  @Test mutating func `a replay of what has arrived meanwhile is refused`() throws {
    let report = executor.take(try order("canary", "REPLAY_RECENT", step: 1), in: &world)
    #expect(report?.outcome == .refused)
  }

  @Test(arguments: [
    #"{"autoheal_enabled":false,"dry_run":false}"#, #"{"autoheal_enabled":true,"dry_run":true}"#, "{}", "[]", nil,
  ])
  mutating func `nothing is begun where control forbids it or cannot be read, and that is said`(control: String?) throws
  {
    executor.obey(try control.map { try JSONValue($0) })
    let call = try order("issued", "ESCALATE_OPERATOR", step: 1)
    #expect(executor.take(call, in: &world)?.outcome == .refused)
    executor.obey(try JSONValue(Self.allowed))
    #expect(executor.take(call, in: &world) == nil, "it was answered, and is over")
    #expect(executor.take(try order("issued", "ESCALATE_OPERATOR", step: 2), in: &world)?.outcome == .done)
  }

  @Test mutating func `before control has been read nothing is begun`() throws {
    var fresh = Executor()
    #expect(fresh.take(try order("issued", "ESCALATE_OPERATOR"), in: &world)?.outcome == .refused)
  }

  @Test mutating func `what waits for its time is not begun where control forbids it meanwhile, or an end has come`()
    throws
  {
    let due = world.now + 60_000
    let plan = #","not_before":"\#(due.rfc3339)""#
    _ = executor.take(try order("issued", "SILENCE_DUPES", id: "a", plan: plan), in: &world)
    _ = executor.take(try order("issued", "SILENCE_DUPES", id: "b", plan: plan), in: &world)
    _ = executor.take(try order("lifted", "SILENCE_DUPES", id: "b"), in: &world)
    executor.obey(nil)
    _ = world.advance(to: due)
    #expect(executor.passTime(in: &world).map(\.outcome) == [.refused])
  }

  @Test(arguments: [true, false])
  mutating func `a throttle ends also while healing is off, and at its time where nobody ends it`(isLifted: Bool) throws
  {
    var free = world
    let until = world.now + 600_000
    _ = executor.take(
      try order("issued", "RATE_LIMIT_SOURCE", plan: #","factor":0.01"#, expiresAt: until), in: &world)
    executor.obey(try JSONValue(#"{"autoheal_enabled":false,"dry_run":false}"#))
    if isLifted { _ = executor.take(try order("lifted", "RATE_LIMIT_SOURCE"), in: &world) }
    _ = (world.advance(to: until), free.advance(to: until))
    #expect(executor.passTime(in: &world).isEmpty)
    func count(_ world: inout World) -> Int {
      world.advance(to: until + 1_800_000).count { $0.tenantID == "tenant-acme" && $0.attempt == 1 }
    }
    #expect(count(&world) == count(&free))
  }

  @Test mutating func `a replay step sends its deliveries once, and is answered by them alone`() throws {
    let outage = try #require(script.faults.first { $0.kind == .outage })
    let before = world.advance(to: outage.end)
    let lost = try #require(before.last { $0.answer.status == 503 && $0.attempt == 3 })
    let plan = #","deliveries":["\#(lost.deliveryID)"]"#
    let text =
      #"{"event":"canary","action_id":"r","strategy":"REPLAY_RECENT","tenant_id":"\#(lost.tenantID)","plan":{"step":1\#(plan)}}"#
    let canary = try #require(HealOrder(try JSONValue(text)))
    #expect(executor.take(canary, in: &world) == nil)
    #expect(executor.take(canary, in: &world) == nil)
    let replays = world.advance(to: script.end).filter { $0.healActionID == "r" }
    #expect(replays.map(\.deliveryID) == [lost.deliveryID])
  }
}
