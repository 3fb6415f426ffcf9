import HealstreamCore
import SimulatedWorld
import Testing

@testable import accuracy

/// A small part of `accuracy detection`, with bars: of other seeds than those that anything was tuned on.
@Suite struct DetectionAccuracyTests {
  private static let triage = Result { try Triage() }

  /// Sixteen endpoints, of which none is very busy.
  private static func fleet(_ pattern: FleetPlan.Pattern, hours: Int, using random: inout SplitMix64) -> FleetPlan {
    var plan = FleetPlan(endpointCount: 16, pattern: pattern, hours: hours, using: &random)
    for endpoint in plan.endpoints.indices {
      plan.endpoints[endpoint].ratePer5Min = min(plan.endpoints[endpoint].ratePer5Min, 15)
    }
    return plan
  }

  @Test(arguments: FleetPlan.Pattern.allCases)
  func `a day and a quarter without a fault opens one incident at most`(pattern: FleetPlan.Pattern) throws {
    var random = SplitMix64(seed: 1501)
    let plan = Self.fleet(pattern, hours: 30, using: &random)
    var trial = FleetTrial(plan, using: random, triage: try Self.triage.get())
    let result = trial.run()
    #expect(result.deliveries > 10_000)
    // The budget is one a day.
    #expect(result.falseIncidents.count <= 1, "\(result.falseIncidents)")
  }

  private static let kinds: [FaultPlans.Kind] = [
    .init(name: "outage", ratePer5Min: 10, background: 0.005, failing: 1, minutes: 20),
    .init(name: "partial", ratePer5Min: 40, background: 0.005, failing: 0.6, minutes: 20),
    .init(name: "flood", ratePer5Min: 40, background: 0.01, flood: 4, minutes: 20),
  ]

  /// The three faults in a small fleet, each in a tenant of its own.
  private static func plan(using random: inout SplitMix64) -> FleetPlan {
    var plan = FaultPlans.fleet(of: kinds, endpointCount: 15, gapMinutes: 20, using: &random)
    for endpoint in plan.endpoints.indices where plan.faults.allSatisfy({ $0.endpoints != [endpoint] }) {
      plan.endpoints[endpoint].ratePer5Min = min(plan.endpoints[endpoint].ratePer5Min, 5)
    }
    return plan
  }

  @Test func `faults are found in time, each as one incident, and about when it was foretold`() throws {
    var report = FaultReport()
    report.run(1510...1512, triage: try Self.triage.get()) { Self.plan(using: &$0) }
    #expect(report.falseIncidents.isEmpty, "\(report.falseIncidents)")
    for kind in Self.kinds {
      let cases = try #require(report.cases[kind.name])
      #expect(cases.allSatisfy { $0.isFound && $0.incidents.count == 1 }, "\(kind.name)")
    }
    #expect(report.failures("outage").allSatisfy { $0 <= 5 }, "\(report.failures("outage"))")
    #expect(report.seconds("partial").allSatisfy { $0 <= 180 }, "\(report.seconds("partial"))")
    #expect(report.seconds("flood").allSatisfy { $0 <= 180 }, "\(report.seconds("flood"))")
    for name in ["outage", "partial"] {
      let foretold = try #require(report.foretold(name))
      let found = try #require(Figures.quantile(0.5, of: report.seconds(name)))
      #expect((0.4...2.5).contains(foretold / found), "\(name): \(foretold) s foretold, \(found) s found")
    }
    let flood = try #require(report.cases["flood"]?.first)
    #expect(flood.isForetold && (flood.foretold?.floodMultiple ?? 0) > 1.5)
  }

  @Test func `the short way raises what the whole way opens`() throws {
    var random = SplitMix64(seed: 1520)
    let plan = Self.plan(using: &random)
    var short = AlarmTrial(plan, using: random)
    short.run()
    var whole = FleetTrial(plan, using: random, triage: try Self.triage.get())
    let result = whole.run()
    let opened = result.cases.reduce(result.falseIncidents.count) { $0 + $1.incidents.count }
    #expect(short.deliveries == result.deliveries)
    #expect(short.raised.count == opened && opened >= 3, "\(short.raised.map(\.message))")
  }

  @Test func `the same seed gives the same traffic, another one other`() {
    func words(_ seed: UInt64) -> [String] {
      var random = SplitMix64(seed: seed)
      let plan = Self.fleet(.batches, hours: 1, using: &random)
      var stream = DeliveryStream(plan, using: random)
      var words: [String] = []
      while let (minute, events) = stream.nextMinute() {
        words += events.map { "\(minute) \($0.millisOfMinute) \($0.endpoint) \($0.attempt) \($0.failed)" }
      }
      return words
    }
    #expect(words(1) == words(1))
    #expect(words(1) != words(2))
  }

  @Test func `a bound on a mean is the exact one`() {
    // Garwood (1936): 95 %, one side.
    for (count, bound) in [(0, 2.996), (1, 4.744), (5, 10.513), (20, 29.062)] {
      #expect((Figures.upperBound(ofCount: count) - bound).magnitude < 0.002)
    }
  }
}
