import HealstreamCore

extension Report {
  var comparison: Section? {
    guard let comparison = result.comparison else { return nil }
    return Section(
      anchor: "comparison", title: "Comparison",
      body: """
        \(Self.balance(comparison))\(Self.counts(comparison))\(Self.lists(comparison))\(Self.verdicts(comparison.verdicts))
        """)
  }

  private static func balance(_ comparison: Comparison) -> HTML {
    var table = ReportTable(
      "What it comes to", [.text(""), .number("A"), .number("B"), .number("Difference")], isCompact: true)
    for (a, b) in zip(comparison.a.balance.entries, comparison.b.balance.entries) where a.value != 0 || b.value != 0 {
      let difference = b.value - a.value
      let sign = difference > 0 ? "+" : ""
      table.rows.append([
        label(of: a), "\(a.value.grouped)", "\(b.value.grouped)",
        "\(difference == 0 ? "same" : sign + difference.grouped)",
      ])
    }
    return table.html
  }

  private static func counts(_ comparison: Comparison) -> HTML {
    var table = ReportTable(
      "What differs",
      [
        .text(""), .number("In both"), .number("Changed"), .number("Earlier in B"), .number("Later in B"),
        .number("Only in A"), .number("Only in B"),
      ])
    table.rows = [row("Incidents", comparison.incidents), row("Actions", comparison.actions)]
    return table.html
  }

  private static func row<Story>(_ title: HTML, _ contrast: Contrast<Story>) -> [HTML] {
    let numbers = [
      contrast.pairs.count, contrast.changed.count, contrast.earlier.count, contrast.later.count,
      contrast.onlyInA.count, contrast.onlyInB.count,
    ]
    return [title] + numbers.map { "\($0.grouped)" }
  }

  // MARK: One by one

  private static func lists(_ comparison: Comparison) -> HTML {
    changed(comparison) + shifted(comparison)
      + only("Incidents only in A", comparison.incidents.onlyInA)
      + only("Incidents only in B", comparison.incidents.onlyInB)
      + only("Actions only in A", comparison.actions.onlyInA) + only("Actions only in B", comparison.actions.onlyInB)
  }

  private static func changed(_ comparison: Comparison) -> HTML {
    var table = ReportTable(
      "Incidents that came to something else", [.text("Opened in A"), .text("Where"), .text("Differences")])
    for pair in comparison.incidents.changed.prefix(maxRows) {
      let differences = pair.differences.map { "\("\($0.field)"): \($0.a) → \($0.b)" }.joined(separator: "; ")
      table.rows.append([
        "<time>\(pair.a.detectedAt.shortText)</time>", name(pair.a.subject), "\(differences.shortened(to: 400))",
      ])
    }
    return table.rows.isEmpty
      ? "" : table.html + more(comparison.incidents.changed.count - table.rows.count, of: "comparison.json")
  }

  private static func shifted(_ comparison: Comparison) -> HTML {
    let pairs = comparison.incidents.earlier + comparison.incidents.later
    var table = ReportTable(
      "Incidents that opened at another time", [.text("Opened in A"), .text("Where"), .text("In B")])
    for pair in pairs.prefix(maxRows) {
      let shift = abs(pair.earlierMillis).durationText + (pair.earlierMillis > 0 ? " earlier" : " later")
      table.rows.append(["<time>\(pair.a.detectedAt.shortText)</time>", name(pair.a.subject), "\(shift)"])
    }
    return table.rows.isEmpty ? "" : table.html + more(pairs.count - table.rows.count, of: "comparison.json")
  }

  private static func only(_ caption: HTML, _ stories: [IncidentStory]) -> HTML {
    var table = ReportTable(caption, [.text("Opened"), .text("What"), .text("Severity")])
    for story in stories.prefix(maxRows) {
      table.rows.append([
        "<time>\(story.detectedAt.shortText)</time>", "\(story.message.shortened(to: 300))",
        badge(story.severity, story.severity),
      ])
    }
    return table.rows.isEmpty ? "" : table.html + more(stories.count - table.rows.count, of: "comparison.json")
  }

  private static func only(_ caption: HTML, _ stories: [ActionStory]) -> HTML {
    var table = ReportTable(caption, [.text("Decided"), .text("Strategy"), .text("For")])
    for story in stories.prefix(maxRows) {
      table.rows.append(["<time>\(story.decidedAt.shortText)</time>", "\(story.strategy)", name(story.subject)])
    }
    return table.rows.isEmpty ? "" : table.html + more(stories.count - table.rows.count, of: "comparison.json")
  }

  private static func verdicts(_ verdicts: VerdictChanges) -> HTML {
    guard verdicts.changed > 0 else {
      return "<p>All \(verdicts.compared.grouped) failed attempts are in the same category under both.</p>\n"
    }
    var table = ReportTable(
      "\(verdicts.changed.grouped) of \(verdicts.compared.grouped) failed attempts are in another category",
      [.text("In A"), .text("In B"), .number("Attempts"), .text("For instance")])
    for entry in verdicts.moves.prefix(maxRows) {
      let example = entry.example.map { name(.init(scope: "", tenantID: $0.tenantID, endpoint: $0.endpoint)) } ?? ""
      table.rows.append([judged(entry.move.a), judged(entry.move.b), "\(entry.count.grouped)", example])
    }
    return table.html
  }

  private static func judged(_ judgement: VerdictChanges.Judgement?) -> HTML {
    guard let judgement else { return "set aside" }
    return "\(badge(judgement.category.style, "\(judgement.category.name)"))<br><code>\(judgement.rule)</code>"
  }
}
