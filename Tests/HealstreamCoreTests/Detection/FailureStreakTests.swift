import Testing

@testable import HealstreamCore

@Suite struct FailureStreakTests {
  static func streak(normal: Double, logRunLength: Double) -> FailureStreak {
    var streak = FailureStreak(minute: Traffic.start.minute)
    streak.calibrate(
      FailureStreak.Calibration(rate: normal, standardError: 0, logRunLength: logRunLength))
    return streak
  }

  /// Attempts up to the alarm, 10 s apart, so that no cell binds.
  static func attempts(
    _ streak: FailureStreak, failing share: Double, _ random: inout SeededGenerator
  ) -> Int {
    var streak = streak
    for attempt in 1...1_000_000
    where streak.observe(failed: random.chance(share), at: Traffic.start + Int64(attempt) * 10_000, isBursty: false) {
      return attempt
    }
    return 1_000_000
  }

  // Long enough that neither limit is the least there is.
  @Test(arguments: [0.02, 0.05])
  func `both together alarm no more often by chance than the budget allows`(normal: Double) {
    var random = SeededGenerator(seed: 31)
    let streak = Self.streak(normal: normal, logRunLength: Numerics.log(75_000))
    let runs = (0..<16).map { _ in Self.attempts(streak, failing: normal, &random) }
    #expect(runs.reduce(0, +) / runs.count > 75_000, "\(runs)")
  }

  @Test func `a third that fails where 5 percent are normal is found by the CUSUM tuned to it`() throws {
    var random = SeededGenerator(seed: 32)
    let streak = Self.streak(normal: 0.05, logRunLength: 16)
    let lengths = (0..<200).map { _ in Self.attempts(streak, failing: 0.3, &random) }.sorted()
    let outage = try #require(StreakLatency(streak.outage, limit: streak.outageLimit, failing: 0.3).medianAttempts)
    #expect(lengths[100] < outage && lengths[180] < 80, "\(lengths[100]), \(lengths[180]), \(outage)")
  }

  // F F F … until both are at their limits, then s s s …
  @Test(arguments: [0.005, 0.05, 0.3])
  func `recovery takes as many successes for the one as for the other`(normal: Double) {
    var streak = Self.streak(normal: normal, logRunLength: 14)
    for failure in 0..<60 {
      _ = streak.observe(failed: true, at: Traffic.start + Int64(failure) * 10_000, isBursty: false)
    }
    #expect(!streak.isLow && streak.partial.score == streak.partialLimit)
    var successes = 0
    while !streak.isLow {
      successes += 1
      _ = streak.observe(failed: false, at: Traffic.start + Int64(600 + successes) * 10_000, isBursty: false)
    }
    #expect(streak.outage.score > streak.outageLimit / 2 + streak.outage.onSuccess * 2)
    #expect((5...40).contains(successes))
  }

  // Milliseconds go round in 49.7 days; a cell of 49 days ago is not this one.
  @Test(arguments: [25, 49, 60] as [Int64])
  func `after weeks of silence failures count as ever`(days: Int64) {
    var streak = Self.streak(normal: 0.02, logRunLength: 14)
    let start = Traffic.start + days * 86_400_000
    _ = streak.observe(failed: true, at: Traffic.start, isBursty: true)
    let raised = (0..<6).map { streak.observe(failed: true, at: start + Int64($0) * 10_000, isBursty: true) }
    #expect(raised.contains(true))
  }

  @Test func `what stands in words is the one nearer to its limit`() {
    var streak = Self.streak(normal: 0.05, logRunLength: 16)
    for attempt in 0..<90 {
      _ = streak.observe(failed: attempt % 5 == 0, at: Traffic.start + Int64(attempt) * 10_000, isBursty: false)
    }
    #expect(streak.stronger.limit == streak.partialLimit && streak.stronger.score > streak.outage.score)
  }
}

