/// Gives a verdict for each failed attempt and keeps no state: what `healstream triage` runs.
package struct Triager: Fold, Sendable {
  private var judge: AttemptJudge
  private var reading = DeliveryReading()

  package init(_ triage: Triage) { judge = AttemptJudge(triage) }

  package mutating func fold(_ record: borrowing InputRecord, into outputs: inout Outputs) -> Outcome {
    reading.read(record)
    if let rejection = reading.rejection { return .rejected(rejection) }
    reading.attempt.at = reading.fields.occurredAt ?? record.timestamp
    _ = judge.judge(reading, of: record, into: &outputs)
    return .folded
  }

  package func save(into state: inout StateWriter) {}
  package mutating func load(from state: inout StateReader) {}
}
