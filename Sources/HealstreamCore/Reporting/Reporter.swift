/// Folds `signals` into advice: which failed deliveries a tenant should have replayed.
///
/// A fold of its own, so that a fault here stops no healing. Per tenant over a sliding window of stream time; said when it
/// changed, at most once a minute. The window moves with what the tenant's partition says.
package struct Reporter: SignalFold, Sendable {
  /// Summaries of tenants for which there was no room; for metrics.
  package private(set) var refusedSummaries = 0

  private let settings: ReporterSettings
  private var sources = SignalSources()
  private var tenants = OrderedTable<String, TenantFailures>()
  /// When the tenants of a source are looked through next, in its stream time.
  private var nextSweep = OrderedTable<SourceID, Timestamp>()
  private var ids: OutputIDs

  package init(settings: ReporterSettings) {
    self.settings = settings
    ids = OutputIDs("reported", SignalSource(topic: "", partition: 0, offset: 0, index: 0))
  }

  /// Folds one statement; only failure summaries and the passing of time matter.
  package mutating func apply(_ signal: Signal, appendedAt: Timestamp, into outputs: inout Outputs) {
    guard sources.advance(signal, heardAt: appendedAt) else { return }
    let source = SourceID(signal.source)
    guard let streamTime = sources.streamTime(of: source) else { return }
    ids = OutputIDs("reported", signal.source)
    if case .failures(let summary) = signal.statement {
      fold(summary.heldInBounds(), from: source)
      advise(summary.tenantID, at: streamTime, into: &outputs)
    }
    sweep(source, at: streamTime, into: &outputs)
  }

  private mutating func fold(_ summary: FailureSummary, from source: SourceID) {
    if tenants[summary.tenantID] == nil {
      guard !summary.candidates.isEmpty || summary.triage.total > 0 else { return }
      guard tenants.count < settings.maxTenants else { return refusedSummaries += 1 }
    }
    let settings = settings
    tenants.update(summary.tenantID, default: TenantFailures(source: source)) { $0.fold(summary, settings) }
  }

  private mutating func sweep(_ source: SourceID, at streamTime: Timestamp, into outputs: inout Outputs) {
    if let due = nextSweep[source], streamTime < due { return }
    nextSweep[source] = streamTime + settings.pauseMillis
    for tenantID in tenants.keys where tenants[tenantID]?.source == source {
      advise(tenantID, at: streamTime, into: &outputs)
    }
  }

  private mutating func advise(_ tenantID: String, at streamTime: Timestamp, into outputs: inout Outputs) {
    guard var tenant = tenants[tenantID] else { return }
    tenant.pass(to: streamTime, settings)
    let advice = tenant.advise(tenantID, at: streamTime, settings)
    tenants[tenantID] = tenant.isOver ? nil : tenant
    guard let advice else { return }
    outputs.append(
      to: .advice, type: "healstream.advice.given.v1", id: ids.next(), at: streamTime, key: tenantID.utf8,
      subject: tenantID.utf8
    ) { json in advice.write(to: &json) }
  }
}
