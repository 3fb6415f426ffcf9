/// What a delivery's record says by itself, whatever came before it: it can be read ahead of its turn, and by any thread.
package struct DeliveryReading: Sendable {
  package private(set) var fields = DeliveryFields()
  /// Its event time is not known before its turn.
  package var attempt = Attempt()
  /// The rule that the record broke; then nothing else is of use.
  package private(set) var rejection: Rejection?

  package init() {}

  /// Reads a record in place of the one before, without allocating where the record is good.
  /// - Parameter maxBytes: of the record's value; a larger one is not even looked at.
  package mutating func read(_ record: borrowing InputRecord, maxBytes: Int = .max) {
    do throws(Rejection) {
      try readOrReject(record, maxBytes)
      rejection = nil
    } catch {
      rejection = error
    }
  }

  private mutating func readOrReject(_ record: borrowing InputRecord, _ maxBytes: Int) throws(Rejection) {
    guard let value = record.value else { throw .tombstone }
    guard value.count <= maxBytes else { throw .tooLarge(value.count, maxBytes) }
    try DeliveryReader.read(value, into: &fields)
    if let key = record.key { try DeliveryReader.check(key: key, of: fields, in: value) }
    attempt.fill(from: fields, in: value)
  }
}
