/// A fold that refuses records above a size, so that one producer's mistake does not hold up all others.
package struct SizeLimited<Inner: Fold>: Fold {
  package private(set) var inner: Inner
  private let maxBytes: Int

  /// - Parameter maxBytes: of a record's value.
  package init(_ inner: Inner, maxBytes: Int) {
    self.inner = inner
    self.maxBytes = maxBytes
  }

  package mutating func fold(_ record: borrowing InputRecord, into outputs: inout Outputs) -> Outcome {
    if let value = record.value, value.count > maxBytes {
      return .rejected(.tooLarge(value.count, maxBytes))
    }
    return inner.fold(record, into: &outputs)
  }

  package func caughtUp(at wallTime: Timestamp, into outputs: inout Outputs) {
    inner.caughtUp(at: wallTime, into: &outputs)
  }

  package mutating func begin(_ terms: EpochTerms, into outputs: inout Outputs) { inner.begin(terms, into: &outputs) }
  package func save(into state: inout StateWriter) { inner.save(into: &state) }
  package mutating func load(from state: inout StateReader) throws(StateError) { try inner.load(from: &state) }
  package var figures: [Figure] { inner.figures }
}

extension Rejection {
  static func tooLarge(_ byteCount: Int, _ maxBytes: Int) -> Rejection {
    Rejection(.recordTooLarge, "expected at most \(maxBytes) bytes, found \(byteCount).", at: maxBytes)
  }
}
