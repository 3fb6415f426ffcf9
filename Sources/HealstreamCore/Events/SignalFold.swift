/// A fold over `signals`.
package protocol SignalFold: Fold {
  /// Folds one statement.
  /// - Parameters:
  ///   - offset: of its record in `signals`.
  ///   - appendedAt: the Kafka timestamp of its record, which is append time.
  mutating func apply(_ signal: Signal, offset: Int64, appendedAt: Timestamp, into outputs: inout Outputs)
}

extension SignalFold {
  package mutating func fold(_ record: borrowing InputRecord, into outputs: inout Outputs) -> Outcome {
    guard let value = record.value else { return .rejected(.tombstone) }
    do throws(Rejection) {
      apply(try Signal(decoding: value), offset: record.offset, appendedAt: record.timestamp, into: &outputs)
      return .folded
    } catch {
      return .rejected(error)
    }
  }
}
