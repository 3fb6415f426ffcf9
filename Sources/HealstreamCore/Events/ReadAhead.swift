/// Records that were read before their turn, in the order of their offsets.
struct ReadAhead: Sendable {
  static let capacity = 32

  var readings: [DeliveryReading]

  init() { readings = [DeliveryReading](repeating: DeliveryReading(), count: 1) }

  /// Where in `readings` a record stands, read now where it has not been.
  mutating func place(of record: borrowing InputRecord) -> Int {
    readings[0].read(record)
    return 0
  }
}