@Suite struct RecoveredStreakTests {
  // A delivery each 5 min, 1 of 20 fails; then F × 12, s until it is over, F s s F: as ever.
  @Test func `what has recovered is not raised again by failures as they are usual`() throws {
    var run = FleetRun()
    var second = 0.0
    func deliver(_ status: DeliveryFields.Status, to run: inout FleetRun) {
      second += 300
      run.deliver(status, at: second)
    }
    for number in 0..<400 { deliver(number % 20 == 19 ? .failed : .delivered, to: &run) }
    for _ in 0..<12 { deliver(.failed, to: &run) }
    #expect(run.raised.count == 1)
    while run.fleet.alarms.count > 0, second < 300 * 600 { deliver(.delivered, to: &run) }
    #expect(run.levels.last?.level == .normal)
    for status in [.failed, .delivered, .delivered, .failed] as [DeliveryFields.Status] { deliver(status, to: &run) }
    #expect(run.raised.count == 1, "\(run.raised.map(\.level.explanation))")
  }
}

@Suite struct YoungFleetTests {
  // 40 endpoints, each with a delivery a second, from the first of the fleet's.
  @Test func `in the first minutes of a fleet a busy endpoint has a busy one's limit`() {
    var run = FleetRun()
    for second in 0..<180 {
      for endpoint in 0..<40 {
        let failed = second % 40 == endpoint
        run.deliver(failed ? .failed : .delivered, at: Double(second), name: "e\(endpoint)", tenant: "t\(endpoint / 5)")
      }
    }
    // ln of 40 endpoints with 86,400 attempts a day each, by 0.45, is 15.9.
    let limits = run.fleet.endpoints.indices.map { run.fleet.endpoints[$0].streak.outageLimit }
    #expect(limits.allSatisfy { $0 > 14 }, "\(limits)")
    #expect(run.raised.isEmpty)
  }
}

@Suite struct YoungestFleetTests {
  // 40 endpoints, each with a delivery a second, of which the last fails; a minute has not passed.
  @Test func `within the first minute of a fleet all endpoints seen divide the budget`() {
    var run = FleetRun()
    for second in 0..<30 {
      for endpoint in 0..<40 {
        run.deliver(
          second == 29 ? .failed : .delivered, at: Double(second), name: "e\(endpoint)", tenant: "t\(endpoint)")
      }
    }
    // ln of 40 endpoints with 8,640 attempts a day each, by 0.45, is 13.6.
    let limits = run.fleet.endpoints.indices.map { run.fleet.endpoints[$0].streak.outageLimit }
    #expect(limits.allSatisfy { $0 > 12 }, "\(limits)")
  }
}

@Suite struct BurstsTests {
  /// Ten endpoints with 40 attempts in 5 min.
  static func burstyEndpoints(_ pattern: Traffic.Pattern, hours: Int) -> Int {
    let endpoint = Traffic.Endpoint(tenant: 0, ratePer5Min: 40, background: 0)
    var run = FleetRun()
    run.feed(
      Traffic(endpoints: [_](repeating: endpoint, count: 10), pattern: pattern, minutes: hours * 60), seed: 41)
    return run.fleet.endpoints.indices.count { run.fleet.endpoints[$0].isBursty }
  }

  @Test(arguments: [1, 12]) func `what sends singly is not taken for bursty, young or old`(hours: Int) {
    #expect(Self.burstyEndpoints(.poisson, hours: hours) == 0)
  }

  @Test(arguments: [[2], [3, 6]]) func `what sends in pairs or more is bursty when it is known`(sizes: [Int]) {
    #expect(Self.burstyEndpoints(.batches(of: sizes), hours: 12) == 10)
  }

  // Failures a second apart, of an endpoint that nothing is known of.
  @Test func `a new endpoint's failures count each`() {
    var run = FleetRun()
    for second in 0..<600 { run.deliver(.delivered, at: Double(second), name: "e\(second % 20)") }
    for failure in 0..<5 { run.deliver(.failed, at: 600 + Double(failure), name: "new", tenant: "u") }
    #expect(run.raised.count == 1)
  }
}
