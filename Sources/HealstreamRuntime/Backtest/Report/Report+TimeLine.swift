import HealstreamCore

extension Report {
  private static let panelHeight = 110
  private static let titleHeight = 22
  private static let axisHeight = 24
  /// Bars of shares: those of few failures say little.
  private static let maxShares = 60
  /// Of the table behind a chart.
  private static let maxTableRows = 48

  var timeLine: Section? {
    guard let axis else { return nil }
    return Section(
      anchor: "time-line", title: "Time line",
      body: """
        \(trafficFigure(axis))\(result.sides.map { heading($0) + lanesFigure($0, axis) })\(trafficTable)
        """)
  }

  // MARK: Traffic

  private func trafficFigure(_ axis: TimeAxis) -> HTML {
    let series = result.traffic.series
    let traffic = StackedPlot(
      series: series, axis: axis,
      layers: [.init(style: "traffic", columns: [TrafficTally.Column.delivered, TrafficTally.Column.failed])])
    let failures = StackedPlot(
      series: series, axis: axis, layers: [.init(style: "failures", columns: [TrafficTally.Column.failed])])
    let second = Self.titleHeight + Self.panelHeight + 14
    let height = second + Self.titleHeight + Self.panelHeight + Self.axisHeight
    let width = series.widthMillis.durationText
    return """
      <figure>
      <figcaption>Attempts, and those that failed, per \(width)</figcaption>
      <svg class="chart" role="img" aria-labelledby="traffic-title traffic-text" width="100%" height="\(height)">
      <title id="traffic-title">Traffic and failures over time</title>
      <desc id="traffic-text">Attempts reach \(traffic.peak) and failures \(failures.peak) per \(width). The figures are in the table below.</desc>
      \(axis.marks(height: height))\
      \(Self.panel("Attempts", "at most \(traffic.peak.grouped)", y: 0))\(traffic.svg(y: Self.titleHeight, height: Self.panelHeight))\
      \(Self.panel("Failed", "at most \(failures.peak.grouped)", y: second))\(failures.svg(y: second + Self.titleHeight, height: Self.panelHeight))</svg>
      </figure>
      \(outsideNote)
      """
  }

  /// A panel's title, its scale, and its base line.
  private static func panel(_ title: String, _ scale: String, y: Int) -> HTML {
    """
    <text class="panel" x="0" y="\(y + 14)">\(title)</text><text class="scale" x="100%" y="\(y + 14)" text-anchor="end">\(scale)</text>
    <line class="base" x1="0" x2="100%" y1="\(y + titleHeight + panelHeight)" y2="\(y + titleHeight + panelHeight)"/>

    """
  }

  private var outsideNote: HTML {
    let count = result.traffic.series.outsideCount
    return count == 0
      ? ""
      : "<p class=\"more\">\(count.grouped) attempts are more than 400 days away from the first one and not shown.</p>\n"
  }

  private var trafficTable: HTML {
    let series = result.traffic.series
    let stride = max(1, (series.bucketCount + Self.maxTableRows - 1) / Self.maxTableRows)
    var table = ReportTable(
      "Attempts and failures per \((series.widthMillis * Int64(stride)).durationText)",
      [.text("From"), .number("Attempts"), .number("Failed"), .number("Share")])
    for first in Swift.stride(from: 0, to: series.bucketCount, by: stride) {
      let buckets = first..<min(first + stride, series.bucketCount)
      let failed = buckets.reduce(0) { $0 + series.count($1, TrafficTally.Column.failed) }
      let attempts = failed + buckets.reduce(0) { $0 + series.count($1, TrafficTally.Column.delivered) }
      let share = attempts == 0 ? "–" : (Double(failed) / Double(attempts)).percentText
      table.rows.append([
        "\(series.start(of: first).shortText)", "\(attempts.grouped)", "\(failed.grouped)", "\(share)",
      ])
    }
    return "<details><summary>The figures behind the time line</summary>\n\(table.html)</details>\n"
  }

