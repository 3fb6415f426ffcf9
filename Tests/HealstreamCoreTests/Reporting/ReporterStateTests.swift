import Testing

@testable import HealstreamCore

struct ReporterStateTests {
  /// Plays a random hour of failure summaries.
  private struct Hour {
    private(set) var reporter = Reporter(settings: ReporterSettings())
    private(set) var said: [String] = []
    private var random: SeededGenerator

    init(seed: UInt64, disturb: (inout Reporter) throws -> Void = { _ in }) throws {
      random = SeededGenerator(seed: seed)
      for offset in Int64(0)..<300 {
        step(offset)
        try disturb(&reporter)
      }
    }

    private mutating func step(_ offset: Int64) {
      let minute = Int(offset / 3)
      let at = Stage.start + Int64(minute) * 60_000 + Int64.random(in: 0..<60_000, using: &random)
      var summary = FailureSummary(tenantID: "t\(Int.random(in: 0..<4, using: &random))", minute: at)
      for _ in 0..<Int.random(in: 0..<6, using: &random) {
        summary.candidates.append(
          LevelStatement.Candidate(
            deliveryID: "d\(Int.random(in: 0..<200, using: &random))", endpoint: "https://a/", failedAt: at,
            category: .transientEndpointDown, score: Int.random(in: 70...100, using: &random)))
      }
      summary.triage[.transientEndpointDown] = summary.candidates.count
      summary.delivered = ["d\(Int.random(in: 0..<200, using: &random))"]
      let source = SignalSource(
        topic: "deliveries", partition: Int32.random(in: 0...1, using: &random), offset: offset, index: 0)
      var outputs = Outputs()
      reporter.apply(
        Signal(source: source, at: at, statement: .failures(summary)), offset: offset, appendedAt: at, into: &outputs)
      said += Stage.read(outputs).map { "\($0.id.hex) \($0.text)" }
    }
  }

  private static func bytes(_ reporter: Reporter) -> [UInt8] {
    var state = StateWriter()
    reporter.save(into: &state)
    return state.bytes
  }

  private static func reporter(
    from bytes: [UInt8], _ settings: ReporterSettings = ReporterSettings()
  ) throws -> Reporter {
    var reporter = Reporter(settings: settings)
    var reader = StateReader(bytes)
    try reporter.load(from: &reader)
    try reader.finish()
    return reporter
  }

  @Test(arguments: UInt64(1)...10)
  func `a reporter that is saved and loaded at any point says the same as one that was not`(seed: UInt64) throws {
    let undisturbed = try Hour(seed: seed)
    var random = SeededGenerator(seed: seed + 1000)
    let disturbed = try Hour(seed: seed) { reporter in
      guard Int.random(in: 0..<8, using: &random) == 0 else { return }
      let before = Self.bytes(reporter)
      reporter = try Self.reporter(from: Self.bytes(try Self.reporter(from: before)))
      #expect(Self.bytes(reporter) == before)
    }
    #expect(disturbed.said == undisturbed.said, "seed \(seed)")
    #expect(Self.bytes(disturbed.reporter) == Self.bytes(undisturbed.reporter))
    #expect(disturbed.reporter.figures == undisturbed.reporter.figures)
    #expect(!undisturbed.said.isEmpty)
  }

  @Test(arguments: UInt64(1)...4)
  func `no damage to a state makes loading trap, nor the folding on of what was loaded`(seed: UInt64) throws {
    let good = Self.bytes(try Hour(seed: seed).reporter)
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      guard var reporter = try? Self.reporter(from: GovernorStateTests.damaged(good, &random)) else { continue }
      for partition in Int32(0)...1 {
        let source = SignalSource(topic: "deliveries", partition: partition, offset: 1 << 40, index: 0)
        let at = Stage.start + 7_200_000
        var outputs = Outputs()
        reporter.apply(
          Signal(source: source, at: at, statement: .progress(Progress(streamTime: at))), offset: 0, appendedAt: at,
          into: &outputs)
      }
      _ = Self.bytes(reporter)
    }
  }

  @Test func `a shorter pause does not wait for one that was planned as longer`() throws {
    var desk = ReporterTests.Desk { $0.pauseMillis = 3_600_000 }
    _ = desk.say(.failures(ReporterTests.summary(["a"])), at: 1)
    _ = desk.say(.failures(ReporterTests.summary(["b"], minute: 2)), at: 2)
    desk.reporter = try Self.reporter(from: Self.bytes(desk.reporter))
    #expect(ReporterTests.recommended(desk.pass(to: 3)) == ["a", "b"])
  }

  @Test func `the failures remembered of all tenants together are bounded`() throws {
    var desk = ReporterTests.Desk { $0.maxCandidates = 5 }
    for tenant in 0..<20 {
      _ = desk.say(.failures(ReporterTests.summary(["a", "b"], of: "t\(tenant)")), at: 1)
    }
    let remembered = desk.reporter.figures.first { "\($0.name)" == "advice_candidates" }
    #expect(remembered?.value == 5)
    _ = desk.pass(to: 80)
    let late = desk.say(.failures(ReporterTests.summary(["z"], minute: 70, of: "late")), at: 90)
    #expect(ReporterTests.recommended(late) == ["z"], "what left the window makes room")
  }
}
