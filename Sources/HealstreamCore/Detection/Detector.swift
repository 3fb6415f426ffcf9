/// Reads the deliveries of one partition and folds them, see `DeliveryFold`.
///
/// A record that is no delivery, or too large, is refused and changes nothing.
package struct Detector: Fold, Sendable {
  private var fold: DeliveryFold
  private var ahead = ReadAhead()
  /// Reused from record to record.
  private var signals: [Signal] = []

  /// - Parameter maxBytes: of a record's value.
  package init(settings: DetectorSettings, triage: Triage, partition: Int32, maxBytes: Int = .max) {
    fold = DeliveryFold(settings: settings, triage: triage, partition: partition, maxBytes: maxBytes)
  }

  /// Reads a record before its turn; a batch that has been read ahead is approached at once.
  package mutating func readAhead(_ record: borrowing InputRecord) { ahead.read(record) }

  package mutating func fold(_ record: borrowing InputRecord, into outputs: inout Outputs) -> Outcome {
    if let batch = ahead.freshBatch { fold.approach(batch) }
    let outcome = fold.fold(record, &ahead.readings[ahead.place(of: record)], into: &outputs, &signals)
    if !signals.isEmpty {
      for signal in signals { signal.append(to: &outputs) }
      signals.removeAll(keepingCapacity: true)
    }
    return outcome
  }

  package func caughtUp(at wallTime: Timestamp, into outputs: inout Outputs) {
    fold.caughtUp(at: wallTime)?.append(to: &outputs)
  }

  package func save(into state: inout StateWriter) { fold.save(into: &state) }
  package mutating func load(from state: inout StateReader) throws(StateError) { try fold.load(from: &state) }
  package var figures: [Figure] { fold.figures }
  package var detectability: [Detectability] { fold.detectability }
}
