/// Folds `signals` into advice: which failed deliveries a tenant should have replayed.
///
/// A fold of its own, so that a fault here stops no healing. Per tenant over a sliding window of stream time; said when it
/// changed, at most once a minute. The window moves with what the tenant's partition says.
package struct Reporter: SignalFold, Sendable {
  /// Statements that did not advance their source.
  private var refusedStatements = 0
  /// Summaries of tenants for which there was no room; for metrics.
  package private(set) var refusedSummaries = 0

  private let settings: ReporterSettings
  private var sources = SignalSources()
  private var tenants = OrderedTable<String, TenantFailures>()
  /// When the tenants of a source are looked through next, in its stream time.
  private var nextSweep = OrderedTable<SourceID, Timestamp>()
  /// Of all tenants; follows from them.
  private var candidateCount = 0
  private var ids: OutputIDs

  package init(settings: ReporterSettings) {
    self.settings = settings
    ids = OutputIDs("reported", SignalSource(topic: "", partition: 0, offset: 0, index: 0))
  }

  /// Folds one statement; only failure summaries and the passing of time matter.
  package mutating func apply(
    _ signal: Signal, offset: Int64, appendedAt: Timestamp, into outputs: inout Outputs
  ) {
    guard sources.advance(signal, heardAt: min(max(appendedAt, Timestamp.range.lowerBound), Timestamp.range.upperBound))
    else { return refusedStatements += 1 }
    let source = SourceID(signal.source)
    guard let streamTime = sources.streamTime(of: source) else { return }
    ids = OutputIDs("reported", signal.source)
    if case .failures(let summary) = signal.statement {
      fold(summary.heldInBounds(), from: source, at: streamTime)
      advise(summary.tenantID, at: streamTime, into: &outputs)
    }
    sweep(source, at: streamTime, into: &outputs)
  }

  private mutating func fold(_ summary: FailureSummary, from source: SourceID, at streamTime: Timestamp) {
    if tenants[summary.tenantID] == nil {
      guard !summary.candidates.isEmpty || summary.triage.total > 0 else { return }
      guard tenants.count < settings.maxTenants else { return refusedSummaries += 1 }
    }
    change(summary.tenantID, from: source) { [candidateCount, settings] tenant in
      let room = max(0, settings.maxCandidates - candidateCount) + tenant.candidateCount
      tenant.fold(
        summary, at: streamTime, maxCandidates: min(room, settings.maxCandidatesPerTenant), settings)
    }
  }

  private mutating func change(_ tenantID: String, from source: SourceID, _ change: (inout TenantFailures) -> Void) {
    candidateCount -= tenants[tenantID]?.candidateCount ?? 0
    tenants.update(tenantID, default: TenantFailures(source: source), change)
    candidateCount += tenants[tenantID]?.candidateCount ?? 0
  }

  /// A sweep planned by a longer pause than today's does not wait for it.
  private mutating func sweep(_ source: SourceID, at streamTime: Timestamp, into outputs: inout Outputs) {
    let next = streamTime + settings.pauseMillis
    if let due = nextSweep[source], streamTime < due, due <= next { return }
    nextSweep[source] = next
    for tenantID in tenants.keys(where: { $0.source == source && !$0.isQuiet(at: streamTime) }) {
      advise(tenantID, at: streamTime, into: &outputs)
    }
  }

  private mutating func advise(_ tenantID: String, at streamTime: Timestamp, into outputs: inout Outputs) {
    guard let source = tenants[tenantID]?.source else { return }
    var advice: Advice?
    change(tenantID, from: source) { [settings] tenant in
      tenant.pass(to: streamTime, settings)
      advice = tenant.advise(tenantID, at: streamTime, settings)
    }
    if tenants[tenantID]?.isOver == true { tenants[tenantID] = nil }
    guard let advice else { return }
    outputs.append(
      to: .advice, type: "healstream.advice.given.v1", id: ids.next(), at: streamTime, key: tenantID.utf8,
      subject: tenantID.utf8
    ) { json in advice.write(to: &json) }
  }
}

// MARK: State

extension Reporter {
  package func save(into state: inout StateWriter) {
    state.write(sources, tenants, nextSweep, refusedStatements, refusedSummaries)
  }

  package mutating func load(from state: inout StateReader) throws(StateError) {
    sources = try state.read()
    tenants = try state.read()
    nextSweep = try state.read()
    try state.check(moments: nextSweep.values)
    refusedStatements = try state.counter()
    refusedSummaries = try state.counter()
    candidateCount = tenants.values.reduce(0) { $0 + $1.candidateCount }
  }

  package var figures: [Figure] {
    [
      Figure("advised_tenants", .gauge, tenants.count, "Tenants with failures in the window of advice."),
      Figure("advice_candidates", .gauge, candidateCount, "Failed deliveries that may be recommended."),
      Figure("signal_sources", .gauge, sources.count, "Partitions whose statements are followed."),
      Figure("refused_statements_total", .counter, refusedStatements, "Statements that did not advance their source."),
      Figure(
        "refused_summaries_total", .overflow, refusedSummaries, "Summaries of tenants for which there was no room."),
    ]
  }
}
