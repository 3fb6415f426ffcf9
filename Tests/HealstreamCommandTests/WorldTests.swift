import HealstreamCore
import Testing

@testable import SimulatedWorld
@testable import healstream

struct WorldTests {
  private static let end = Timestamp(millis: 1_790_000_000_000)

  private func world(seed: UInt64 = 7) -> (world: World, script: Script) {
    let script = Script(seed: seed, rounds: 1, endingAt: Self.end)
    return (script.world(seed: seed), script)
  }

  private func fault(_ kind: Fault.Kind, _ script: Script) throws -> Fault {
    try #require(script.faults.first { $0.kind == kind })
  }

  @Test func `a seed gives the same deliveries, in whatever steps the world goes on`() {
    var (one, script) = world()
    var (other, _) = world()
    let later = script.storyStart + 600_000
    let inOneStep = one.advance(to: later)
    var inSmallSteps: [Delivery] = []
    while other.now < later { inSmallSteps += other.advance(to: min(later, other.now + 1_700)) }
    #expect(inOneStep == inSmallSteps)
    #expect(inOneStep.count > 1000)
  }

  @Test func `another seed gives another world`() {
    var (one, script) = world()
    var (other, _) = world(seed: 8)
    #expect(one.advance(to: script.storyStart) != other.advance(to: script.storyStart))
  }

  @Test func `deliveries come in the order of time, and their attempts are numbered`() {
    var (world, script) = world()
    let deliveries = world.advance(to: script.end)
    #expect(zip(deliveries, deliveries.dropFirst()).allSatisfy { $0.at <= $1.at })
    var attempts: [String: Int] = [:]
    for delivery in deliveries {
      attempts[delivery.deliveryID, default: 0] += 1
      #expect(delivery.attempt == attempts[delivery.deliveryID])
    }
    #expect(attempts.values.max() == 4)
    #expect(deliveries.filter { $0.status == .deadLetter }.allSatisfy { $0.attempt == 4 })
  }

  @Test func `a replay is an attempt of the same delivery, and spares the sender's own`() throws {
    var (world, script) = world()
    let outage = try fault(.outage, script)
    let before = world.advance(to: outage.end)
    let lost = try #require(before.last { $0.answer.status == 503 && $0.attempt == 3 })
    #expect(world.replay([lost.deliveryID, "dlv_unknown"], for: "action") == [lost.deliveryID])
    let later = world.advance(to: script.end).filter { $0.deliveryID == lost.deliveryID }
    #expect(later.map(\.attempt) == [4])
    #expect(later.map(\.status) == [.delivered])
    #expect(later.map(\.healActionID) == ["action"])
    #expect(world.replay([lost.deliveryID], for: "action") == [])
  }

  @Test func `a throttle takes half of the tenant's traffic, until it is lifted`() throws {
    var (world, script) = world()
    let tenantID = Cast.endpoints[0].tenantID
    func count(_ deliveries: [Delivery]) -> Double { Double(deliveries.count { $0.tenantID == tenantID }) }
    let usual = count(world.advance(to: script.start + 3_600_000))
    world.throttle(tenantID, to: 0.5)
    let throttled = count(world.advance(to: script.start + 7_200_000))
    #expect((0.35...0.65).contains(throttled / usual))
    world.throttle(tenantID, to: nil)
    #expect(count(world.advance(to: script.start + 10_800_000)) / usual > 0.75)
  }

  @Test func `a paged operator mends a credential sooner than it would have been`() throws {
    var (world, script) = world()
    let rotated = try fault(.credential, script)
    let endpoint = Cast.endpoints[rotated.endpoint]
    _ = world.advance(to: rotated.start + 60_000)
    world.page(endpoint.tenantID, endpoint: endpoint.url)
    let mended = try #require(world.allFaults.first { $0.kind == .credential })
    #expect(mended.end == world.now + 300_000 && mended.end < rotated.end)
    let after = world.advance(to: rotated.end).filter { $0.endpoint == endpoint.url && $0.at >= mended.end }
    #expect(!after.isEmpty && after.allSatisfy { $0.answer.status != 401 })
  }
}
