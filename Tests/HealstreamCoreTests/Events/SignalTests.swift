import Testing

@testable import HealstreamCore

struct SignalTests {
  private static let at = Timestamp(millis: 1_700_000_000_123)
  private static let candidate = LevelStatement.Candidate(
    deliveryID: "d\"1", endpoint: "https://a.example/hook", failedAt: at, category: .rateLimited, score: 95,
    notBefore: at + 60_000)

  private static let level: LevelStatement = {
    var level = LevelStatement(
      scope: .endpoint, tenantID: "tenant-ü", endpoint: "https://a.example/hook", level: .recovering,
      type: .failureCluster, raisedAt: at, lastEventAt: at + 1)
    level.conditions = [.failureBurst, .failureStreak]
    level.recentCount = 120
    level.recentFailures = 115
    level.baselineFailures = 2.125
    level.failureMultiplier = 57.5
    level.significance = 12.25
    level.triage[.transientEndpointDown] = 115
    level.signatureShare = 0.9375
    level.signature = .max
    level.lastSuccessAt = at - 5
    level.candidates = [candidate]
    level.candidateCount = 7
    level.explanation = "5 failures in a row"
    return level
  }()

  private static let statements: [Signal.Statement] = {
    var summary = FailureSummary(tenantID: "t", minute: at)
    summary.triage[.permanent4xx] = 3
    summary.candidates = [candidate]
    summary.delivered = ["d2", "d3"]
    var progress = Progress(streamTime: at)
    progress.failureRate = 0.015625
    progress.isCaughtUp = true
    return [
      .level(level), .failures(summary), .progress(progress),
      .replayOutcome(ReplayOutcome(actionID: "a", deliveryID: "d", tenantID: "t", endpoint: "e", succeeded: true)),
      .actionOutcome(ActionOutcome(actionID: "a", outcome: .refused, detail: "no \u{1}such tenant")),
    ]
  }()

  private func signal(_ statement: Signal.Statement) -> Signal {
    Signal(
      source: SignalSource(topic: "deliveries", partition: 3, offset: 42, index: 1), at: Self.at, statement: statement)
  }

  private func written(_ signal: Signal) -> [UInt8] {
    var json = JSONWriter()
    signal.write(to: &json)
    return json.bytes
  }

  @Test(arguments: statements)
  func `what is written is read back as it was`(statement: Signal.Statement) throws {
    let signal = signal(statement)
    #expect(try Signal(decoding: written(signal).span) == signal)
  }

  @Test func `an unknown member is passed over, a missing one is named`() throws {
    let text = String(decoding: written(signal(Self.statements[3])), as: UTF8.self)
    let extended = text.replacing("{\"statement\"", with: "{\"later\":[1],\"statement\"")
    #expect(try Signal(decoding: Array(extended.utf8).span) == signal(Self.statements[3]))
    let without = text.replacing("\"delivery_id\"", with: "\"deliveryid\"")
    #expect(throws: Rejection(.missingField, field: "delivery_id", "expected a string, found nothing.", at: 0)) {
      try Signal(decoding: Array(without.utf8).span)
    }
  }

  @Test func `the id names the source and nothing else`() {
    let first = signal(Self.statements[0])
    #expect(first.id == signal(Self.statements[1]).id)
    var other = first
    other.source.index = 2
    #expect(first.id != other.id)
  }
}
