import HealstreamCore

/// What differs between two configurations over the same input.
///
/// Incidents are the same where they concern the same endpoint, tenant or platform and were open at the same time; of several,
/// the earliest goes with the earliest. Actions are the same where they are the n-th of their strategy for the same incident.
package struct Comparison: Sendable {
  package struct Difference: Equatable, Sendable {
    package let field: StaticString
    package let a: String
    package let b: String

    package static func == (left: Self, right: Self) -> Bool {
      "\(left.field)" == "\(right.field)" && left.a == right.a && left.b == right.b
    }
  }

  package struct IncidentPair: Equatable, Sendable {
    package let a: IncidentStory
    package let b: IncidentStory
    package let differences: [Difference]
    /// By how much B opened it before A did, in milliseconds; negative: after.
    package var earlierMillis: Int64 { a.detectedAt - b.detectedAt }
  }

  package struct ActionPair: Equatable, Sendable {
    package let a: ActionStory
    package let b: ActionStory
    package let differences: [Difference]
    package var earlierMillis: Int64 { a.decidedAt - b.decidedAt }
  }

  let a: BacktestSide
  let b: BacktestSide
  package let incidents: [IncidentPair]
  package let incidentsOnlyInA: [IncidentStory]
  package let incidentsOnlyInB: [IncidentStory]
  package let actions: [ActionPair]
  package let actionsOnlyInA: [ActionStory]
  package let actionsOnlyInB: [ActionStory]
  let verdicts: VerdictChanges

  init(_ a: BacktestSide, _ b: BacktestSide, _ verdicts: VerdictChanges) {
    self.a = a
    self.b = b
    self.verdicts = verdicts
    let matched = Self.match(a.chronicle.incidents, b.chronicle.incidents)
    let (actionsOfA, actionsOfB) = (Self.byIncident(a.chronicle.actions), Self.byIncident(b.chronicle.actions))
    incidents = matched.pairs.map { a, b in
      let (before, after) = (actionsOfA[a.id, default: []], actionsOfB[b.id, default: []])
      return IncidentPair(a: a, b: b, differences: Self.differences(a, b, before, after))
    }
    incidentsOnlyInA = matched.onlyA
    incidentsOnlyInB = matched.onlyB
    let counterparts = Dictionary(uniqueKeysWithValues: matched.pairs.map { ($0.id, $1.id) })
    let actions = Self.match(a.chronicle.actions, b.chronicle.actions, counterparts)
    self.actions = actions.pairs.map { ActionPair(a: $0, b: $1, differences: Self.differences($0, $1)) }
    actionsOnlyInA = actions.onlyA
    actionsOnlyInB = actions.onlyB
  }

  package var changedIncidents: [IncidentPair] { incidents.filter { !$0.differences.isEmpty } }
  /// In B than in A.
  package var earlierIncidents: [IncidentPair] { incidents.filter { $0.earlierMillis > 0 } }
  package var laterIncidents: [IncidentPair] { incidents.filter { $0.earlierMillis < 0 } }
  package var changedActions: [ActionPair] { actions.filter { !$0.differences.isEmpty } }
  package var earlierActions: [ActionPair] { actions.filter { $0.earlierMillis > 0 } }
  package var laterActions: [ActionPair] { actions.filter { $0.earlierMillis < 0 } }

  // MARK: Matching

  private struct Matched<Story> {
    var pairs: [(a: Story, b: Story)] = []
    var onlyA: [Story] = []
    var onlyB: [Story] = []
  }

  private static func match(_ a: [IncidentStory], _ b: [IncidentStory]) -> Matched<IncidentStory> {
    var matched = Matched<IncidentStory>()
    var candidates: [IncidentStory.Subject: [Int]] = [:]
    for index in b.indices.sorted(by: { (b[$0].detectedAt, b[$0].id) < (b[$1].detectedAt, b[$1].id) }) {
      candidates[b[index].subject, default: []].append(index)
    }
    var taken: Set<Int> = []
    for story in a.sorted(by: { ($0.detectedAt, $0.id) < ($1.detectedAt, $1.id) }) {
      guard let index = candidates[story.subject]?.first(where: { !taken.contains($0) && overlap(story, b[$0]) }) else {
        matched.onlyA.append(story)
        continue
      }
      taken.insert(index)
      matched.pairs.append((story, b[index]))
    }
    matched.onlyB = b.indices.filter { !taken.contains($0) }.map { b[$0] }
    return matched
  }

  private static func overlap(_ a: IncidentStory, _ b: IncidentStory) -> Bool {
    a.spans.contains { span in b.isOpen(from: span.start, to: span.end ?? Timestamp.range.upperBound) }
  }

  private static func match(
    _ a: [ActionStory], _ b: [ActionStory], _ counterparts: [String: String]
  ) -> Matched<ActionStory> {
    var matched = Matched<ActionStory>()
    var waiting: [[String]: [ActionStory]] = [:]
    for action in b.reversed() { waiting[[action.incidentID, action.strategy], default: []].append(action) }
    for action in a {
      if let incident = counterparts[action.incidentID],
        let other = waiting[[incident, action.strategy]]?.popLast()
      {
        matched.pairs.append((action, other))
      } else {
        matched.onlyA.append(action)
      }
    }
    let left = Set(waiting.values.flatMap { $0.map(\.id) })
    matched.onlyB = b.filter { left.contains($0.id) }
    return matched
  }

  private static func byIncident(_ actions: [ActionStory]) -> [String: [ActionStory]] {
    Dictionary(grouping: actions, by: \.incidentID)
  }

  // MARK: Differences

  private static func differences(
    _ a: IncidentStory, _ b: IncidentStory, _ actionsOfA: [ActionStory], _ actionsOfB: [ActionStory]
  ) -> [Difference] {
    differing([
      ("type", a.type, b.type), ("severity", a.severity, b.severity),
      ("resolution", a.resolution ?? "open", b.resolution ?? "open"),
      ("openings", "\(a.spans.count)", "\(b.spans.count)"), ("flapping", "\(a.isFlapping)", "\(b.isFlapping)"),
      ("actions", strategies(actionsOfA), strategies(actionsOfB)),
    ])
  }

  private static func differences(_ a: ActionStory, _ b: ActionStory) -> [Difference] {
    differing([
      ("state", a.state, b.state), ("outcome", a.outcome ?? "none", b.outcome ?? "none"),
      ("proposal", "\(a.isProposal)", "\(b.isProposal)"), ("dry_run", "\(a.isDryRun)", "\(b.isDryRun)"),
      ("deliveries", "\(a.deliveries)", "\(b.deliveries)"),
    ])
  }

  private static func differing(_ fields: [(StaticString, String, String)]) -> [Difference] {
    fields.filter { $0.1 != $0.2 }.map { Difference(field: $0.0, a: $0.1, b: $0.2) }
  }

  private static func strategies(_ actions: [ActionStory]) -> String {
    actions.isEmpty ? "none" : actions.map(\.strategy).joined(separator: ", ")
  }
}
