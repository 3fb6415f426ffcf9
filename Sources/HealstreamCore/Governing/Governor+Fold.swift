extension Governor: Fold {
  /// Folds one record of `signals`; its Kafka timestamp is append time.
  package mutating func fold(_ record: borrowing InputRecord, into outputs: inout Outputs) -> Outcome {
    guard let value = record.value else { return .rejected(.tombstone) }
    do throws(Rejection) {
      apply(try Signal(decoding: value), appendedAt: record.timestamp, into: &outputs)
      return .folded
    } catch {
      return .rejected(error)
    }
  }
}
