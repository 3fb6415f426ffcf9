import Testing

@testable import HealstreamCore

struct ReporterTests {
  /// Folds failure summaries, a minute each, of one partition.
  struct Desk {
    var reporter: Reporter
    private var offset: Int64 = 0

    init(_ configure: (inout ReporterSettings) -> Void = { _ in }) {
      var settings = ReporterSettings()
      configure(&settings)
      reporter = Reporter(settings: settings)
    }

    mutating func say(_ statement: Signal.Statement, at minute: Double, partition: Int32 = 0) -> [Stage.Said] {
      offset += 1
      let source = SignalSource(topic: "deliveries", partition: partition, offset: offset, index: 0)
      let at = Stage.start + Int64(minute * 60_000)
      var outputs = Outputs()
      reporter.apply(
        Signal(source: source, at: at, statement: statement), offset: offset, appendedAt: at, into: &outputs)
      return Stage.read(outputs)
    }

    mutating func pass(to minute: Double, partition: Int32 = 0) -> [Stage.Said] {
      say(.progress(Progress(streamTime: Stage.start + Int64(minute * 60_000))), at: minute, partition: partition)
    }
  }

  static func summary(
    _ ids: [String], minute: Int = 0, of tenant: String = "acme", endpoint: String = "https://a/", score: Int = 90,
    category: HealstreamCore.Category = .transientEndpointDown, others: Int = 0
  ) -> FailureSummary {
    var summary = FailureSummary(tenantID: tenant, minute: Stage.start + Int64(minute) * 60_000)
    summary.candidates = ids.enumerated().map { index, id in
      LevelStatement.Candidate(
        deliveryID: id, endpoint: endpoint, failedAt: summary.minute + Int64(index), category: category, score: score)
    }
    summary.triage[category] = ids.count
    summary.triage[.permanent4xx] += others
    return summary
  }

  static func recommended(_ said: [Stage.Said]) -> [String]? {
    said.last?["recommended_ids"]?.array?.compactMap(\.string)
  }

