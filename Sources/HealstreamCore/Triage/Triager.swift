/// Gives a verdict for each failed attempt and keeps no state: what `healstream triage` runs.
package struct Triager: Fold, Sendable {
  private var triage: Triage
  private var fields = DeliveryFields()
  private var failed = FailedAttempt()
  private var subject = VerdictSubject()

  package init(_ triage: Triage) { self.triage = triage }

  package mutating func fold(_ record: borrowing InputRecord, into outputs: inout Outputs) -> Outcome {
    guard let value = record.value else { return .rejected(.tombstone) }
    do throws(Rejection) {
      try DeliveryReader.read(value, into: &fields)
    } catch {
      return .rejected(error)
    }
    guard fields.status == .failed || fields.status == .deadLetter else { return .folded }
    let at = fields.occurredAt ?? record.timestamp
    subject.fill(from: fields, in: value, at: at)
    DeliveryReader.fill(&failed, from: fields, in: value, occurredAt: at)
    var id = DerivedID.Builder("verdict")
    id.add(Int64(record.partition))
    id.add(record.offset)
    triage.verdict(for: failed).append(of: subject, id: id.finish(), to: &outputs)
    return .folded
  }
}
