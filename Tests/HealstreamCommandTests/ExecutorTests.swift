import HealstreamCore
import Testing

@testable import SimulatedWorld
@testable import healstream

struct ExecutorTests {
  private let script = Script(seed: 7, rounds: 1, endingAt: Timestamp(millis: 1_790_000_000_000))
  private var world: World
  private var executor = Executor()

  init() {
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
    #expect(executor.takeWaiting(in: &world).isEmpty)
    _ = world.advance(to: due)
    #expect(executor.takeWaiting(in: &world).map(\.outcome) == [.done])
    #expect(executor.takeWaiting(in: &world).isEmpty)
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

  @Test(arguments: ["proposed", "settled", "expired", "cancelled"])
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
}
