import HealstreamCore
import HealstreamRuntime

/// What a backtest came to, in words: the sum on standard error, what was asked for on standard output.
struct BacktestWords {
  private let result: BacktestResult
  private let directory: String

  /// Missed faults and false incidents that are named.
  private static let maxTold = 10

  init(_ result: BacktestResult, directory: String) {
    self.result = result
    self.directory = directory
  }

  func say() {
    for side in result.sides { StandardError.say(sum(side)) }
    StandardError.say("see \(directory)/report.html")
    for side in result.sides {
      if let labels = side.labels { for line in words(labels, side) { StandardOutput.say(line) } }
    }
    for line in result.comparison?.words ?? [] { StandardOutput.say(line) }
  }

  private func sum(_ side: BacktestSide) -> String {
    let summary = side.summary
    return prefix(side) + "\(summary.deliveries) deliveries, \(summary.failures) failures, "
      + "\(summary.incidentsOpened) incidents, \(summary.deadLetters) dead letters"
  }

  /// Of which configuration something is, where there are two.
  private func prefix(_ side: BacktestSide) -> String { result.b == nil ? "" : "\(side.name): " }

  private func words(_ labels: LabelScore, _ side: BacktestSide) -> [String] {
    let sum =
      "Labelled faults: \(labels.all.found) of \(labels.all.faults) found, recall \(share(labels.all.recall)), "
      + "precision \(share(labels.precision)), time to detect \(time(labels.all.medianMillis)) (90 %: \(time(labels.all.p90Millis)))"
    let kinds = labels.kinds.map { kind in
      "  \(kind.name): \(kind.found) of \(kind.faults), \(time(kind.medianMillis)) (90 %: \(time(kind.p90Millis)))"
    }
    let missed = labels.missed.map { "  missed: \($0.from.shortText) \($0.kind), \($0.whereText)" }
    let wrong = labels.falseAlarms.map { "  false: \($0.detectedAt.shortText) \($0.message)" }
    return [prefix(side) + sum] + kinds + Self.cut(missed, "missed") + Self.cut(wrong, "false")
  }

  private static func cut(_ lines: [String], _ what: String) -> [String] {
    lines.prefix(maxTold) + (lines.count > maxTold ? ["  \(what): \(lines.count - maxTold) more"] : [])
  }

  private func share(_ share: Double?) -> String { share?.percentText ?? "none" }
  private func time(_ millis: Int64?) -> String { millis?.durationText ?? "none" }
}

extension LabelledFault {
  fileprivate var whereText: String {
    [tenantID.map { "tenant \($0)" }, endpoint].compactMap(\.self).joined(separator: ", ")
  }
}
