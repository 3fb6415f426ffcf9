import HealstreamCore

/// Where a snapshot's chunks lie in the topic.
///
/// It is written twice: before the first chunk, so that what an interrupted write left is known and can be deleted, and, complete,
/// after the last one is durable.
///
/// ```
/// {"complete":true,"bytes":1200000,"chunks":3,"partition":2,"from":5120}
/// ```
struct SnapshotManifest: Equatable, Sendable {
  var isComplete: Bool
  let byteCount: Int
  let chunkCount: Int
  /// Of the topic, in which the chunks lie, none before `from`.
  let partition: Int32
  let from: Int64

  var value: [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("complete", isComplete)
      json.member("bytes", byteCount)
      json.member("chunks", chunkCount)
      json.member("partition", partition)
      json.member("from", from)
    }
    return json.bytes
  }
}

extension SnapshotManifest {
  /// - Returns: nil for any value but what `value` gives; a number that no snapshot can have is none.
  init?(_ value: Span<UInt8>) {
    guard let json = try? JSONValue(value), let isComplete = json["complete"]?.bool,
      let bytes = json["bytes"]?.integer, let chunks = json["chunks"]?.integer, let from = json["from"]?.integer,
      let partition = json["partition"]?.integer.flatMap({ Int32(exactly: $0) }),
      (0...Self.maxBytes).contains(bytes), (0...bytes).contains(chunks), from >= 0, partition >= 0
    else { return nil }
    self.init(
      isComplete: isComplete, byteCount: Int(bytes), chunkCount: Int(chunks), partition: partition, from: from)
  }

  private static let maxBytes: Int64 = 16 << 30
}
