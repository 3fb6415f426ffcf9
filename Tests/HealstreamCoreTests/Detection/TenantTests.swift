import Testing

@testable import HealstreamCore

@Suite struct TenantTests {
  /// Six endpoints of one tenant, one of another, each with a delivery every 10 s; from 7200 the first `failing` fail.
  static func run(failing: Int, until end: Double) -> FleetRun {
    var run = FleetRun()
    for second in stride(from: 0.0, to: end, by: 10) {
      for number in 0..<6 {
        let fails = second >= 7200 && number < failing
        run.deliver(fails ? .failed : .delivered, at: second + Double(number), name: "e\(number)")
      }
      run.deliver(.delivered, at: second + 7, name: "other", tenant: "u")
    }
    return run
  }

  @Test func `an outage of a whole tenant is one alarm`() throws {
    let run = Self.run(failing: 6, until: 7800)
    #expect(run.raised.count == 1)
    let level = try #require(run.raised.first?.level)
    #expect(level.scope == .tenant && level.endpoint == nil)
    #expect(level.endpointsFailing >= 3 && level.endpointsActive == 6)
    #expect(level.explanation.contains("of 6 active endpoints fail"), "\(level.explanation)")
    let last = try #require(run.levels.last)
    #expect(Set(last.candidates.map(\.endpoint)).count == 6)
    #expect(last.candidates.map(\.failedAt) == last.candidates.map(\.failedAt).sorted())
  }

  @Test func `two of six endpoints are their own alarms`() {
    let run = Self.run(failing: 2, until: 7800)
    #expect(run.raised.map(\.level.scope) == [.endpoint, .endpoint])
  }

  @Test func `when the tenant is well again, nothing is left of its endpoints`() {
    var run = Self.run(failing: 6, until: 7800)
    for second in stride(from: 7800.0, to: 9600, by: 10) {
      for number in 0..<6 { run.deliver(.delivered, at: second + Double(number), name: "e\(number)") }
    }
    #expect(run.levels.last?.level == .normal && run.levels.last?.scope == .tenant)
    #expect(run.levels.allSatisfy { $0.scope == .tenant })
    #expect(run.fleet.alarms.count == 0)
  }

  // e0 has a success at 7800 and is not heard of again; the others are well from then on.
  @Test func `of an endpoint that fell silent under its tenant's alarm nothing is said when that is over`() {
    var run = Self.run(failing: 6, until: 7800)
    run.deliver(.delivered, at: 7800, name: "e0")
    for second in stride(from: 7800.0, to: 14_400, by: 10) {
      for number in 1..<6 { run.deliver(.delivered, at: second + Double(number), name: "e\(number)") }
    }
    #expect(run.levels.contains { $0.level == .normal })
    #expect(run.levels.allSatisfy { $0.scope == .tenant }, "\(run.levels.last?.explanation ?? "")")
  }

  // Only e0 goes on failing when the tenant's alarm is over: then it speaks for itself.
  @Test func `an endpoint that goes on failing is stated when its tenant's alarm is over`() {
    var run = Self.run(failing: 6, until: 7800)
    for second in stride(from: 7800.0, to: 9600, by: 10) {
      for number in 0..<6 {
        run.deliver(number == 0 ? .failed : .delivered, at: second + Double(number), name: "e\(number)")
      }
    }
    #expect(run.levels.last?.scope == .endpoint && run.levels.last?.endpoint == "e0")
    #expect(run.levels.last?.level == .anomalous)
  }

  @Test func `many endpoints that begin to fail together are said at once`() throws {
    let run = Self.run(failing: 6, until: 7210)
    let progress = run.statements.compactMap {
      if case .progress(let progress) = $0.statement { progress } else { nil }
    }
    let alert = try #require(progress.first { $0.newlyFailingEndpoints > 0 })
    #expect(alert.streamTime == Traffic.start + 7_200_000)
    #expect(alert.newlyFailingTenants == 1 && alert.activeEndpoints == 7)
  }

  // e0 fails from 7200 on; e1 for one delivery of the next minute.
  @Test func `a tenant is still newly failing when the endpoint that failed last is well again`() throws {
    var run = Self.run(failing: 1, until: 7210)
    run.deliver(.failed, at: 7261, name: "e1")
    run.deliver(.delivered, at: 7262, name: "e1")
    #expect(try #require(run.fleet.progress).newlyFailingTenants == 1)
    run.deliver(.delivered, at: 7263, name: "e0")
    #expect(try #require(run.fleet.progress).newlyFailingTenants == 0)
  }

