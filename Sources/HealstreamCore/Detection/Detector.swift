/// Folds the deliveries of one partition: a verdict for each failed attempt, and level statements on what goes wrong.
///
/// A record that is no delivery is refused and changes nothing. All statements carry the record that caused them as their source.
package struct Detector: Fold, Sendable {
  private let partition: Int32
  private var clock: StreamClock
  private var triage: Triage
  private var fleet: Fleet
  /// The last record folded, and the statements it caused.
  private var lastOffset: Int64 = -1
  private var lastStatementCount: Int32 = 0

  // Reused from record to record.
  private var fields = DeliveryFields()
  private var attempt = Attempt()
  private var failed = FailedAttempt()
  private var sentURL: [UInt8] = []
  private var statements: [Signal.Statement] = []

  package init(settings: DetectorSettings, triage: Triage, partition: Int32) {
    self.partition = partition
    self.triage = triage
    clock = StreamClock(maxLeadMillis: settings.maxClockLeadMillis)
    fleet = Fleet(settings: settings)
  }

  package mutating func fold(_ record: borrowing InputRecord, into outputs: inout Outputs) -> Outcome {
    var signals: [Signal] = []
    return fold(record, into: &outputs, signals: &signals)
  }

  /// Records whose event time ran too far ahead of their timestamp, and was held back.
  package var heldEventTimes: Int { clock.heldCount }

  /// What an idle lane that has read to the end says: how far it is. It changes no state.
  package func caughtUp(into outputs: inout Outputs) {
    guard var progress = fleet.progress else { return }
    progress.isCaughtUp = true
    let source = SignalSource(
      topic: Self.topic, partition: partition, offset: lastOffset, index: lastStatementCount)
    Signal(source: source, at: progress.streamTime, statement: .progress(progress)).append(to: &outputs)
  }

  private static let topic = "deliveries"
}

extension Detector {
  /// - Parameter signals: what was said, as it was before it became bytes.
  mutating func fold(
    _ record: borrowing InputRecord, into outputs: inout Outputs, signals: inout [Signal]
  ) -> Outcome {
    guard let value = record.value else { return .rejected(.tombstone) }
    do throws(Rejection) {
      try DeliveryReader.read(value, into: &fields)
      if let key = record.key { try DeliveryReader.check(key: key, of: fields, in: value) }
    } catch {
      return .rejected(error)
    }
    let at = clock.hold(fields.occurredAt, recordedAt: record.timestamp)
    fill(from: value, at: at)
    let verdict = judge(value, at: at, offset: record.offset, into: &outputs)
    let now = clock.advance(to: at)
    fleet.advance(to: now, into: &statements)
    fleet.observe(attempt, verdict, into: &statements)
    say(at: now, offset: record.offset, into: &outputs, &signals)
    return .folded
  }

  private mutating func fill(from value: Span<UInt8>, at: Timestamp) {
    Self.copy(fields.tenantID, of: value, to: &attempt.tenantID)
    Self.copy(fields.deliveryID, of: value, to: &attempt.deliveryID)
    Self.copy(fields.replayOf, of: value, to: &attempt.replayOf)
    Self.copy(fields.healActionID, of: value, to: &attempt.healActionID)
    Self.copy(fields.endpoint, of: value, to: &sentURL)
    Self.normalise(sentURL, into: &attempt.endpoint)
    attempt.at = at
    attempt.status = fields.status
    attempt.number = fields.attempt
    attempt.isReplay = fields.replayOf != nil || fields.healActionID != nil
  }

  private static func copy(_ text: TextRange?, of value: Span<UInt8>, to output: inout [UInt8]) {
    output.removeAll(keepingCapacity: true)
    if let text { DeliveryReader.text(text, in: value, appendingTo: &output) }
  }

  private static func normalise(_ url: [UInt8], into output: inout [UInt8]) {
    EndpointURL.normalise(url.span, into: &output)
  }

  // MARK: Verdicts

  private mutating func judge(
    _ value: Span<UInt8>, at: Timestamp, offset: Int64, into outputs: inout Outputs
  ) -> Verdict? {
    guard fields.status == .failed || fields.status == .deadLetter else { return nil }
    DeliveryReader.fill(&failed, from: fields, in: value, occurredAt: at)
    let verdict = triage.verdict(for: failed)
    write(verdict, offset: offset, to: &outputs)
    return verdict
  }

  private func write(_ verdict: Verdict, offset: Int64, to outputs: inout Outputs) {
    var id = DerivedID.Builder("verdict")
    id.add(Int64(partition))
    id.add(offset)
    outputs.append(
      to: .triage, type: "healstream.triage.verdict.v1", id: id.finish(), at: attempt.at, key: attempt.tenantID,
      subject: attempt.endpoint
    ) { json in
      json.object { json in
        json.member("delivery_id", attempt.deliveryID)
        json.member("attempt", attempt.number)
        json.member("tenant_id", attempt.tenantID)
        json.member("endpoint", attempt.endpoint)
        json.member("category", verdict.category.name)
        json.member("score", verdict.score)
        json.member("reason", verdict.reason)
        json.member("recommended_action", verdict.category.recommendedAction)
        json.member("rule", verdict.rule)
        if let notBefore = verdict.notBefore { json.member("not_before", notBefore) }
        json.member("occurred_at", attempt.at)
      }
    }
  }

  // MARK: Signals

  private mutating func say(
    at now: Timestamp, offset: Int64, into outputs: inout Outputs, _ signals: inout [Signal]
  ) {
    lastOffset = offset
    lastStatementCount = Int32(statements.count)
    guard !statements.isEmpty else { return }
    for (index, statement) in statements.enumerated() {
      let source = SignalSource(topic: Self.topic, partition: partition, offset: offset, index: Int32(index))
      let signal = Signal(source: source, at: now, statement: statement)
      signal.append(to: &outputs)
      signals.append(signal)
    }
    statements.removeAll(keepingCapacity: true)
  }
}
