import Testing

@testable import HealstreamCore

@Suite struct FleetBoundsTests {
  static func settings(_ change: (inout DetectorSettings) -> Void) -> DetectorSettings {
    var settings = DetectorSettings()
    settings.maxEndpointsPerTenant = 100
    settings.maxEndpoints = 400
    settings.maxTenants = 20
    change(&settings)
    return settings
  }

  /// So tight that random traffic meets every bound.
  static let tight = settings {
    $0.maxTenants = 6
    $0.maxEndpointsPerTenant = 12
    $0.maxEndpoints = 40
    $0.maxFailingEndpoints = 20
    $0.maxKeptCandidates = 12
    $0.maxAlarms = 8
    $0.idleKeyHours = 30
    $0.maxStatementsPerMinute = 4
  }

  // MARK: Floods

  @Test func `an endless stream of new endpoints of one tenant takes no more memory than its bound`() {
    var run = FleetRun(Self.settings { _ in })
    var bytes = 0
    for number in 0..<20_000 {
      run.deliver(
        number % 5 == 0 ? .failed : .delivered, at: Double(number) * 0.1, name: "https://e\(number).example/hook")
      if number == 1000 { bytes = run.fleet.endpointKeys.byteCount }
    }
    #expect(run.fleet.endpointKeys.indices.count == 101 && run.fleet.endpoints.count == 101)
    #expect(run.fleet.endpointKeys.byteCount == bytes)
    #expect(run.fleet.figuresByName["aggregated_attempts_total"] == 19_900)
    #expect(run.fleet.evidence.indices.count <= 101 && run.fleet.candidateCount <= 101 * 128)
    run.fleet.expectToHoldTogether("flood")
  }

  @Test func `an endless stream of new tenants takes no more memory than its bound`() {
    var run = FleetRun(Self.settings { _ in })
    for number in 0..<5000 { run.deliver(.failed, at: Double(number) * 0.1, tenant: "t\(number)") }
    #expect(run.fleet.tenantKeys.indices.count == 21 && run.fleet.endpointKeys.indices.count == 21)
    run.fleet.expectToHoldTogether("flood")
    let tenants = Set(
      run.statements.compactMap {
        if case .failures(let summary) = $0.statement { summary.tenantID } else { nil }
      })
    #expect(!tenants.contains("(other tenants)") && tenants.contains("t0"), "nobody is advised who is no tenant")
  }

  /// Beyond its bound all that a tenant sends is to everybody as if it went to one endpoint.
  @Test func `others are judged the same whether a tenant beyond its bound sends to one new endpoint or to thousands`()
  {
    var one = FleetRun(Self.settings { _ in })
    var many = one
    for second in 0..<9000 {
      let other: DeliveryFields.Status = second > 7200 && second < 8000 ? .failed : .delivered
      for run in [0, 1] {
        let name = second < 100 ? "f\(second)" : run == 0 ? "beyond" : "f\(second)"
        let status: DeliveryFields.Status = second % 3 == 0 ? .failed : .delivered
        if run == 0 {
          one.deliver(status, at: Double(second), id: "d\(second)", name: name, tenant: "flood")
          if second % 10 == 0 { one.deliver(other, at: Double(second), name: "calm", tenant: "other") }
        } else {
          many.deliver(status, at: Double(second), id: "d\(second)", name: name, tenant: "flood")
          if second % 10 == 0 { many.deliver(other, at: Double(second), name: "calm", tenant: "other") }
        }
      }
    }
    #expect(one.statements.map(\.statement) == many.statements.map(\.statement))
    #expect(many.levels.contains { $0.tenantID == "other" && $0.level == .anomalous })
    #expect(many.levels.contains { $0.endpoint == "(other endpoints)" })
  }

  @Test func `one tenant's bound leaves the partition's room to others`() {
    var run = FleetRun(Self.settings { $0.maxEndpoints = 150 })
    for number in 0..<1000 { run.deliver(.delivered, at: Double(number), name: "f\(number)", tenant: "flood") }
    for number in 0..<100 { run.deliver(.delivered, at: 1000 + Double(number), name: "e\(number)", tenant: "other") }
    let others = run.fleet.endpointKeys.indices.count { run.fleet.endpointKeys.text(of: $0).hasPrefix("e") }
    #expect(others == 49, "101 of the flood, 49 of the other, and what it has beyond as one more")
    #expect(run.fleet.endpointKeys.count == 151)
  }

  // MARK: Aggregates

  static func aggregateOutage(_ category: HealstreamCore.Category = .transientEndpointDown) -> FleetRun {
    var run = FleetRun(settings { $0.maxEndpointsPerTenant = 1 })
    run.deliver(.delivered, at: 0, name: "first")
    for second in stride(from: 0.0, to: 7200, by: 20) { run.deliver(.delivered, at: second, name: "e\(second)") }
    for second in stride(from: 7200.0, to: 7800, by: 5) {
      run.deliver(.failed, at: second, name: "e\(second)", category: category)
    }
    return run
  }