  // Of eight endpoints e0 and e1 fail from 7200 on, e2 from 8400 on: its fourth failure is at 8432.
  @Test func `an outage is stated at once where others of its tenant have failed for long`() throws {
    var run = FleetRun()
    for second in stride(from: 0.0, to: 8500, by: 10) {
      for number in 0..<8 {
        let fails = number < 2 && second >= 7200 || number == 2 && second >= 8400
        run.deliver(fails ? .failed : .delivered, at: second + Double(number), name: "e\(number)")
      }
    }
    let raised = try #require(run.raised.first { $0.level.endpoint == "e2" })
    #expect(raised.at <= Traffic.start + 8_442_000, "\((raised.at - Traffic.start) / 1000)")
  }

  /// Five endpoints of one tenant with a delivery each 10 s; e0 fails from 7200 on. Two others fail at 7190, and are not heard of again; before,
  /// one of so many of theirs has failed.
  static func outage(besideTwoFailing period: Int) -> FleetRun {
    var run = FleetRun()
    for step in 0..<725 {
      run.deliver(step < 720 ? .delivered : .failed, at: Double(step) * 10, name: "e0")
      for number in 1..<5 where step < 720 {
        let failed = number < 3 && (step == 719 || step % period == 11 * number)
        run.deliver(failed ? .failed : .delivered, at: Double(step) * 10 + Double(number), name: "e\(number)")
      }
    }
    return run
  }

  @Test func `an outage does not wait for its tenant where others fail once, as they do now and then`() throws {
    let raised = try #require(Self.outage(besideTwoFailing: 40).raised.first)
    #expect(raised.level.endpoint == "e0")
    #expect(raised.at <= Traffic.start + 7_240_000, "\((raised.at - Traffic.start) / 1000)")
  }

  @Test func `it waits where others fail that never did`() {
    #expect(Self.outage(besideTwoFailing: 1000).raised.allSatisfy { $0.level.scope == .tenant })
  }

  /// e0 sends 60 deliveries at once each ten minutes, three others one each twenty seconds; in the last hour e0 sends ten times as many.
  static func bursts(flooded: Int) -> FleetRun {
    var run = FleetRun()
    for minute in 0..<420 {
      let second = Double(minute) * 60
      let isFlooded = minute >= 400
      let burst = minute % 10 == 3 ? (isFlooded ? 600 : 60) : 0
      for number in 0..<burst {
        run.deliver(.delivered, at: second + Double(number) / 100, id: "b\(minute)-\(number)", name: "e0")
      }
      for number in 1...3 {
        for step in 0..<(isFlooded && number <= flooded ? 30 : 3) {
          run.deliver(
            .delivered, at: second + 10 + Double(step) + Double(number) / 10, id: "n\(number)-\(minute)-\(step)",
            name: "e\(number)")
        }
      }
    }
    return run
  }

  @Test func `a burst of one endpoint is no flood of its tenant`() {
    let run = Self.bursts(flooded: 0)
    #expect(run.raised.allSatisfy { $0.level.scope == .endpoint }, "\(run.raised.map(\.level.explanation))")
  }

  @Test func `a flood of several endpoints is their tenant's`() {
    let run = Self.bursts(flooded: 3)
    #expect(run.raised.contains { $0.level.scope == .tenant }, "\(run.raised.map(\.level.explanation))")
  }

  @Test func `progress is said each ten seconds of stream time`() {
    let run = Self.run(failing: 0, until: 600)
    let times = run.statements.compactMap {
      if case .progress(let progress) = $0.statement { progress.streamTime } else { nil }
    }
    #expect(times.count == 60)
  }
}

@Suite struct PlatformWaitTests {
  /// Seventy endpoints, five to a tenant, with a delivery a minute; two of a tenant fail one of twenty times. At 7140 so many of those fail,
  /// and from 7200 on e0 fails each 5 s.
  static func outage(beside failing: Int) -> FleetRun {
    var run = FleetRun()
    for minute in 0..<120 {
      for number in 1..<70 {
        let isUsual = [1, 2].contains(number % 5) && (minute + number) % 20 == 0 && minute < 119
        let fails = isUsual || minute == 119 && number % 5 == 1 && (1...failing).contains(number / 5)
        run.deliver(
          fails ? .failed : .delivered, at: Double(minute * 60) + Double(number) / 10, name: "e\(number)",
          tenant: "t\(number / 5)")
      }
      for step in 0..<12 { run.deliver(.delivered, at: Double(minute * 60 + 5 * step), name: "e0", tenant: "t0") }
    }
    for step in 0..<8 { run.deliver(.failed, at: Double(7200 + 5 * step), name: "e0", tenant: "t0") }
    return run
  }

  @Test func `an outage does not wait for the platform where as many others fail as chance explains`() throws {
    let run = Self.outage(beside: 6)
    let raised = try #require(run.raised.first)
    #expect(raised.at <= Traffic.start + 7_220_000, "\((raised.at - Traffic.start) / 1000)")
  }

  @Test func `it waits for the platform where many more begin to fail`() {
    #expect(Self.outage(beside: 13).raised.isEmpty)
  }
}
