/// Gives a verdict for each failed attempt and keeps no state: what `healstream triage` runs.
package struct Triager: Fold, Sendable {
  private var judge: AttemptJudge

  package init(_ triage: Triage) { judge = AttemptJudge(triage) }

  package mutating func fold(_ record: borrowing InputRecord, into outputs: inout Outputs) -> Outcome {
    do throws(Rejection) {
      try judge.read(record)
    } catch {
      return .rejected(error)
    }
    _ = judge.judge(record, at: judge.fields.occurredAt ?? record.timestamp, into: &outputs)
    return .folded
  }

  package func save(into state: inout StateWriter) {}
  package mutating func load(from state: inout StateReader) {}
}
