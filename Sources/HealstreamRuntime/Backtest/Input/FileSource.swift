import Foundation
package import HealstreamCore

/// A recording, plain deliveries or the envelopes of `kcat -J`, from a file or standard input.
package struct FileSource: RecordSource {
  package let name: String
  private let path: String
  private let command: String
  private var lines: LineReader
  private let byteCount: Int64?
  private let bounds: TimeBounds

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
    bounds = TimeBounds(from: from, until: until)
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

  /// A file of plain events is one partition; envelopes name theirs, but not how many there are.
  package mutating func read(into sink: inout some RecordSink) throws {
    /// Known from the first line on.
    var isEnveloped: Bool?
    var block = RecordBlock()
    while try fill(&block) {
      if isEnveloped == nil, let first = block.places.first?.value {
        isEnveloped = try isEnvelope(block.bytes.span.extracting(first))
        sink.begin(deliveryPartitions: isEnveloped == true ? nil : 1)
      }
      block.isEnveloped = isEnveloped ?? false
      block.bounds = bounds
      block.share = byteCount.map { $0 == 0 ? 1 : min(1, Double(lines.bytesRead) / Double($0)) }
      try sink.take(&block)
    }
  }

  private mutating func fill(_ block: inout RecordBlock) throws -> Bool {
    block.places.removeAll(keepingCapacity: true)
    return try lines.next(into: &block.bytes) { number, line in
      block.places.append(
        RecordBlock.Place(
          partition: 0, offset: Int64(number - 1), timestamp: RecordedRecord.noTimestamp, key: nil, value: line))
    }
  }

  private func isEnvelope(_ line: Span<UInt8>) throws -> Bool {
    if let form = Compression(line) { throw form.error(path: path, command: command) }
    return RecordedRecord.isEnvelope(line)
  }
}
