import Foundation
package import HealstreamCore

/// A recording, plain deliveries or the envelopes of `kcat -J`, from a file or standard input.
package struct FileSource: RecordSource {
  package let name: String
  private let path: String
  private let command: String
  private var lines: LineReader
  private let byteCount: Int64?
  private let from: Timestamp?
  private let until: Timestamp?

  /// - Parameters:
  ///   - path: `-` is standard input.
  ///   - command: who reads it, as an error's advice names it.
  ///   - from: the first event time that counts; what cannot be read and says no time counts always.
  ///   - until: the first event time that counts no more.
  package init(
    path: String, for command: String = "backtest", from: Timestamp? = nil, until: Timestamp? = nil
  ) throws(InputError) {
    self.path = path
    self.command = command
    self.from = from
    self.until = until
    name = path == "-" ? "standard input" : URL(fileURLWithPath: path).lastPathComponent
    if path == "-" {
      lines = LineReader(.standardInput)
      byteCount = nil
    } else {
      do {
        lines = try LineReader(path: path)
        byteCount = Int64(try FileHandle(forReadingFrom: URL(fileURLWithPath: path)).seekToEnd())
      } catch {
        throw .unreadable(path: path, reason: error.localizedDescription)
      }
    }
  }

  package mutating func read(into sink: inout some RecordSink) throws {
    /// Known from the first line on.
    var isEnveloped: Bool?
    let (source, byteCount) = (self, byteCount)
    var scratch = DeliveryFields()
    var bytesRead: Int64 = 0
    try lines.forEachLine { number, line in
      if isEnveloped == nil {
        if let form = Compression(line) { throw form.error(path: source.path, command: source.command) }
        isEnveloped = RecordedRecord.isEnvelope(line)
        sink.begin(deliveryPartitions: isEnveloped == true ? nil : 1)
      }
      try source.handOver(line, offset: Int64(number - 1), isEnveloped: isEnveloped == true, &scratch, to: &sink)
    } pause: { bytes in
      bytesRead += Int64(bytes)
      try sink.pause(share: byteCount.map { $0 == 0 ? 1 : min(1, Double(bytesRead) / Double($0)) })
    }
  }

  /// A file of plain events is one partition; envelopes name theirs, but not how many there are.
  private func handOver(
    _ line: Span<UInt8>, offset: Int64, isEnveloped: Bool, _ scratch: inout DeliveryFields,
    to sink: inout some RecordSink
  ) throws {
    guard isEnveloped else {
      let record = InputRecord(
        partition: 0, offset: offset, timestamp: RecordedRecord.noTimestamp, key: nil, value: line)
      return try handOver(record, &scratch, to: &sink)
    }
    let recorded: RecordedRecord
    do throws(Rejection) {
      recorded = try RecordedRecord(envelope: line)
    } catch {
      let record = InputRecord(
        partition: -1, offset: offset, timestamp: RecordedRecord.noTimestamp, key: nil, value: line)
      return try sink.takeUnreadable(record, error)
    }
    let record = InputRecord(
      partition: recorded.partition, offset: recorded.offset, timestamp: recorded.timestamp, key: recorded.key?.span,
      value: recorded.value?.span)
    try handOver(record, &scratch, to: &sink)
  }

  private func handOver(
    _ record: borrowing InputRecord, _ scratch: inout DeliveryFields, to sink: inout some RecordSink
  ) throws {
    guard from == nil && until == nil || isWithinBounds(record, &scratch) else { return }
    try sink.take(record)
  }

  private func isWithinBounds(_ record: borrowing InputRecord, _ scratch: inout DeliveryFields) -> Bool {
    var at = record.timestamp
    if let value = record.value, (try? DeliveryReader.read(value, into: &scratch)) != nil {
      at = scratch.occurredAt ?? at
    }
    guard at.millis >= 0 else { return true }
    return (from.map { $0 <= at } ?? true) && (until.map { at < $0 } ?? true)
  }
}
