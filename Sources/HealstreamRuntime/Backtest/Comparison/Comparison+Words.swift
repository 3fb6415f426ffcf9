import HealstreamCore

extension Comparison {
  /// Of each kind, in words; there may be more, which `comparison.json` has.
  private static let maxTold = 10

  /// For people at a terminal, line by line.
  var words: [String] {
    [Self.sentence("Incidents", incidents)]
      + Self.told("only in A", incidents.onlyInA.map(\.words)) + Self.told("only in B", incidents.onlyInB.map(\.words))
      + Self.told("changed", incidents.changed.map(\.words))
      + Self.told("earlier in B", incidents.earlier.map(\.timing))
      + Self.told("later in B", incidents.later.map(\.timing))
      + [Self.sentence("Actions", actions)]
      + Self.told("only in A", actions.onlyInA.map(\.words)) + Self.told("only in B", actions.onlyInB.map(\.words))
      + verdictWords + balanceWords
  }

  private static func sentence<Story>(_ what: String, _ contrast: Contrast<Story>) -> String {
    "\(what): \(contrast.pairs.count) in both (\(contrast.changed.count) changed, \(contrast.earlier.count) earlier and "
      + "\(contrast.later.count) later in B), \(contrast.onlyInA.count) only in A, \(contrast.onlyInB.count) only in B"
  }

  private static func told(_ title: String, _ lines: [String]) -> [String] {
    lines.prefix(maxTold).map { "  \(title): \($0)" }
      + (lines.count > maxTold ? ["  \(title): \(lines.count - maxTold) more"] : [])
  }

  private var verdictWords: [String] {
    ["Verdicts: \(verdicts.changed) of \(verdicts.compared) in another category"]
      + verdicts.categoryMoves.map { "  \($0.a) in A, \($0.b) in B: \($0.count)" }
  }

  private var balanceWords: [String] {
    let rows = zip(a.balance.entries, b.balance.entries).filter { $0.value != 0 || $1.value != 0 }
    let width = rows.map(\.0.label.count).max() ?? 0
    return ["What it comes to:".padding(to: width + 2) + "         A         B"]
      + rows.map { before, after in
        "  " + before.label.padding(to: width) + "\(before.value)".leftPadding(to: 10)
          + "\(after.value)".leftPadding(to: 10)
      }
  }
}

extension IncidentStory {
  fileprivate var words: String { "\(detectedAt.shortText) \(severity) \(type.spaced), \(subject.name)" }
}

extension ActionStory {
  fileprivate var words: String { "\(decidedAt.shortText) \(strategy), \(subject.name)" }
}

extension Contrast<IncidentStory>.Pair {
  fileprivate var words: String {
    "\(a.subject.name): " + differences.map { "\($0.field) \($0.a) → \($0.b)" }.joined(separator: ", ")
  }

  fileprivate var timing: String { "\(a.subject.name), by \(abs(earlierMillis).durationText)" }
}

extension String {
  fileprivate func padding(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
  fileprivate func leftPadding(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
