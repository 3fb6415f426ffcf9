import Testing

@testable import HealstreamCore

/// Nothing grows for ever, whoever sends what; the size of the state stands for the memory that it takes.
struct GoverningBoundsTests {
  /// A stage with small caps, so that they are reached soon.
  static func stage() -> Stage {
    Stage { settings in
      settings.incidents.maxOpen = 30
      settings.incidents.maxRemembered = 30
      settings.healing.maxKeysRemembered = 30
      settings.healing.maxLedgerEntries = 100
      settings.healing.maxHealsPerHour = 1000
      settings.healing.maxHealsAtOnce = 20
      settings.healing.requireApprovalForCritical = false
    }
  }

  @Test func `an endless stream of new endpoints, tenants, deliveries and action ids leaves the state flat`() {
    var stage = GoverningBoundsTests.stage()
    var random = SeededGenerator(seed: 1)
    var largest = [0, 0, 0]
    var raised: [LevelStatement] = []
    for step in 0..<3000 {
      stage.skip(Int.random(in: 0...9, using: &random))
      let name = "\(step)-" + String(repeating: "x", count: 100)
      var statement = LevelStatement.anomalous(
        "https://\(name)/", of: "tenant-\(name)", failures: Int.random(in: 3...60, using: &random), raisedAt: stage.now)
      statement.lastSuccessAt = stage.now + 1
      let said = stage.say(statement.with(candidates: 4, failedBefore: stage.now, prefix: name))
      raised.append(statement)
      if step.isMultiple(of: 50) {
        for statement in raised { stage.say(statement.with(.normal)) }
        raised = []
      }
      stage.say(.actionOutcome(ActionOutcome(actionID: name, outcome: .done, detail: name)))
      stage.report(said.actions.first("canary"), succeeded: true)
      if step.isMultiple(of: 49) { largest[step / 1000] = max(largest[step / 1000], stage.state.count) }
    }
    #expect(Double(largest[2]) < 1.1 * Double(largest[1]), "\(largest)")
    let figures = Dictionary(uniqueKeysWithValues: stage.governor.figures.map { ("\($0.name)", $0.value) })
    #expect(figures["open_incidents"] == 30)
    #expect(figures["remembered_incidents"] == 30)
    #expect(figures["remembered_keys"].map { (20...30).contains($0) } == true)
    #expect(figures["ledger_entries"].map { (90...100).contains($0) } == true)
    #expect(figures["standing_actions"].map { $0 <= 31 * 5 } == true)
    #expect(figures["incidents_refused_total"].map { $0 > 1000 } == true)
    #expect(figures["unmatched_outcomes_total"].map { $0 >= 3000 } == true)
  }

  @Test func `sources are bounded, and what comes from others is refused`() {
    var sources = SignalSources()
    for partition in 0..<Int32(SignalSources.maxSources + 5) {
      let source = SignalSource(topic: "deliveries", partition: partition, offset: 0, index: 0)
      let signal = Signal(source: source, at: Stage.start, statement: .progress(Progress(streamTime: Stage.start)))
      #expect(sources.advance(signal, heardAt: Stage.start) == (partition < SignalSources.maxSources))
    }
    #expect(sources.count == SignalSources.maxSources)
  }

  @Test func `of a statement only so many candidates are kept`() {
    let statement = LevelStatement.anomalous().with(candidates: 5000)
    #expect(statement.heldInBounds().candidates.count == 1000)
    #expect(statement.heldInBounds().candidateCount == 5000)
  }

  @Test func `what an executor's clock says moves no stream time`() {
    var stage = Stage()
    stage.pass(10)
    let source = SignalSource(topic: "action-outcomes", partition: 0, offset: 0, index: 0)
    let outcome = ActionOutcome(actionID: "a", outcome: .done, detail: "")
    stage.fold(Signal(source: source, at: stage.now + 86_400_000, statement: .actionOutcome(outcome)))
    #expect(stage.governor.sources.streamTime == stage.now)
  }

  @Test func `a record with a timestamp out of all bounds is folded`() {
    var governor = Governor(settings: GovernorSettings())
    var outputs = Outputs()
    for (offset, millis) in [Int64.max, .min, -1].enumerated() {
      let source = SignalSource(topic: "deliveries", partition: 0, offset: Int64(offset), index: 0)
      let signal = Signal(source: source, at: Stage.start, statement: .level(.anomalous()))
      governor.apply(
        signal, offset: Int64(offset), appendedAt: Timestamp(millis: millis), into: &outputs)
    }
    #expect(governor.counters.statements == 3)
  }
}
