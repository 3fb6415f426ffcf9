package import HealstreamCore

/// A record that could not be folded, whole, and the rule that it broke.
package struct DeadLetter: Equatable, Sendable {
  package let partition: Partition
  package let offset: Int64
  package let timestamp: Timestamp
  package private(set) var key: [UInt8]?
  package private(set) var value: [UInt8]?
  package private(set) var headers: [RecordHeader]
  package let rejection: Rejection
  /// Bytes of the original's key, value and headers, where not all of them are here.
  private var originalBytes: Int?

  package init(
    partition: Partition, offset: Int64, timestamp: Timestamp, key: [UInt8]?, value: [UInt8]?, headers: [RecordHeader],
    rejection: Rejection
  ) {
    self.partition = partition
    self.offset = offset
    self.timestamp = timestamp
    self.key = key
    self.value = value
    self.headers = headers
    self.rejection = rejection
  }

  private var byteCount: Int {
    (key?.count ?? 0) + (value?.count ?? 0) + headers.reduce(0) { $0 + $1.name.utf8.count + ($1.value?.count ?? 0) }
  }

  /// As much of it as fits: the headers go first, then the end of the value, then that of the key.
  package func cut(to maxBytes: Int) -> DeadLetter {
    guard byteCount > maxBytes else { return self }
    var letter = self
    letter.originalBytes = byteCount
    letter.headers = []
    letter.key = key.map { Array($0.prefix(maxBytes)) }
    letter.value = value.map { Array($0.prefix(maxBytes - (letter.key?.count ?? 0))) }
    return letter
  }

  /// The original's headers, then which rule it broke, where. A header of the same name that was there stays as it was, as in
  /// Kafka Connect (KIP-298).
  package var annotatedHeaders: [RecordHeader] {
    let prefix = "__healstream.errors."
    var all = headers
    let present = Set(headers.map(\.name))
    for (name, text) in annotations where !present.contains(prefix + name) {
      all.append(RecordHeader(name: prefix + name, value: Array(text.utf8)))
    }
    return all
  }

  /// Where it ended.
  var stage: String { rejection.code == .killedProcess ? "fold" : "decode" }

  package var annotations: [(name: String, text: String)] {
    [
      ("topic", partition.topic), ("partition", "\(partition.index)"), ("offset", "\(offset)"), ("stage", stage),
      ("code", rejection.code.rawValue), ("message", rejection.message), ("byte", "\(rejection.byte)"),
    ] + (originalBytes.map { [("cut_from_bytes", "\($0)")] } ?? [])
  }
}
