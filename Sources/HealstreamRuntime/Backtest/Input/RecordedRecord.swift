import HealstreamCore

/// A record as a file holds it: a line that is a delivery itself, or the envelope that `kcat -J` writes around one.
struct RecordedRecord {
  var partition: Int32
  var offset: Int64
  /// Negative: none, as in a file of plain events.
  var timestamp: Timestamp
  var key: [UInt8]?
  var value: [UInt8]?

  static let noTimestamp = Timestamp(millis: -1)

  /// `{"topic":…,"partition":0,"offset":7,"tstype":"create","ts":1700000000000,"key":"t","payload":"{…}"}`
  init(envelope line: Span<UInt8>) throws(Rejection) {
    let reader = try ObjectReader(line)
    partition = try reader.integer("partition")
    offset = try reader.integer("offset")
    let millis: Int64? = try reader.optional("ts") { name throws(Rejection) in try reader.integer(name) }
    timestamp = millis.map { Timestamp(millis: $0) } ?? Self.noTimestamp
    key = try reader.optional("key", reader.string).map { Array($0.utf8) }
    value = try reader.optional("payload", reader.string).map { Array($0.utf8) }
  }

  /// Whether a file whose first line is this holds envelopes: no delivery has all three members.
  static func isEnvelope(_ line: Span<UInt8>) -> Bool {
    guard let reader = try? ObjectReader(line) else { return false }
    return reader.has("topic") && reader.has("partition") && reader.has("offset")
  }
}
