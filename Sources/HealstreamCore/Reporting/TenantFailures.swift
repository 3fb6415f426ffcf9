/// A tenant's failures within the window, and what was said of them last.
struct TenantFailures: Sendable {
  fileprivate struct Minute: Sendable {
    let start: Timestamp
    var triage: TriageDistribution
  }

  fileprivate struct Failure: Sendable {
    /// As it failed first.
    let candidate: LevelStatement.Candidate
    /// Until when the outcome of a retry of the sender's own may come, by the latest attempt.
    var retryIsDueBy: Timestamp?

    func isRetryPending(at streamTime: Timestamp) -> Bool { retryIsDueBy.map { streamTime <= $0 } ?? false }
  }

  let source: SourceID
  private var minutes: [Minute] = []
  /// Oldest first, then by endpoint.
  private var failures: [Failure] = []
  private var said: Said?
  /// Until then time alone changes nothing about the advice. No part of the state: looking again does no harm.
  private var quietUntil: Timestamp?

  /// The last advice, as far as it decides about the next.
  struct Said: Sendable {
    let at: Timestamp
    let saidNothing: Bool
    let digest: DerivedID
  }

  init(source: SourceID) { self.source = source }

  var candidateCount: Int { failures.count }

  /// Nothing is left in the window, and the reader knows it.
  var isOver: Bool { minutes.isEmpty && failures.isEmpty && said?.saidNothing ?? true }

  /// - Parameters:
  ///   - streamTime: no minute begins after it.
  ///   - maxCandidates: of more the oldest are remembered.
  mutating func fold(
    _ summary: FailureSummary, at streamTime: Timestamp, maxCandidates: Int, _ settings: ReporterSettings
  ) {
    quietUntil = nil
    count(summary, at: streamTime)
    noteCandidates(of: summary, settings)
    let delivered = Set(summary.delivered)  // looked up, never walked
    failures.removeAll { delivered.contains($0.candidate.deliveryID) }
    failures.sort { $0.order < $1.order }
    failures.removeLast(max(0, failures.count - maxCandidates))
  }

  /// One that is named again has failed again: what its sender will do follows from its latest attempt.
  private mutating func noteCandidates(of summary: FailureSummary, _ settings: ReporterSettings) {
    var places: [String: Int] = [:]  // looked up, never walked
    for (place, failure) in failures.enumerated() { places[failure.candidate.deliveryID] = place }
    for candidate in summary.candidates {
      let due = settings.sender.retryIsDueBy(candidate)
      if let place = places[candidate.deliveryID] {
        failures[place].retryIsDueBy = due
      } else if candidate.category == .transientEndpointDown, candidate.score > settings.minScore {
        places[candidate.deliveryID] = failures.count
        failures.append(Failure(candidate: candidate, retryIsDueBy: due))
      }
    }
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
    failures.removeAll { streamTime - $0.candidate.failedAt > settings.windowMillis }
  }

  /// Whether advice now would be what it was when it was last looked at.
  func isQuiet(at streamTime: Timestamp) -> Bool { quietUntil.map { streamTime < $0 } ?? false }

  /// The first moment at which something leaves the window, or a retry of the sender's own is overdue.
  private func nextChange(after streamTime: Timestamp, _ settings: ReporterSettings) -> Timestamp {
    var next = Timestamp.range.upperBound
    for minute in minutes { next = min(next, minute.start + settings.windowMillis + 1) }
    for failure in failures {
      next = min(next, failure.candidate.failedAt + settings.windowMillis + 1)
      if let due = failure.retryIsDueBy, failure.isRetryPending(at: streamTime) { next = min(next, due + 1) }
    }
    return next
  }

  /// The advice, where it is another than the last and enough time has passed.
  mutating func advise(_ tenantID: String, at streamTime: Timestamp, _ settings: ReporterSettings) -> Advice? {
    if let said, streamTime - said.at < settings.pauseMillis { return nil }
    quietUntil = nextChange(after: streamTime, settings)
    let analyzed = minutes.reduce(into: TriageDistribution()) { sum, minute in sum.add(minute.triage) }
    let recommended = failures.filter { !$0.isRetryPending(at: streamTime) }.map(\.candidate)
    let advice = Advice(
      tenantID: tenantID, recommended: recommended, pendingRetries: failures.count - recommended.count,
      analyzed: analyzed, asOf: streamTime, settings: settings)
    let digest = advice.digest
    guard said.map({ $0.digest != digest }) ?? !advice.saysNothing else { return nil }
    said = Said(at: streamTime, saidNothing: advice.saysNothing, digest: digest)
    return advice
  }
}

extension TenantFailures.Failure {
  fileprivate var order: (Timestamp, String, String) {
    (candidate.failedAt, candidate.endpoint, candidate.deliveryID)
  }
}

// MARK: State

extension TenantFailures.Failure: StateValue {
  func write(to state: inout StateWriter) { state.write(candidate, retryIsDueBy) }

  init(from state: inout StateReader) throws(StateError) {
    candidate = try state.read()
    retryIsDueBy = try state.momentIfAny()
  }
}

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
  func write(to state: inout StateWriter) { state.write(source, minutes, failures, said) }

  init(from state: inout StateReader) throws(StateError) {
    source = try state.read()
    minutes = try state.read()
    failures = try state.read()
    said = try state.read()
  }
}
