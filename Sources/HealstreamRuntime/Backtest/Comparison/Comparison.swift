import HealstreamCore

/// What differs between two configurations over the same input.
///
/// Incidents are the same where they concern the same endpoint, tenant or platform and were open at the same time; of several,
/// the earliest goes with the earliest. Actions are the same where they are the n-th of their strategy for the same incident.
package struct Comparison: Sendable {
  let a: BacktestSide
  let b: BacktestSide
  package let incidents: Contrast<IncidentStory>
  package let actions: Contrast<ActionStory>
  let verdicts: VerdictChanges

  init(_ a: BacktestSide, _ b: BacktestSide, _ verdicts: VerdictChanges) {
    self.a = a
    self.b = b
    self.verdicts = verdicts
    incidents = Self.incidents(a.chronicle, b.chronicle)
    let counterparts = Dictionary(uniqueKeysWithValues: incidents.pairs.map { ($0.a.id, $0.b.id) })
    actions = Self.actions(a.chronicle.actions, b.chronicle.actions, counterparts)
  }

  // MARK: Incidents

  private static func incidents(_ a: Chronicle, _ b: Chronicle) -> Contrast<IncidentStory> {
    var contrast = Contrast<IncidentStory>()
    let (actionsOfA, actionsOfB) = (strategies(a.actions), strategies(b.actions))
    var waiting = Dictionary(grouping: inOrder(b.incidents), by: \.subject)
    for story in inOrder(a.incidents) {
      guard let place = waiting[story.subject]?.firstIndex(where: { overlap(story, $0) }) else {
        contrast.onlyInA.append(story)
        continue
      }
      let other = waiting[story.subject]!.remove(at: place)
      let differences = differences(story, other, actionsOfA[story.id] ?? "none", actionsOfB[other.id] ?? "none")
      contrast.pairs.append(.init(a: story, b: other, differences: differences))
    }
    contrast.onlyInB = inOrder(waiting.values.flatMap(\.self))
    return contrast
  }

  private static func inOrder(_ stories: [IncidentStory]) -> [IncidentStory] {
    stories.sorted { ($0.detectedAt, $0.id) < ($1.detectedAt, $1.id) }
  }

  private static func overlap(_ a: IncidentStory, _ b: IncidentStory) -> Bool {
    a.spans.contains { span in b.isOpen(from: span.start, to: span.end ?? Timestamp.range.upperBound) }
  }

  /// In their order, by incident.
  private static func strategies(_ actions: [ActionStory]) -> [String: String] {
    Dictionary(grouping: actions, by: \.incidentID).mapValues { $0.map(\.strategy).joined(separator: ", ") }
  }

  private static func differences(
    _ a: IncidentStory, _ b: IncidentStory, _ actionsOfA: String, _ actionsOfB: String
  ) -> [Difference] {
    Difference.among([
      ("type", a.type, b.type), ("severity", a.severity, b.severity),
      ("resolution", a.resolution ?? "open", b.resolution ?? "open"),
      ("openings", "\(a.spans.count)", "\(b.spans.count)"), ("flapping", "\(a.isFlapping)", "\(b.isFlapping)"),
      ("actions", actionsOfA, actionsOfB),
    ])
  }

  // MARK: Actions

  /// - Parameter counterparts: the incidents of B by those of A that are the same.
  private static func actions(
    _ a: [ActionStory], _ b: [ActionStory], _ counterparts: [String: String]
  ) -> Contrast<ActionStory> {
    var contrast = Contrast<ActionStory>()
    var waiting = Dictionary(grouping: b.reversed()) { [$0.incidentID, $0.strategy] }
    for story in a {
      if let incident = counterparts[story.incidentID], let other = waiting[[incident, story.strategy]]?.popLast() {
        contrast.pairs.append(.init(a: story, b: other, differences: differences(story, other)))
      } else {
        contrast.onlyInA.append(story)
      }
    }
    let left = Set(waiting.values.flatMap { $0.map(\.id) })
    contrast.onlyInB = b.filter { left.contains($0.id) }
    return contrast
  }

  private static func differences(_ a: ActionStory, _ b: ActionStory) -> [Difference] {
    Difference.among([
      ("state", a.state, b.state), ("outcome", a.outcome ?? "none", b.outcome ?? "none"),
      ("proposal", "\(a.isProposal)", "\(b.isProposal)"), ("dry_run", "\(a.isDryRun)", "\(b.isDryRun)"),
      ("deliveries", "\(a.deliveries)", "\(b.deliveries)"),
    ])
  }
}
