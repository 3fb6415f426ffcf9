import HealstreamCore

/// Incidents as bars under each other, and upon each what was done about it.
struct IncidentLanes {
  let axis: TimeAxis
  /// In the order of time.
  private let incidents: [IncidentStory]
  private let actions: [String: [ActionStory]]
  /// That there was no room for.
  let omittedCount: Int

  static let maxLanes = 24
  private static let laneHeight = 34
  private static let maxMarks = 40

  /// The worst are shown where there are too many: critical ones first, then those with the most failures.
  init(_ chronicle: Chronicle, _ axis: TimeAxis) {
    self.axis = axis
    let worst = chronicle.incidents.sorted { left, right in
      (right.severity == "critical" ? 1 : 0, right.peakFailures, left.id)
        < (left.severity == "critical" ? 1 : 0, left.peakFailures, right.id)
    }
    incidents = worst.prefix(Self.maxLanes).sorted { ($0.detectedAt, $0.id) < ($1.detectedAt, $1.id) }
    omittedCount = chronicle.incidents.count - incidents.count
    let shown = Set(incidents.map(\.id))
    actions = Dictionary(grouping: chronicle.actions.filter { shown.contains($0.incidentID) }, by: \.incidentID)
  }

  var height: Int { incidents.count * Self.laneHeight }

  func svg(y: Int) -> HTML {
    incidents.enumerated().map { index, incident in lane(incident, y: y + index * Self.laneHeight) }.joined
  }

  private func lane(_ incident: IncidentStory, y: Int) -> HTML {
    let x = axis.position(incident.detectedAt)
    let anchor = x > 420 ? "end" : "start"
    let label = x > 420 ? axis.percent(incident.endedAt ?? axis.range.upperBound) : axis.percent(incident.detectedAt)
    return """
      <g><title>\(incident.detectedAt.shortText): \(incident.message.shortened(to: 300))</title>
      <text class="lane" x="\(label)%" y="\(y + 13)" text-anchor="\(anchor)">\(incident.subject.laneName)</text>
      \(incident.spans.map { bar($0, incident.severity, y: y + 18) })\
      \(actions[incident.id, default: []].prefix(Self.maxMarks).map { mark($0, y: y + 23) })</g>

      """
  }

  private func bar(_ span: IncidentStory.Span, _ severity: String, y: Int) -> HTML {
    let end = span.end ?? axis.range.upperBound
    let width = max(0.4, (axis.position(end) - axis.position(span.start)) / 10)
    return
      "<rect class=\"\(severity)\" x=\"\(axis.percent(span.start))%\" y=\"\(y)\" width=\"\(width.brief)%\" height=\"10\" rx=\"2\"/>\n"
  }

  /// Placed by a picture of its own, since only that takes percent.
  private func mark(_ action: ActionStory, y: Int) -> HTML {
    """
    <svg class="mark" x="\(axis.percent(action.decidedAt))%" y="\(y)" width="1" height="1" overflow="visible">\
    <title>\(action.decidedAt.shortText): \(action.strategy)</title>\(ActionMark.shape(of: action.strategy))</svg>

    """
  }
}

/// The sign of each strategy on a chart: shapes, so that it does not take colours to tell them apart.
enum ActionMark {
  static let strategies = [
    "REPLAY_RECENT", "ESCALATE_OPERATOR", "RATE_LIMIT_SOURCE", "SILENCE_DUPES", "DEFER_AND_MONITOR",
  ]

  /// Around the origin, within 5 pixels.
  static func shape(of strategy: String) -> HTML {
    switch strategy {
    case "REPLAY_RECENT": "<circle r=\"4.5\"/>"
    case "ESCALATE_OPERATOR": "<path d=\"M0-5.5L5.5 4.5H-5.5z\"/>"
    case "RATE_LIMIT_SOURCE": "<path d=\"M-4.5-4.5H4.5V4.5H-4.5z\"/>"
    case "SILENCE_DUPES": "<path d=\"M0-5.5L5.5 0L0 5.5L-5.5 0z\"/>"
    default: "<path d=\"M-1.5-5H1.5V5H-1.5z\"/>"
    }
  }

  static var legend: HTML {
    let entries = strategies.map { strategy -> HTML in
      """
      <li><svg class="mark" width="14" height="14" viewBox="-7 -7 14 14" aria-hidden="true">\(shape(of: strategy))</svg> \
      \(strategy)</li>

      """
    }
    return "<ul class=\"legend\" aria-label=\"Signs of actions\">\n\(entries)</ul>\n"
  }
}

extension IncidentStory.Subject {
  /// Short enough for a chart.
  fileprivate var laneName: String {
    guard let endpoint else { return name.shortened(to: 44) }
    let bare =
      endpoint.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).last.map(String.init) ?? endpoint
    return bare.shortened(to: 44)
  }
}
