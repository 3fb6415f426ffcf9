/// A tenant's failures within the window, and what was said of them last.
struct TenantFailures: Sendable {
  fileprivate struct Minute: Sendable {
    let start: Timestamp
    var triage: TriageDistribution
  }

  let source: SourceID
  private var minutes: [Minute] = []
  /// Oldest first, then by endpoint.
  private var candidates: [LevelStatement.Candidate] = []
  private var said: Said?

  /// The last advice, as far as it decides about the next.
  struct Said: Sendable {
    let at: Timestamp
    let saidNothing: Bool
    let digest: DerivedID
  }

  init(source: SourceID) { self.source = source }

  var candidateCount: Int { candidates.count }

  /// Nothing is left in the window, and the reader knows it.
  var isOver: Bool { minutes.isEmpty && candidates.isEmpty && said?.saidNothing ?? true }

  /// - Parameters:
  ///   - streamTime: no minute begins after it.
  ///   - maxCandidates: of more the oldest are remembered.
  mutating func fold(
    _ summary: FailureSummary, at streamTime: Timestamp, maxCandidates: Int, _ settings: ReporterSettings
  ) {
    count(summary, at: streamTime)
    var known = Set(candidates.map(\.deliveryID))  // looked up, never walked
    for candidate in summary.candidates where known.insert(candidate.deliveryID).inserted {
      guard candidate.category == .transientEndpointDown, candidate.score > settings.minScore else { continue }
      candidates.append(candidate)
    }
    let delivered = Set(summary.delivered)
    candidates.removeAll { delivered.contains($0.deliveryID) }
    candidates.sort { ($0.failedAt, $0.endpoint, $0.deliveryID) < ($1.failedAt, $1.endpoint, $1.deliveryID) }
    candidates.removeLast(max(0, candidates.count - maxCandidates))
  }

  private mutating func count(_ summary: FailureSummary, at streamTime: Timestamp) {
    let start = Timestamp(millis: min(summary.minute, streamTime).period(ofMillis: 60_000) * 60_000)
    if let index = minutes.firstIndex(where: { $0.start == start }) {
      minutes[index].triage.add(summary.triage)
    } else {
      minutes.append(Minute(start: start, triage: summary.triage))
    }
  }

  /// Drops what has left the window.
  mutating func pass(to streamTime: Timestamp, _ settings: ReporterSettings) {
    minutes.removeAll { streamTime - $0.start > settings.windowMillis }
    candidates.removeAll { streamTime - $0.failedAt > settings.windowMillis }
  }

  /// The advice, where it is another than the last and enough time has passed.
  mutating func advise(_ tenantID: String, at streamTime: Timestamp, _ settings: ReporterSettings) -> Advice? {
    if let said, streamTime - said.at < settings.pauseMillis { return nil }
    let analyzed = minutes.reduce(into: TriageDistribution()) { sum, minute in sum.add(minute.triage) }
    let advice = Advice(
      tenantID: tenantID, recommended: candidates, analyzed: analyzed, asOf: streamTime, settings: settings)
    let digest = advice.digest
    guard said.map({ $0.digest != digest }) ?? !advice.saysNothing else { return nil }
    said = Said(at: streamTime, saidNothing: advice.saysNothing, digest: digest)
    return advice
  }
}

// MARK: State

extension TenantFailures.Minute: StateValue {
  func write(to state: inout StateWriter) { state.write(start, triage) }

  init(from state: inout StateReader) throws(StateError) {
    start = try state.moment()
    triage = try state.read()
  }
}

extension TenantFailures.Said: StateValue {
  func write(to state: inout StateWriter) { state.write(at, saidNothing, digest) }

  init(from state: inout StateReader) throws(StateError) {
    at = try state.moment()
    saidNothing = try state.read()
    digest = try state.read()
  }
}

extension TenantFailures: StateValue {
  func write(to state: inout StateWriter) { state.write(source, minutes, candidates, said) }

  init(from state: inout StateReader) throws(StateError) {
    source = try state.read()
    minutes = try state.read()
    candidates = try state.read()
    said = try state.read()
  }
}
