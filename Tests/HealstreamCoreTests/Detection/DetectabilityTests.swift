import Testing

@testable import HealstreamCore

@Suite struct DetectabilityTests {
  static func chart(rate: Double) -> BernoulliCUSUM {
    var chart = BernoulliCUSUM()
    chart.tune(normal: rate, failing: rate > 0.2 ? (1 + rate) / 2 : 0.5)
    return chart
  }

  static func limit(rate: Double) -> Float { chart(rate: rate).limit(runLength: 11.2) }

  // The chain against the CUSUM itself, fed with coins.
  @Test(arguments: [0.005, 0.02, 0.05, 0.1, 0.3], [1, 0.6, 0.3])
  func `the run length is that of the score itself`(normal: Double, share: Double) throws {
    guard share > normal + 0.05 else { return }
    let latency = StreakLatency(Self.chart(rate: normal), limit: Self.limit(rate: normal), failing: share)
    var random = SeededGenerator(seed: 11)
    var lengths: [Int] = []
    for _ in 0..<400 {
      var chart = Self.chart(rate: normal)
      var attempts = 0
      repeat {
        attempts += 1
      } while attempts < 20_000
        && !chart.observe(failed: random.chance(share), limit: Self.limit(rate: normal), maxFailuresPerCell: .infinity)
      lengths.append(attempts)
    }
    lengths.sort()
    let mean = Double(lengths.reduce(0, +)) / 400
    let foretold = try #require(latency.meanAttempts)
    #expect((foretold / mean - 1).magnitude < 0.15, "\(foretold) foretold, \(mean) found")
    let median = try #require(latency.medianAttempts)
    #expect((Double(median) / Double(lengths[200]) - 1).magnitude < 0.2, "\(median) foretold, \(lengths[200]) found")
  }

  @Test func `of an outage smaller than what is normal nothing is foretold`() {
    #expect(StreakLatency(Self.chart(rate: 0.5), limit: 11, failing: 0.3).meanAttempts == nil)
  }

  /// Five hours of a delivery each `seconds`, and of another endpoint's.
  static func run(every seconds: Double, hours: Double = 5) -> FleetRun {
    var run = FleetRun()
    for second in stride(from: 0.0, to: hours * 3600, by: seconds) { run.deliver(.delivered, at: second) }
    return run
  }

  @Test func `a full outage takes about four failures, the longer the sparser the endpoint`() throws {
    for (gap, seconds) in [(5.0, 15.0...25), (300, 900...1500)] {
      let run = Self.run(every: gap)
      let one = try #require(run.fleet.detectability.first)
      #expect((one.ratePer5Min * gap / 300 - 1).magnitude < 0.05)
      let outage = one.outages[0]
      #expect((3.5...5).contains(outage.failures ?? 0), "\(outage)")
      #expect(seconds.contains(outage.seconds ?? 0), "\(outage)")
      for (more, less) in zip(one.outages, one.outages.dropFirst()) {
        #expect(more.seconds ?? .infinity < less.seconds ?? .infinity)
      }
    }
  }

  @Test func `what it is blind for is said`() throws {
    #expect(try #require(Self.run(every: 60, hours: 1).fleet.detectability.first).blindness == [.noCleanHour])
    let sparse = try #require(Self.run(every: 600).fleet.detectability.first)
    #expect(sparse.blindness == [.tooSparse] && sparse.floodMultiple == nil)
    let busy = try #require(Self.run(every: 5).fleet.detectability.first)
    #expect(busy.blindness.isEmpty)
    #expect((1.5...3).contains(busy.floodMultiple ?? 0), "\(busy)")
    var failing = Self.run(every: 60)
    for second in 0..<9 { failing.deliver(.failed, at: 18_000 + Double(second) * 60) }
    #expect(try #require(failing.fleet.detectability.first).blindness == [.inAlarm])
  }

  // An hourly job of 200 deliveries at minute 30.
  @Test func `a known peak is what a flood must exceed at its minutes`() throws {
    var run = FleetRun()
    for minute in 0..<600 {
      for number in 0..<(minute % 60 == 30 ? 200 : 6) {
        run.deliver(.delivered, at: Double(minute) * 60 + Double(number) / 5, id: "\(minute)-\(number)")
      }
    }
    let one = try #require(run.fleet.detectability.first)
    let (usual, atPeak) = (try #require(one.floodMultiple), try #require(one.floodMultipleAtPeak))
    #expect(atPeak > usual * 2, "\(usual) and \(atPeak)")
  }

  @Test func `a summary counts each endpoint once for each share`() {
    var run = FleetRun()
    for step in 0..<3600 {
      run.deliver(.delivered, at: Double(step) * 5)
      if step % 1200 == 0 { run.deliver(.delivered, at: Double(step) * 5 + 1, name: "sparse", tenant: "u") }
    }
    let all = run.fleet.detectability
    let summary = DetectabilitySummary(all)
    #expect(summary.endpoints == 2 && summary.outages[0] == [1, 0, 0, 1])
    #expect(summary.blind == [.noCleanHour: 1] || summary.blind == [.tooSparse: 1])
    var json = JSONWriter()
    summary.write(to: &json)
    let text = String(decoding: json.bytes, as: UTF8.self)
    #expect(text.contains(#""full_outage":{"within_30s":1,"within_5min":0,"within_1h":0,"within_24h":1,"not_seen":0}"#))
  }
}
