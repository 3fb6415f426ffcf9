import Testing

@testable import HealstreamCore

/// Small fleets, so that the suite is quick; seeds are not those that anything was tuned on.
@Suite struct DetectionFiguresTests {
  @Test(arguments: [Traffic.Pattern.poisson, .batches(of: [3, 6]), .hourly])
  func `two days without a fault raise nothing`(pattern: Traffic.Pattern) {
    var traffic = Traffic.mixed(8, minutes: 2880, pattern: pattern)
    for (endpoint, rate) in [0.5, 1, 2, 3, 5, 8, 12, 20].enumerated() { traffic.endpoints[endpoint].ratePer5Min = rate }
    var run = FleetRun()
    run.feed(traffic, seed: 77)
    #expect(run.raised.isEmpty, "\(run.raised.map { "\($0.at.rfc3339) \($0.level.explanation)" })")
  }

  // The hour before is clean; the fault begins at minute 180.
  static func traffic(rate: Double, failing: Double = 0, flood: Double = 1) -> Traffic {
    var traffic = Traffic.mixed(3, minutes: 240)
    traffic.endpoints[0] = Traffic.Endpoint(tenant: 9, ratePer5Min: rate, background: 0.005)
    traffic.faults = [Traffic.Fault(endpoints: 0..<1, minutes: 180..<240, failing: failing, flood: flood)]
    return traffic
  }

  @Test(arguments: [5.0, 50, 200], UInt64(1)...2)
  func `a full outage is found by its sixth failure, or within twenty seconds`(rate: Double, seed: UInt64) throws {
    var run = FleetRun()
    run.feed(Self.traffic(rate: rate, failing: 1), seed: seed)
    let found = try #require(run.raised.first { $0.level.tenantID == "tenant-9" })
    let seconds = (found.at - Traffic.start - 180 * 60_000) / 1000
    #expect(seconds >= 0)
    #expect(found.level.recentFailures <= 6 || seconds <= 20)
    #expect(run.raised.count == 1)
  }

  @Test(arguments: UInt64(1)...3)
  func `a flood is found while it lasts, and is no failure`(seed: UInt64) throws {
    var run = FleetRun()
    run.feed(Self.traffic(rate: 50, flood: 5), seed: seed)
    let found = try #require(run.raised.first { $0.level.tenantID == "tenant-9" })
    #expect(found.at - Traffic.start - 180 * 60_000 < 240_000)
    #expect(found.level.type == .trafficSpike && found.level.conditions == [.trafficSpike])
    #expect((found.level.spikeMultiplier ?? 0) > 1.5)
    #expect(found.level.significance > 4)
  }

  @Test func `the same traffic says the same`() {
    var first = FleetRun()
    var second = FleetRun()
    first.feed(Self.traffic(rate: 50, failing: 0.7), seed: 5)
    second.feed(Self.traffic(rate: 50, failing: 0.7), seed: 5)
    #expect(first.statements.map(\.statement) == second.statements.map(\.statement))
  }
}
