/// A tenant's failures within the window, and what was said of them last.
struct TenantFailures: Sendable {
  private struct Minute: Sendable {
    let start: Timestamp
    var triage: TriageDistribution
  }

  let source: SourceID
  private var minutes: [Minute] = []
  /// Oldest first, then by endpoint.
  private var candidates: [LevelStatement.Candidate] = []
  private var said: Advice?

  init(source: SourceID) { self.source = source }

  /// Nothing is left in the window, and the reader knows it.
  var isOver: Bool { minutes.isEmpty && candidates.isEmpty && said?.saysNothing ?? true }

  mutating func fold(_ summary: FailureSummary, _ settings: ReporterSettings) {
    if let index = minutes.firstIndex(where: { $0.start == summary.minute }) {
      for category in Category.allCases { minutes[index].triage[category] += summary.triage[category] }
    } else {
      minutes.append(Minute(start: summary.minute, triage: summary.triage))
    }
    var known = Set(candidates.map(\.deliveryID))  // looked up, never walked
    for candidate in summary.candidates where known.insert(candidate.deliveryID).inserted {
      guard candidate.category == .transientEndpointDown, candidate.score > settings.minScore else { continue }
      candidates.append(candidate)
    }
    let delivered = Set(summary.delivered)
    candidates.removeAll { delivered.contains($0.deliveryID) }
    candidates.sort { ($0.failedAt, $0.endpoint, $0.deliveryID) < ($1.failedAt, $1.endpoint, $1.deliveryID) }
    candidates.removeLast(max(0, candidates.count - settings.maxCandidatesPerTenant))
  }

  /// Drops what has left the window.
  mutating func pass(to streamTime: Timestamp, _ settings: ReporterSettings) {
    minutes.removeAll { streamTime - $0.start > settings.windowMillis }
    candidates.removeAll { streamTime - $0.failedAt > settings.windowMillis }
  }

  /// The advice, where it is another than the last and enough time has passed.
  mutating func advise(_ tenantID: String, at streamTime: Timestamp, _ settings: ReporterSettings) -> Advice? {
    if let said, streamTime - said.asOf < settings.pauseMillis { return nil }
    let analyzed = minutes.reduce(into: TriageDistribution()) { sum, minute in
      for category in Category.allCases { sum[category] += minute.triage[category] }
    }
    let advice = Advice(
      tenantID: tenantID, recommended: candidates, analyzed: analyzed, asOf: streamTime, settings: settings)
    guard !advice.saysTheSame(as: said) else { return nil }
    said = advice
    return advice
  }
}
