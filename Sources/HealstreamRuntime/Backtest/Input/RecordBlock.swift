import HealstreamCore

/// Recorded records in one buffer, in the order in which they count.
package struct RecordBlock: Sendable {
  /// Where one record stands.
  struct Place: Sendable {
    var partition: Int32
    var offset: Int64
    var timestamp: Timestamp
    var key: Range<Int>?
    var value: Range<Int>?
  }

  var bytes: [UInt8] = []
  var places: [Place] = []
  /// What counts as a record's value is an envelope around the record.
  var isEnveloped = false
  var bounds = TimeBounds()
  /// Of the input up to the end of this block, 0–1; `nil` where nobody knows.
  var share: Double?

  /// So many bytes or records make a block: small enough for the caches, large enough that handing it on costs nothing.
  static let byteCount = 1 << 19
  static let recordCount = 2000

  var isFull: Bool { bytes.count >= Self.byteCount || places.count >= Self.recordCount }

  /// Keeps the memory.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    places.removeAll(keepingCapacity: true)
  }

  mutating func append(_ record: borrowing InputRecord) {
    var place = Place(partition: record.partition, offset: record.offset, timestamp: record.timestamp)
    if let key = record.key { place.key = append(key) }
    if let value = record.value { place.value = append(value) }
    places.append(place)
  }

  private mutating func append(_ span: Span<UInt8>) -> Range<Int> {
    let start = bytes.count
    bytes.append(copying: span)
    return start..<bytes.count
  }
}

/// Which records count, by event time.
package struct TimeBounds: Equatable, Sendable {
  /// The first that counts; `nil`: all before `until`.
  var from: Timestamp?
  /// The first that counts no more.
  var until: Timestamp?

  /// - Parameter at: negative where a record says no time: it counts always.
  func contains(_ at: Timestamp) -> Bool {
    guard at.millis >= 0 else { return true }
    return (from.map { $0 <= at } ?? true) && (until.map { at < $0 } ?? true)
  }
}
