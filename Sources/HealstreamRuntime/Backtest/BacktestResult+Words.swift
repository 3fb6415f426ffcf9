import HealstreamCore

extension BacktestResult {
  /// What came out, in a line for each configuration.
  package var sums: [String] {
    sides.map { side in
      let summary = side.summary
      return prefix(side) + "\(summary.deliveries) deliveries, \(summary.failures) failures, "
        + "\(summary.incidentsOpened) incidents, \(summary.deadLetters) dead letters"
    }
  }

  /// What was asked for, how the labels were met and what the comparison came to, line by line; empty where nothing was.
  package var words: [String] {
    sides.flatMap { side in side.labels.map { $0.words(prefix: prefix(side)) } ?? [] } + (comparison?.words ?? [])
  }

  /// Of which configuration something is, where there are two.
  private func prefix(_ side: BacktestSide) -> String { b == nil ? "" : "\(side.name): " }
}

extension LabelScore {
  /// Missed faults and false incidents that are told; there may be more.
  private static let maxTold = 10

  fileprivate func words(prefix: String) -> [String] {
    let sum =
      "\(prefix)Labelled faults: \(all.found) of \(all.faults) found, recall \(Self.share(all.recall)), "
      + "precision \(Self.share(precision)), time to detect \(all.delayWords)"
    return [sum] + kinds.map { "  \($0.name): \($0.found) of \($0.faults), \($0.delayWords)" }
      + Self.cut(missed.map { "  missed: \($0.from.shortText) \($0.kind), \($0.subjectName)" }, "missed")
      + Self.cut(falseAlarms.map { "  false: \($0.detectedAt.shortText) \($0.message)" }, "false")
  }

  private static func cut(_ lines: [String], _ what: String) -> [String] {
    lines.prefix(maxTold) + (lines.count > maxTold ? ["  \(what): \(lines.count - maxTold) more"] : [])
  }

  private static func share(_ share: Double?) -> String { share?.percentText ?? "none" }
}

extension LabelScore.Kind {
  fileprivate var delayWords: String {
    guard let medianMillis, let p90Millis else { return "none" }
    return "\(medianMillis.durationText) (90 %: \(p90Millis.durationText))"
  }
}
