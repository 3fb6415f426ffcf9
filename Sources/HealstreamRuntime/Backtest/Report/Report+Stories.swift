import HealstreamCore

extension Report {
  var incidents: Section? {
    Section(
      anchor: "incidents", title: "Incidents",
      body: result.sides.map { folded($0, "Incidents", incidentTable($0)) }.joined)
  }

  var actions: Section? {
    Section(
      anchor: "actions", title: "Heal actions",
      body: result.sides.map { folded($0, "Heal actions", actionTable($0) + refusalTable($0)) }.joined)
  }

  /// Where two configurations are compared, what each of them did stands behind a fold: the comparison is what people look for.
  private func folded(_ side: BacktestSide, _ title: String, _ body: HTML) -> HTML {
    result.b == nil ? body : "<details><summary>\(title) under \(side.name)</summary>\n\(body)</details>\n"
  }

  private func incidentTable(_ side: BacktestSide) -> HTML {
    let stories = side.chronicle.incidents
    guard !stories.isEmpty else { return "<p>No incident was opened.</p>\n" }
    let strategies = Dictionary(grouping: side.chronicle.actions, by: \.incidentID)
    var table = ReportTable(
      "In the order of their opening",
      [.text("Opened"), .text("What"), .text("Severity"), .number("Open for"), .text("Ended"), .text("Actions")])
    for story in stories.prefix(Self.maxRows) {
      let end = story.endedAt.map { _ in story.openMillis(until: story.detectedAt).durationText } ?? "to the end"
      let names = strategies[story.id, default: []].map(\.strategy)
      table.rows.append([
        "<time>\(story.detectedAt.shortText)</time>", "\(story.message.shortened(to: 400))",
        Self.badge(story.severity, story.severity), "\(end)", "\(Self.ending(of: story))",
        "\(names.isEmpty ? "none" : Self.counted(names))",
      ])
    }
    return table.html
      + Self.more(stories.count - table.rows.count + side.chronicle.omittedIncidents, of: "incidents.ndjson")
  }

  private static func ending(of story: IncidentStory) -> String {
    let again = story.spans.count > 1 ? ", reopened \(story.spans.count - 1) ×" : ""
    return (story.resolution?.spaced ?? "open") + again + (story.isFlapping ? ", flapping" : "")
  }

  /// Names with how often each is there, in the order of the first: `REPLAY_RECENT, DEFER_AND_MONITOR × 3`.
  private static func counted(_ names: [String]) -> String {
    var order: [String] = []
    for name in names where !order.contains(name) { order.append(name) }
    return order.map { name in
      let count = names.count { $0 == name }
      return count == 1 ? name : "\(name) × \(count)"
    }.joined(separator: ", ")
  }

  private func actionTable(_ side: BacktestSide) -> HTML {
    let stories = side.chronicle.actions
    guard !stories.isEmpty else { return "<p>No action was decided upon.</p>\n" }
    var table = ReportTable(
      "In the order of their decisions",
      [
        .text("Decided"), .text("Strategy"), .text("For"), .number("Chance"), .number("Deliveries"), .text("Came to"),
      ])
    for story in stories.prefix(Self.maxRows) {
      table.rows.append([
        "<time>\(story.decidedAt.shortText)</time>", "\(story.strategy)", Self.name(story.subject),
        "\(story.probability.percentText)", "\(story.deliveries == 0 ? "–" : story.deliveries.grouped)",
        "\(Self.state(of: story))",
      ])
    }
    return table.html
      + Self.more(stories.count - table.rows.count + side.chronicle.omittedActions, of: "heal-actions.ndjson")
  }

  private static func state(of story: ActionStory) -> String {
    (story.isDryRun ? "dry run, " : "") + (story.isProposal ? "waited for approval, " : "")
      + (story.outcome.map { "\(story.state): \($0)" } ?? story.state)
  }

  private func refusalTable(_ side: BacktestSide) -> HTML {
    guard !side.chronicle.refusals.isEmpty else { return "" }
    var table = ReportTable(
      "Decisions that a guardrail refused", [.text("Guardrail"), .number("Refused")], isCompact: true)
    for (guardrail, count) in side.chronicle.refusals.sorted(by: { ($1.value, $0.key) < ($0.value, $1.key) }) {
      table.rows.append(["\(guardrail.spaced)", "\(count.grouped)"])
    }
    return table.html
  }
}
