package import HealstreamCore

/// What came out of a backtest, for people and for files.
package struct BacktestResult: Sendable {
  /// Where the records came from.
  package let input: String
  let traffic: TrafficTally
  package let a: BacktestSide
  package let b: BacktestSide?
  package let comparison: Comparison?

  init(input: String, traffic: TrafficTally, a: BacktestSide, b: BacktestSide?, changes: VerdictChanges) {
    self.input = input
    self.traffic = traffic
    self.a = a
    self.b = b
    comparison = b.map { Comparison(a, $0, changes) }
  }

  /// Event times of the first and the last attempt; `nil` where there was none.
  package var span: ClosedRange<Timestamp>? {
    guard let first = traffic.first, let last = traffic.last else { return nil }
    return first...last
  }

  package var sides: [BacktestSide] { [a] + (b.map { [$0] } ?? []) }
}

/// What one configuration made of the input.
package struct BacktestSide: Sendable {
  /// `A`, or `B` where two are compared.
  package let name: String
  /// What was set to anything but its default, in the order of the names; values as JSON.
  package let settings: [(name: String, value: String)]
  package let summary: RunSummary
  let chronicle: Chronicle
  package let labels: LabelScore?
  package let balance: Balance
  let verdicts: AdaptiveSeries
  /// `nil` of too many endpoints.
  let detectability: [Detectability]?

  init(
    _ name: String, _ stage: DecisionStage, detectability: [Detectability]?, labels faults: [LabelledFault]?,
    end: Timestamp
  ) {
    self.name = name
    settings = stage.configuration.assignedToFolds.map { name, value in
      (name, JSONWriter.text(value.write))
    }
    summary = stage.summary
    chronicle = stage.chronicle
    verdicts = stage.verdicts
    self.detectability = detectability
    labels = faults.map { LabelScore($0, stage.chronicle.incidents) }
    balance = Balance(stage.chronicle, stage.replays, labels: labels, end: end)
  }

  /// What `summary.json` holds.
  func summaryJSON(_ result: BacktestResult) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      summary.writeMembers(to: &json)
      json.member("input", result.input)
      json.member("first_event_at", result.span?.lowerBound)
      json.member("last_event_at", result.span?.upperBound)
      json.key("balance")
      balance.write(to: &json)
      json.object("refusals") { json in
        for (guardrail, count) in chronicle.refusals.sorted(by: { $0.key < $1.key }) {
          json.key(guardrail)
          json.value(count)
        }
      }
      if let detectability {
        json.key("detectability")
        DetectabilitySummary(detectability).write(to: &json)
      }
      if let labels {
        json.key("labels")
        labels.write(to: &json)
      }
    }
    return json.bytes
  }
}