  // MARK: Incidents

  private func lanesFigure(_ side: BacktestSide, _ axis: TimeAxis) -> HTML {
    let lanes = IncidentLanes(side.chronicle, axis)
    guard lanes.height > 0 else { return "<p>No incident was opened.</p>\n" }
    let faults = side.labels?.faults ?? []
    let top = faults.isEmpty ? 0 : 30
    let height = top + lanes.height + Self.axisHeight
    let id = side.name.lowercased()
    return """
      <figure>
      <figcaption>Incidents and what was done about them</figcaption>
      <svg class="chart" role="img" aria-labelledby="lanes-\(id)-title lanes-\(id)-text" width="100%" height="\(height)">
      <title id="lanes-\(id)-title">Incidents over time</title>
      <desc id="lanes-\(id)-text">\(side.chronicle.incidents.count) incidents and \(side.chronicle.actions.count) actions. They are listed in the tables below.</desc>
      \(axis.marks(height: height))\(Self.labelled(faults, axis))\(lanes.svg(y: top))</svg>
      \(ActionMark.legend)</figure>
      \(lanes.omittedCount > 0 ? "<p class=\"more\">The \(IncidentLanes.maxLanes) gravest of \(side.chronicle.incidents.count.grouped) are shown.</p>\n" : "")
      """
  }

  private static func labelled(_ faults: [LabelledFault], _ axis: TimeAxis) -> HTML {
    guard !faults.isEmpty else { return "" }
    let bars = faults.prefix(200).map { fault -> HTML in
      let width = max(0.4, (axis.position(fault.to) - axis.position(fault.from)) / 10).brief
      return """
        <rect class="fault" x="\(axis.percent(fault.from))%" y="16" width="\(width)%" height="8"><title>\(fault.kind): \(fault.subjectName)</title></rect>

        """
    }
    return "<text class=\"lane\" x=\"0\" y=\"12\">labelled faults</text>\n\(bars)"
  }

  // MARK: Triage

  var triage: Section? {
    guard let axis, result.sides.contains(where: { $0.summary.failures > 0 }) else { return nil }
    let figures = result.sides.map { heading($0) + sharesFigure($0, axis) }
    return Section(anchor: "triage", title: "Triage", body: figures.joined)
  }

  private func sharesFigure(_ side: BacktestSide, _ axis: TimeAxis) -> HTML {
    let layers = Category.allCases.map { StackedPlot.Layer(style: $0.style, columns: [Int($0.rawValue)]) }
    let series = side.verdicts.joined(toAtMost: Self.maxShares)
    let plot = StackedPlot(series: series, axis: axis, layers: layers, isShares: true)
    let height = Self.panelHeight + Self.axisHeight
    let id = side.name.lowercased()
    var table = ReportTable(
      "Failed attempts by category", [.text("Category"), .number("Failed"), .number("Share")], isCompact: true)
    for category in Category.allCases {
      let count = side.summary.triage[category]
      let share = side.summary.failures == 0 ? 0 : Double(count) / Double(side.summary.failures)
      table.rows.append([Self.badge(category.style, "\(category.name)"), "\(count.grouped)", "\(share.percentText)"])
    }
    return """
      <figure>
      <figcaption>Shares of the categories per \(series.widthMillis.durationText)</figcaption>
      <svg class="chart" role="img" aria-labelledby="shares-\(id)-title shares-\(id)-text" width="100%" height="\(height)">
      <title id="shares-\(id)-title">Triage over time</title>
      <desc id="shares-\(id)-text">The share of each category among the failures. The sums are in the table below.</desc>
      \(axis.marks(height: height))\(plot.svg(y: 0, height: Self.panelHeight))</svg>
      </figure>
      \(table.html)
      """
  }
}

extension Category {
  /// Of the style sheet.
  var style: String {
    switch self {
    case .transientEndpointDown: "transient"
    case .permanent4xx: "permanent"
    case .rateLimited: "limited"
    case .unknown: "unknown"
    }
  }
}
