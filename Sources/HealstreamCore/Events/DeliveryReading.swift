/// What a delivery's record says by itself, whatever came before it: it can be read ahead of its turn, and by any thread.
package struct DeliveryReading: Sendable {
  package private(set) var fields = DeliveryFields()
  /// Its event time is not known before its turn.
  package var attempt = Attempt()
  /// The rule that the record broke; then nothing else is of use.
  package private(set) var rejection: Rejection?

  package init() {}

  /// Reads a record in place of the one before, without allocating where the record is good.
  package mutating func read(_ record: borrowing InputRecord) {
    do throws(Rejection) {
      try readOrReject(record)
      rejection = nil
    } catch {
      rejection = error
    }
  }

  private mutating func readOrReject(_ record: borrowing InputRecord) throws(Rejection) {
    guard let value = record.value else { throw .tombstone }
    try DeliveryReader.read(value, into: &fields)
    if let key = record.key { try DeliveryReader.check(key: key, of: fields, in: value) }
    attempt.fill(from: fields, in: value)
  }
}
