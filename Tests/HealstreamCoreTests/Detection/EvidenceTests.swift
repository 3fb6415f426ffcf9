import Testing

@testable import HealstreamCore

@Suite struct EvidenceTests {
  @Test func `candidates are what may be retried, the longest failed first, without what was delivered since`() throws {
    var run = FleetRun()
    run.deliver(.failed, at: 0, id: "a")
    run.deliver(.failed, at: 20, id: "b", category: .permanent4xx)
    run.deliver(.failed, at: 40, id: "c", category: .rateLimited)
    run.deliver(.failed, at: 60, id: "d")
    run.deliver(.deadLetter, at: 70, id: "d", number: 2)
    run.deliver(.failed, at: 80, id: "e")
    run.deliver(.delivered, at: 85, id: "a", number: 2)
    for second in [100.0, 120, 140] { run.deliver(.failed, at: second) }
    run.pass(to: 170)
    let last = try #require(run.levels.last)
    #expect(last.candidates.map(\.deliveryID) == ["c", "d", "e", "e-100.0", "e-120.0", "e-140.0"])
    #expect(last.candidates[1].failedAt == Traffic.start + 70_000)
    #expect(last.candidates.map(\.attempt) == [1, 2, 1, 1, 1, 1])
    #expect(last.candidates.map(\.isLast) == [false, true, false, false, false, false])
    #expect(last.triage[.permanent4xx] == 1 && last.triage.total == 8)
    #expect(last.signatureShare == 1 && last.signature == 7)
  }

  @Test func `candidates are bounded, the latest kept, and all counted`() throws {
    var settings = DetectorSettings()
    settings.maxCandidates = 10
    var run = FleetRun(settings)
    for failure in 0..<40 { run.deliver(.failed, at: Double(failure) * 5, id: "d\(failure)") }
    run.pass(to: 300)
    let last = try #require(run.levels.last)
    #expect(last.candidates.map(\.deliveryID) == (30..<40).map { "d\($0)" })
    #expect(last.candidateCount == 40)
  }

  @Test func `a candidate is none after an hour`() throws {
    var run = FleetRun()
    for second in stride(from: 0.0, to: 3700, by: 100) { run.deliver(.failed, at: second) }
    run.pass(to: 3760)
    let last = try #require(run.levels.last)
    #expect(last.candidates.first?.failedAt == Traffic.start + 200_000)
  }

  @Test func `a minute's summary says what failed in it and what was delivered of it`() throws {
    var run = FleetRun()
    run.deliver(.failed, at: 5, id: "a")
    run.deliver(.failed, at: 6, id: "b", category: .unknown)
    run.deliver(.delivered, at: 10, id: "a", number: 2)
    run.deliver(.failed, at: 61, id: "c")
    let summaries = run.statements.compactMap { if case .failures(let summary) = $0.statement { summary } else { nil } }
    #expect(summaries.count == 1)
    let summary = try #require(summaries.first)
    #expect(summary.minute == Traffic.start && summary.tenantID == "t")
    #expect(summary.triage[.transientEndpointDown] == 1 && summary.triage[.unknown] == 1)
    #expect(summary.candidates.map(\.deliveryID) == ["a"])
    #expect(summary.delivered == ["a"])
  }

  @Test func `a replay tells its action's outcome and counts neither as traffic nor as a failure`() throws {
    var run = FleetRun()
    run.deliver(.delivered, at: 0)
    run.deliver(.failed, at: 1, id: "a")
    for replay in 0..<20 {
      run.deliver(.failed, at: 10 + Double(replay) * 3, id: "r\(replay)", replayOf: "a", action: "act")
    }
    run.deliver(.delivered, at: 90, id: "r", replayOf: "a", action: "act")
    let outcomes = run.statements.compactMap {
      if case .replayOutcome(let outcome) = $0.statement { outcome } else { nil }
    }
    #expect(outcomes.count == 21 && outcomes.count { $0.succeeded } == 1)
    #expect(outcomes.allSatisfy { $0.actionID == "act" && $0.deliveryID == "a" && $0.endpoint == "e" })
    #expect(run.raised.isEmpty)
    #expect(run.fleet.window.recent == (2, 1))
  }

  @Test func `pending counts nowhere`() {
    var run = FleetRun()
    run.deliver(.pending, at: 0)
    #expect(run.fleet.endpoints.isEmpty)
  }

  @Test func `what failed is looked for, and of what did not only the little that falls on the same bit`() {
    var run = FleetRun()
    let failed = ["a", "b", "c"]
    for (index, id) in failed.enumerated() { run.deliver(.failed, at: Double(index), id: id) }
    let filter = run.fleet.endpoints[0].failures
    func isLookedFor(_ id: String) -> Bool { filter.mayContain(hash: KeyTable.hash(Array(id.utf8).span)) }
    #expect(failed.allSatisfy(isLookedFor))
    #expect((0..<1000).count { isLookedFor("dlv_\($0)") } < 100)
  }

  @Test func `evidence of an endpoint that has been well for long is let go of`() {
    var run = FleetRun()
    for number in 0..<200 { run.deliver(.failed, at: 1, name: "e\(number)", category: .unknown) }
    #expect(run.fleet.evidence.count == 200)
    for minute in 1..<60 { run.pass(to: Double(minute) * 60) }
    #expect(run.fleet.evidence.count == 0)
  }
}
