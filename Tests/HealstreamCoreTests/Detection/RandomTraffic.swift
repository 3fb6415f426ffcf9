@testable import HealstreamCore

/// Attempts by seed at a few names of a few tenants: outages, replays, retries, late and unnumbered ones, and now and then a jump of days.
struct RandomTraffic {
  var tenants: UInt64 = 9
  var names: UInt64 = 30
  private(set) var second = 0.0
  private var step = 0
  private var random: SeededGenerator

  init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  mutating func feed(_ count: Int, to run: inout FleetRun) {
    for _ in 0..<count { feed(&run) }
  }

  private mutating func feed(_ run: inout FleetRun) {
    step += 1
    second += random.chance(0.004) ? random.uniform() * 200_000 : random.uniform() * 30
    let tenant = random.next() % tenants
    let isDown = step / 400 % 2 == 1 && tenant < 5
    let failed = random.chance(isDown ? 0.9 : 0.05)
    let isReplay = random.chance(0.02)
    run.deliver(
      failed ? (random.chance(0.1) ? .deadLetter : .failed) : .delivered,
      at: second - (random.chance(0.1) ? random.uniform() * 900 : 0), id: "d\(random.next() % 500)",
      number: random.chance(0.2) ? 2 : 1, name: "e\(random.next() % names)", tenant: "t\(tenant)",
      category: Category.allCases[Int(random.next() % 4)], replayOf: isReplay ? "d\(random.next() % 500)" : nil,
      action: isReplay ? "action" : nil)
  }
}
