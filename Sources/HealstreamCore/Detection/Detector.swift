/// Reads the deliveries of one partition and folds them, see `DeliveryFold`.
///
/// A record that is no delivery, or too large, is refused and changes nothing.
package struct Detector: Fold, Sendable {
  private var fold: DeliveryFold
  private var ahead = ReadAhead()

  /// - Parameter maxBytes: of a record's value.
  package init(settings: DetectorSettings, triage: Triage, partition: Int32, maxBytes: Int = .max) {
    fold = DeliveryFold(settings: settings, triage: triage, partition: partition, maxBytes: maxBytes)
  }

  package mutating func fold(_ record: borrowing InputRecord, into outputs: inout Outputs) -> Outcome {
    let place = ahead.place(of: record)
    return fold.fold(record, &ahead.readings[place], into: &outputs)
  }

  package func caughtUp(at wallTime: Timestamp, into outputs: inout Outputs) {
    fold.caughtUp(at: wallTime, into: &outputs)
  }

  package func save(into state: inout StateWriter) { fold.save(into: &state) }
  package mutating func load(from state: inout StateReader) throws(StateError) { try fold.load(from: &state) }
  package var figures: [Figure] { fold.figures }
  package var detectability: [Detectability] { fold.detectability }
}
