import HealstreamCore

/// A record that was polled and may not be folded yet, as a copy.
struct HeldRecord {
  let offset: Int64
  private let partition: Int32
  let timestamp: Timestamp
  private let key: [UInt8]?
  private let value: [UInt8]?
  let headers: [RecordHeader]

  init(_ record: borrowing InputRecord, headers: [RecordHeader]) {
    offset = record.offset
    partition = record.partition
    timestamp = record.timestamp
    key = record.key?.bytes()
    value = record.value?.bytes()
    self.headers = headers
  }

  /// The record, for the length of the call.
  func withRecord<Failure: Error>(_ body: (borrowing InputRecord) throws(Failure) -> Void) throws(Failure) {
    try body(
      InputRecord(partition: partition, offset: offset, timestamp: timestamp, key: key?.span, value: value?.span))
  }
}
