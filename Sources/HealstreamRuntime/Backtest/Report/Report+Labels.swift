import HealstreamCore

extension Report {
  var labels: Section? {
    guard result.a.labels != nil else { return nil }
    let parts = result.sides.map { side in side.labels.map { heading(side) + Self.body($0) } ?? "" }
    return Section(anchor: "labels", title: "Labelled faults", body: parts.joined)
  }

  private static func body(_ score: LabelScore) -> HTML {
    """
    <p>\(score.all.found) of \(score.all.faults) labelled faults were found (recall \(score.all.recall?.percentText ?? "–")). \
    Of \(score.incidentCount) incidents \(score.falseAlarms.count) found no fault (precision \(score.precision?.percentText ?? "–")).</p>
    \(kindTable(score))\(missedTable(score))\(falseTable(score))
    """
  }

  private static func kindTable(_ score: LabelScore) -> HTML {
    var table = ReportTable(
      "By kind of fault",
      [
        .text("Kind"), .number("Faults"), .number("Found"), .number("Recall"), .number("Time to detect, median"),
        .number("90 %"),
      ])
    for kind in score.kinds + (score.kinds.count > 1 ? [score.all] : []) {
      table.rows.append([
        "\(kind.name.spaced)", "\(kind.faults)", "\(kind.found)", "\(kind.recall?.percentText ?? "–")",
        "\(kind.medianMillis?.durationText ?? "–")", "\(kind.p90Millis?.durationText ?? "–")",
      ])
    }
    return table.html
  }

  private static func missedTable(_ score: LabelScore) -> HTML {
    guard !score.missed.isEmpty else { return "" }
    var table = ReportTable("Missed", [.text("From"), .text("To"), .text("Kind"), .text("Where")])
    for fault in score.missed.prefix(maxRows) {
      table.rows.append([
        "<time>\(fault.from.shortText)</time>", "<time>\(fault.to.shortText)</time>", "\(fault.kind.spaced)",
        "\(fault.subjectName.shortened(to: maxNameLength))",
      ])
    }
    return table.html + more(score.missed.count - table.rows.count, of: "summary.json")
  }

  private static func falseTable(_ score: LabelScore) -> HTML {
    guard !score.falseAlarms.isEmpty else { return "" }
    var table = ReportTable("False incidents", [.text("Opened"), .text("Type"), .text("What")])
    for incident in score.falseAlarms.prefix(maxRows) {
      table.rows.append([
        "<time>\(incident.detectedAt.shortText)</time>", "\(incident.type.spaced)",
        "\(incident.message.shortened(to: 300))",
      ])
    }
    return table.html + more(score.falseAlarms.count - table.rows.count, of: "incidents.ndjson")
  }
}