  @Test func `an aggregate's failures raise it, with nothing to replay and nothing to silence`() throws {
    let run = Self.aggregateOutage()
    let raised = try #require(run.raised.first?.level)
    #expect(raised.endpoint == "(other endpoints)" && raised.conditions.contains(.failureStreak))
    let last = try #require(run.levels.last)
    #expect(last.triage.total > 50 && last.candidates.isEmpty && last.candidateCount == 0)
    #expect(last.signatureShare == 0)
    let summaries = run.statements.compactMap {
      if case .failures(let summary) = $0.statement { summary } else { nil }
    }
    #expect(summaries.contains { $0.triage.total > 0 } && summaries.allSatisfy(\.candidates.isEmpty))
  }

  @Test func `retries of many deliveries of the same name to many endpoints are told apart`() {
    var run = FleetRun(Self.settings { $0.maxEndpointsPerTenant = 1 })
    run.deliver(.delivered, at: 0, name: "first")
    for number in 1...10 { run.deliver(.failed, at: Double(number), id: "same", name: "e\(number)") }
    run.deliver(.failed, at: 11, id: "same", name: "e10")
    #expect(run.fleet.window.recent == (11, 10))
  }

  /// All that a governor does about `(other endpoints)` and `(other tenants)`, whatever fails and however much.
  @Test(arguments: HealstreamCore.Category.allCases, [false, true])
  func `nothing is healed on an aggregate`(category: HealstreamCore.Category, ofTenants: Bool) {
    var run = Self.aggregateOutage(category)
    if ofTenants {
      run = FleetRun(Self.settings { $0.maxTenants = 1 })
      run.deliver(.delivered, at: 0, name: "first", tenant: "first")
      for second in stride(from: 0.0, to: 7200, by: 20) { run.deliver(.delivered, at: second, tenant: "t\(second)") }
      for second in stride(from: 7200.0, to: 7800, by: 0.5) {
        run.deliver(.failed, at: second, tenant: "t\(second)", category: category)
      }
    }
    var settings = GovernorSettings()
    settings.healing.silenceMinFailures = 1
    settings.healing.silenceSignatureShare = 0
    settings.healing.rateLimitMinFailures = 0
    settings.healing.rateLimitFailureShare = 0
    settings.healing.requireApprovalForCritical = false
    settings.healing.escalateFailures = 1_000_000
    var governor = Governor(settings: settings)
    var outputs = Outputs()
    for (offset, (at, statement)) in run.statements.enumerated() {
      let source = SignalSource(topic: "deliveries", partition: 0, offset: Int64(offset), index: 0)
      governor.apply(
        Signal(source: source, at: at, statement: statement), offset: Int64(offset), appendedAt: at + 100,
        into: &outputs)
    }
    let actions = outputs.records.filter { $0.topic == .healActions }.map {
      String(decoding: outputs.value(of: $0), as: UTF8.self)
    }
    #expect(!actions.isEmpty)
    for action in actions
    where action.contains("(other tenants)") || action.contains(#""endpoint":"(other endpoints)""#) {
      #expect(
        action.contains(#""strategy":"ESCALATE_OPERATOR""#) || action.contains(#""strategy":"DEFER_AND_MONITOR""#))
    }
  }

  // MARK: Forgetting

  @Test func `an endpoint is forgotten after its time, and a weekly job is not`() {
    var run = FleetRun()
    run.deliver(.failed, at: 0, name: "once", tenant: "gone")
    run.deliver(.delivered, at: 0, name: "weekly")
    for hour in 1...193 { run.pass(to: Double(hour) * 3600 - 1) }
    #expect(run.fleet.endpointKeys.count == 2)
    run.deliver(.delivered, at: 7 * 86_400 + 3600, name: "weekly")
    for hour in 193...195 { run.pass(to: Double(hour) * 3600) }
    #expect(run.fleet.endpointKeys.count == 1 && run.fleet.tenantKeys.count == 1)
    #expect(run.fleet.endpointKeys.text(of: 1) == "weekly")
    run.fleet.expectToHoldTogether("forgotten")
  }

  @Test func `where room is needed, what was idle for a day gives way, the longest idle first`() {
    var run = FleetRun(Self.settings { $0.maxEndpointsPerTenant = 3 })
    for (number, hour) in [0.0, 1, 2].enumerated() { run.deliver(.delivered, at: hour * 3600, name: "e\(number)") }
    run.deliver(.delivered, at: 25 * 3600 - 1, name: "early")
    for name in ["new", "newer", "newest"] { run.deliver(.delivered, at: 26 * 3600, name: name) }
    let names = run.fleet.endpointKeys.indices.map { run.fleet.endpointKeys.text(of: $0) }
    #expect(names == ["new", "newer", "e2", "(other endpoints)"])
    run.fleet.expectToHoldTogether("made room")
  }

  @Test func `an endpoint with an open alarm is not forgotten`() {
    var run = FleetRun(
      Self.settings {
        $0.maxEndpointsPerTenant = 2
        $0.vanishedAfterMillis = 30 * 86_400_000
      })
    for second in stride(from: 0.0, to: 200, by: 20) { run.deliver(.failed, at: second, name: "down") }
    run.deliver(.delivered, at: 200, name: "well")
    for number in 0..<10 { run.deliver(.delivered, at: 30 * 3600 + Double(number), name: "new\(number)") }
    for hour in 31...260 { run.pass(to: Double(hour) * 3600) }
    let names = run.fleet.endpointKeys.indices.filter(run.fleet.endpointKeys.contains).map {
      run.fleet.endpointKeys.text(of: $0)
    }
    #expect(names == ["down"] && run.fleet.alarms.count == 1)
    run.fleet.expectToHoldTogether("alarm")
  }

  @Test(arguments: UInt64(1)...4)
  func `sums, lists and indexes hold together however endpoints come and go`(seed: UInt64) {
    var traffic = RandomTraffic(seed: seed)
    var run = FleetRun(Self.tight)
    for step in 0..<50 {
      traffic.feed(80, to: &run)
      run.fleet.expectToHoldTogether("step \(step), seed \(seed)")
    }
    let figures = run.fleet.figuresByName
    for name in [
      "aggregated_attempts_total", "forgotten_endpoints_total", "forgotten_tenants_total", "refused_candidates_total",
    ] {
      #expect(figures[name] ?? 0 > 0, "\(name) \(figures), seed \(seed)")
    }
    #expect(run.fleet.endpointKeys.indices.count <= 40 + 7)
  }

  // MARK: Statements, evidence, alarms

  // Forty endpoints of ten tenants fail; the partition may say eight things a minute.
  @Test func `statements beyond the budget wait for room, and none that matters is lost`() {
    var run = FleetRun(Self.settings { $0.maxStatementsPerMinute = 8 })
    func round(_ second: Double, _ status: DeliveryFields.Status, _ run: inout FleetRun) {
      for number in 0..<40 {
        run.deliver(status, at: second + Double(number) / 2, name: "e\(number)", tenant: "t\(number % 20)")
      }
    }
    for second in stride(from: 0.0, to: 7200, by: 20) { round(second, .delivered, &run) }
    for second in stride(from: 7200.0, to: 8400, by: 20) { round(second, .failed, &run) }
    let held = run.fleet.figuresByName["held_statements_total"] ?? 0
    #expect(held > 20)
    for second in stride(from: 8400.0, to: 11_000, by: 20) { round(second, .delivered, &run) }
    #expect(run.fleet.alarms.count == 0)
    for number in 0..<40 {
      let order = run.levels.filter { $0.endpoint == "e\(number)" }.map(\.level)
      #expect(order.first == .anomalous && order.last == .normal, "e\(number): \(order)")
    }
    var perMinute: [Int64: Int] = [:]
    for (at, statement) in run.statements where statement.levelStatement?.scope == .endpoint {
      perMinute[at.minute, default: 0] += 1
    }
    #expect(perMinute.values.max() == 8)
  }

  @Test func `beyond the bound on evidence failures count, and raise, without candidates`() throws {
    var run = FleetRun(Self.settings { $0.maxFailingEndpoints = 8 })
    for failure in 0..<6 {
      for number in 0..<5 { run.deliver(.failed, at: Double(failure) * 20 + Double(number), name: "e\(number)") }
    }
    #expect(run.fleet.evidence.count == 2, "a tenant has a quarter")
    #expect(run.fleet.figuresByName["refused_evidence_total"] == 18)
    run.pass(to: 400)
    let summary = run.statements.compactMap {
      if case .failures(let summary) = $0.statement { summary.triage.total } else { nil }
    }
    #expect(summary.reduce(0, +) == 30)
    #expect(run.raised.count >= 1)
  }

  @Test func `beyond the bound on alarms none is raised until one is over`() {
    var run = FleetRun(
      Self.settings {
        $0.maxAlarms = 4
        $0.minTenantEndpoints = 50
      })
    for failure in 0..<8 {
      for number in 0..<3 { run.deliver(.failed, at: Double(failure) * 20 + Double(number), name: "e\(number)") }
    }
    #expect(run.raised.map(\.level.endpoint) == ["e0"])
    #expect(run.fleet.figuresByName["refused_alarms_total"] ?? 0 > 0)
    for second in stride(from: 200.0, to: 1200, by: 10) {
      run.deliver(.delivered, at: second, name: "e0")
      run.deliver(.failed, at: second + 1, name: "e1")
    }
    #expect(run.raised.map(\.level.endpoint) == ["e0", "e1"])
  }
}
