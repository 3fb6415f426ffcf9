import HealstreamCore

/// The records of a file line by line: plain deliveries, or the envelopes that `kcat -J` writes around them.
struct RecordedLines {
  /// `nil` before the first line, which tells for all.
  private(set) var isEnveloped: Bool?

  /// Hands on the line's record, or what is wrong with its envelope.
  mutating func read(
    _ line: Span<UInt8>, offset: Int64, _ body: (borrowing InputRecord, Rejection?) throws -> Void
  ) throws {
    let isEnveloped = isEnveloped ?? RecordedRecord.isEnvelope(line)
    self.isEnveloped = isEnveloped
    guard isEnveloped else { return try body(Self.plain(line, offset: offset, partition: 0), nil) }
    let recorded: RecordedRecord
    do throws(Rejection) {
      recorded = try RecordedRecord(envelope: line)
    } catch {
      return try body(Self.plain(line, offset: offset, partition: -1), error)
    }
    try body(
      InputRecord(
        partition: recorded.partition, offset: recorded.offset, timestamp: recorded.timestamp, key: recorded.key?.span,
        value: recorded.value?.span), nil)
  }

  @_lifetime(copy line)
  private static func plain(_ line: Span<UInt8>, offset: Int64, partition: Int32) -> InputRecord {
    InputRecord(
      partition: partition, offset: offset, timestamp: RecordedRecord.noTimestamp, key: nil, value: line)
  }
}