  @Test func `the fields stand in their fixed order`() throws {
    var desk = Desk()
    let advice = try #require(desk.say(.failures(ReporterTests.summary(["a", "b"], others: 2)), at: 1).first)
    #expect(
      advice.text == """
        {"recommended_ids":["a","b"],"total_recommended":2,"total_analyzed":4,"confidence":"medium",\
        "reasoning":"2 deliveries are transient failures with > 80 % success probability",\
        "by_category":{"transient_endpoint_down":2,"permanent_4xx":2,"rate_limited":0,"unknown":0},\
        "age_distribution":{"under_5m":2,"under_15m":0,"under_30m":0,"over_30m":0},"affected_endpoints":["https://a/"],\
        "tenant_id":"acme","as_of":"\((Stage.start + 60_000).rfc3339)","pending_retries":0}
        """)
    #expect(advice.key == "acme")
    #expect(advice.topic == .advice)
    #expect(advice.type == "healstream.advice.given.v1")
  }

  @Test(arguments: [(81, ["a"]), (80, [])])
  func `only a score above 80 is recommended`(score: Int, ids: [String]) {
    var desk = Desk()
    let said = desk.say(.failures(ReporterTests.summary(["a"], score: score)), at: 1)
    #expect(ReporterTests.recommended(said) == ids)
    #expect(said.first?["total_analyzed"]?.integer == 1)
  }

  @Test(arguments: [HealstreamCore.Category.permanent4xx, .rateLimited, .unknown])
  func `only transient failures are recommended`(category: HealstreamCore.Category) {
    var desk = Desk()
    #expect(
      ReporterTests.recommended(desk.say(.failures(ReporterTests.summary(["a"], category: category)), at: 1)) == [])
  }

  @Test func `oldest first, then by endpoint, each id once`() {
    var desk = Desk()
    _ = desk.say(.failures(ReporterTests.summary(["late"], minute: 2)), at: 3)
    _ = desk.say(.failures(ReporterTests.summary(["z"], minute: 1, endpoint: "https://z/")), at: 3)
    let said = desk.say(.failures(ReporterTests.summary(["a", "late"], minute: 1)), at: 4)
    #expect(ReporterTests.recommended(said) == ["a", "z", "late"])
    #expect(said.last?["affected_endpoints"]?.array?.compactMap(\.string) == ["https://a/", "https://z/"])
  }

  @Test func `what was delivered since is taken out`() {
    var desk = Desk()
    _ = desk.say(.failures(ReporterTests.summary(["a", "b"])), at: 1)
    var delivered = FailureSummary(tenantID: "acme", minute: Stage.start + 60_000)
    delivered.delivered = ["a"]
    #expect(ReporterTests.recommended(desk.say(.failures(delivered), at: 2)) == ["b"])
  }

  /// Retries after 5 and 10 min, each up to a fifth later, with 2 min until their outcomes are known:
  ///
  /// ```
  /// minute   0          5…6      8            18    20
  /// d        1 failed   retry    recommended
  /// again    1 failed   2 failed              …     3 failed: given up
  /// ```
  @Test func `what has a retry of its sender's own pending is not recommended`() {
    var desk = Desk { settings in
      settings.sender.retryDelaysMillis = [300_000, 600_000]
      settings.sender.jitter = 0.2
    }
    let first = desk.say(.failures(ReporterTests.summary(["d", "again"])), at: 1)
    #expect(ReporterTests.recommended(first) == [])
    #expect(first.last?["pending_retries"]?.integer == 2)
    #expect(
      first.last?["reasoning"]?.string
        == "no delivery is a transient failure with > 80 % success probability; "
        + "2 more have a retry of the sender's own pending")
    var second = ReporterTests.summary(["again"], minute: 6)
    second.candidates[0].attempt = 2
    second.triage = TriageDistribution()
    #expect(desk.say(.failures(second), at: 7.5).isEmpty)
    #expect(desk.pass(to: 8).isEmpty)
    #expect(ReporterTests.recommended(desk.pass(to: 9)) == ["d"])
    var third = ReporterTests.summary(["again"], minute: 20)
    third.candidates[0].attempt = 3
    #expect(ReporterTests.recommended(desk.say(.failures(third), at: 20)) == ["d", "again"])
  }

  @Test func `what its sender gave up is recommended at once`() {
    var desk = Desk { $0.sender.retryDelaysMillis = [300_000] }
    var summary = ReporterTests.summary(["d"])
    summary.candidates[0].isLast = true
    #expect(ReporterTests.recommended(desk.say(.failures(summary), at: 1)) == ["d"])
  }

  @Test(arguments: [(60, nil), (60.02, [String]())])
  func `what has left the window is taken out`(minute: Double, expected: [String]?) {
    var desk = Desk()
    _ = desk.say(.failures(ReporterTests.summary(["a"])), at: 1)
    #expect(ReporterTests.recommended(desk.pass(to: minute)) == expected)
    #expect(desk.pass(to: 70).isEmpty == (expected != nil))
  }

  @Test func `advice is given when it changed, at most once a minute`() {
    var desk = Desk()
    _ = desk.say(.failures(ReporterTests.summary(["a"])), at: 1)
    #expect(desk.pass(to: 3).isEmpty)
    #expect(desk.say(.failures(ReporterTests.summary(["b"], minute: 2)), at: 3.5).count == 1)
    #expect(desk.say(.failures(ReporterTests.summary(["c"], minute: 3)), at: 4.4).isEmpty)
    #expect(desk.pass(to: 4.4).isEmpty)
    #expect(ReporterTests.recommended(desk.pass(to: 5.5)) == ["a", "b", "c"])
  }

  @Test(arguments: [(10, 4, "high"), (10, 5, "medium"), (9, 0, "medium"), (3, 7, "medium"), (3, 8, "low")])
  func `confidence follows the share and the number`(count: Int, others: Int, confidence: String) {
    var desk = Desk()
    let summary = ReporterTests.summary((0..<count).map { "d\($0)" }, others: others)
    #expect(desk.say(.failures(summary), at: 1).first?["confidence"]?.string == confidence)
  }

  @Test func `ages are counted in buckets`() {
    var desk = Desk()
    for minute in [0, 21, 36, 48] {
      _ = desk.say(.failures(ReporterTests.summary(["d\(minute)"], minute: minute)), at: 48)
    }
    let ages = desk.pass(to: 50).last?["age_distribution"]
    #expect(ages?.object?.compactMap(\.value.integer) == [1, 1, 1, 1])
  }

  @Test func `candidates and tenants are bounded`() {
    var desk = Desk { settings in
      settings.maxCandidatesPerTenant = 3
      settings.maxTenants = 2
    }
    let said = desk.say(.failures(ReporterTests.summary(["a", "b", "c", "d"])), at: 1)
    #expect(ReporterTests.recommended(said) == ["a", "b", "c"])
    #expect(said.first?["total_analyzed"]?.integer == 4)
    _ = desk.say(.failures(ReporterTests.summary(["x"], of: "second")), at: 1)
    #expect(desk.say(.failures(ReporterTests.summary(["y"], of: "third")), at: 1).isEmpty)
    #expect(desk.reporter.refusedSummaries == 1)
    _ = desk.pass(to: 70)  // the first two are over
    #expect(desk.say(.failures(ReporterTests.summary(["y"], minute: 70, of: "third")), at: 71).count == 1)
  }

  @Test func `a tenant's window moves with its own partition only`() {
    var desk = Desk()
    _ = desk.say(.failures(ReporterTests.summary(["a"])), at: 1)
    #expect(desk.pass(to: 500, partition: 1).isEmpty)
    #expect(desk.pass(to: 61).count == 1)
  }

  @Test func `a record that is no signal is rejected, a signal is folded`() throws {
    var reporter = Reporter(settings: ReporterSettings())
    var outputs = Outputs()
    let source = SignalSource(topic: "deliveries", partition: 0, offset: 0, index: 0)
    var json = JSONWriter()
    Signal(source: source, at: Stage.start, statement: .failures(ReporterTests.summary(["a"]))).write(to: &json)
    let bytes = json.bytes
    let good = InputRecord(partition: 0, offset: 0, timestamp: Stage.start, key: nil, value: bytes.span)
    #expect(reporter.fold(good, into: &outputs) == .folded)
    #expect(outputs.records.count == 1)
    let none = InputRecord(partition: 0, offset: 1, timestamp: Stage.start, key: nil, value: nil)
    #expect(reporter.fold(none, into: &outputs) == .rejected(.tombstone))
    let text = Array("{}".utf8)
    let bad = InputRecord(partition: 0, offset: 2, timestamp: Stage.start, key: nil, value: text.span)
    #expect(reporter.fold(bad, into: &outputs) != .folded)
    var governor = Governor(settings: GovernorSettings())
    #expect(governor.fold(good, into: &outputs) == .folded)
    #expect(governor.fold(bad, into: &outputs) != .folded)
  }
}
