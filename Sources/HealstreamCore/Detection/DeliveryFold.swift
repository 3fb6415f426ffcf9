/// Folds deliveries that have been read: a verdict for each failed attempt, and level statements on what goes wrong.
///
/// All statements carry the record that caused them as their source.
package struct DeliveryFold: Sendable {
  private let partition: Int32
  private let maxBytes: Int
  private var clock: StreamClock
  private var judge: AttemptJudge
  private(set) var fleet: Fleet
  /// The last record folded.
  private var lastOffset: Int64 = -1

  /// On the last attempt that failed; nothing is decided by it.
  package private(set) var lastVerdict: Verdict?

  private var approached: UInt64 = 0

  /// Reused from record to record.
  private var statements: [Signal.Statement] = []

  /// - Parameter maxBytes: of a record's value; a larger one is refused, so that one producer's mistake does not hold up all others.
  package init(settings: DetectorSettings, triage: Triage, partition: Int32, maxBytes: Int) {
    self.maxBytes = maxBytes
    self.partition = partition
    judge = AttemptJudge(triage)
    clock = StreamClock(maxLeadMillis: settings.maxClockLeadMillis)
    fleet = Fleet(settings: settings)
  }

  /// What it holds, and what its bounds have cost since it was made.
  package var figures: [Figure] {
    let held = Figure(
      "held_event_times_total", .counter, clock.heldCount, "Event times that ran too far ahead of their record.")
    return [held] + fleet.figures
  }

  package func save(into state: inout StateWriter) {
    state.write(lastOffset)
    clock.save(into: &state)
    fleet.save(into: &state)
  }

  /// Under other settings than it was saved with, what they decide changes as each endpoint's history goes on.
  package mutating func load(from state: inout StateReader) throws(StateError) {
    lastOffset = try state.read()
    try clock.load(from: &state)
    try fleet.load(from: &state)
  }

  /// What there is to say where the log has been read to its end and nothing comes; `nil` before the first record.
  package func caughtUp(at wallTime: Timestamp) -> Signal? {
    guard var progress = fleet.progress else { return nil }
    progress.isCaughtUp = true
    let source = SignalSource(
      topic: Self.topic, partition: partition, offset: lastOffset, index: Self.idleIndex(at: wallTime))
    return Signal(source: source, at: progress.streamTime, statement: .progress(progress))
  }

  /// Beyond what any record says, and rising with the time: each statement of an idle lane advances its source, also after a restart.
  private static func idleIndex(at wallTime: Timestamp) -> Int32 {
    maxStatementsPerRecord + Int32(clamping: max(0, wallTime.period(ofMillis: 1000)) % 1_000_000_000)
  }

  private static let maxStatementsPerRecord: Int32 = 1_000_000_000

  private static let topic = "deliveries"
}

extension DeliveryFold {
  /// - Parameters:
  ///   - reading: of this record; gets its event time.
  ///   - outputs: get the verdict.
  ///   - signals: get the statements.
  package mutating func fold(
    _ record: borrowing InputRecord, _ reading: inout DeliveryReading, into outputs: inout Outputs,
    _ signals: inout [Signal]
  ) -> Outcome {
    if let value = record.value, value.count > maxBytes { return .rejected(.tooLarge(value.count, maxBytes)) }
    if let rejection = reading.rejection { return .rejected(rejection) }
    reading.attempt.at = clock.hold(reading.fields.occurredAt, recordedAt: record.timestamp)
    let now = clock.advance(to: reading.attempt.at)
    fleet.advance(to: now, into: &statements)
    // Of most attempts there is nothing to judge; asking for their verdict would copy all that was read.
    if reading.attempt.hasFailed, let verdict = judge.judge(reading, of: record, into: &outputs) {
      lastVerdict = verdict
      fleet.observe(reading.attempt, verdict, into: &statements)
    } else {
      fleet.observe(reading.attempt, nil, into: &statements)
    }
    lastOffset = record.offset
    if !statements.isEmpty { say(at: now, into: &signals) }
    return .folded
  }

  /// So many records are read, approached and folded at a time.
  package static let batchCount = 32

  /// Brings what is known of the next attempts near, all at once: memory is waited for together and not one after the other.
  /// Decides nothing.
  package mutating func approach(_ readings: ArraySlice<DeliveryReading>) { approached = fleet.approach(readings) }

  // MARK: Signals

  private mutating func say(at now: Timestamp, into signals: inout [Signal]) {
    for (index, statement) in statements.enumerated() {
      let source = SignalSource(topic: Self.topic, partition: partition, offset: lastOffset, index: Int32(index))
      signals.append(Signal(source: source, at: now, statement: statement))
    }
    statements.removeAll(keepingCapacity: true)
  }
}
