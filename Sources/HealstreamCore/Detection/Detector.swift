/// Folds the deliveries of one partition: a verdict for each failed attempt, and level statements on what goes wrong.
///
/// A record that is no delivery is refused and changes nothing. All statements carry the record that caused them as their source.
package struct Detector: Fold, Sendable {
  private let partition: Int32
  private var clock: StreamClock
  private var judge: AttemptJudge
  private(set) var fleet: Fleet
  /// The last record folded.
  private var lastOffset: Int64 = -1

  /// On the record folded last; nothing is decided by it.
  private var lastVerdict: Verdict?

  /// Reused from record to record.
  private var statements: [Signal.Statement] = []

  package init(settings: DetectorSettings, triage: Triage, partition: Int32) {
    self.partition = partition
    judge = AttemptJudge(triage)
    clock = StreamClock(maxLeadMillis: settings.maxClockLeadMillis)
    fleet = Fleet(settings: settings)
  }

  package mutating func fold(_ record: borrowing InputRecord, into outputs: inout Outputs) -> Outcome {
    var signals: [Signal] = []
    return fold(record, into: &outputs, signals: &signals)
  }

  /// Of the record folded last.
  package var lastAttempt: AttemptFacts { AttemptFacts(judge.attempt, lastVerdict) }

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

  package func caughtUp(at wallTime: Timestamp, into outputs: inout Outputs) {
    guard var progress = fleet.progress else { return }
    progress.isCaughtUp = true
    let source = SignalSource(
      topic: Self.topic, partition: partition, offset: lastOffset, index: Self.idleIndex(at: wallTime))
    Signal(source: source, at: progress.streamTime, statement: .progress(progress)).append(to: &outputs)
  }

  /// Beyond what any record says, and rising with the time: each statement of an idle lane advances its source, also after a restart.
  private static func idleIndex(at wallTime: Timestamp) -> Int32 {
    maxStatementsPerRecord + Int32(clamping: max(0, wallTime.period(ofMillis: 1000)) % 1_000_000_000)
  }

  private static let maxStatementsPerRecord: Int32 = 1_000_000_000

  private static let topic = "deliveries"
}

extension Detector {
  /// - Parameter signals: what was said, as it was before it became bytes.
  mutating func fold(
    _ record: borrowing InputRecord, into outputs: inout Outputs, signals: inout [Signal]
  ) -> Outcome {
    do throws(Rejection) {
      try judge.read(record)
    } catch {
      return .rejected(error)
    }
    let at = clock.hold(judge.fields.occurredAt, recordedAt: record.timestamp)
    let verdict = judge.judge(record, at: at, into: &outputs)
    lastVerdict = verdict
    let now = clock.advance(to: at)
    fleet.advance(to: now, into: &statements)
    fleet.observe(judge.attempt, verdict, into: &statements)
    say(at: now, offset: record.offset, into: &outputs, &signals)
    return .folded
  }

  // MARK: Signals

  private mutating func say(
    at now: Timestamp, offset: Int64, into outputs: inout Outputs, _ signals: inout [Signal]
  ) {
    lastOffset = offset
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
