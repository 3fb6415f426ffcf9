package import HealstreamCore

/// A record that could not be folded, whole, and the rule that it broke.
package struct DeadLetter: Equatable, Sendable {
  package let partition: Partition
  package let offset: Int64
  package let timestamp: Timestamp
  package let key: [UInt8]?
  package let value: [UInt8]?
  package let headers: [RecordHeader]
  package let rejection: Rejection

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

  package var annotations: [(name: String, text: String)] {
    [
      ("topic", partition.topic), ("partition", "\(partition.index)"), ("offset", "\(offset)"), ("stage", "decode"),
      ("code", rejection.code.rawValue), ("message", rejection.message), ("byte", "\(rejection.byte)"),
    ]
  }
}
