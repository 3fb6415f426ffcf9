/// The settings of a topic, by their Kafka names. All are kept and described; this broker acts on `max.message.bytes` and
/// `message.timestamp.type`.
struct TopicConfiguration: Equatable {
  struct Entry: Equatable {
    let name: String
    let value: String
    let isDefault: Bool
  }

  private enum Kind {
    case integer(ClosedRange<Int64>)
    case fraction
    case oneOf([String])
    case list([String])
    case flag

    func accepts(_ value: String) -> Bool {
      switch self {
      case .integer(let range): Int64(value).map(range.contains) ?? false
      case .fraction: Double(value).map((0...1).contains) ?? false
      case .oneOf(let names): names.contains(value)
      case .list(let names): value.split(separator: ",").allSatisfy { names.contains(String($0)) }
      case .flag: value == "true" || value == "false"
      }
    }
  }

  private static let span: ClosedRange<Int64> = 0...Int64.max
  private static let spanOrForever: ClosedRange<Int64> = -1...Int64.max
  private static let int32: ClosedRange<Int64> = 0...Int64(Int32.max)

  private static let known: [String: (kind: Kind, default: String)] = [
    "cleanup.policy": (.list(["delete", "compact"]), "delete"),
    "compression.type": (.oneOf(["producer", "uncompressed", "gzip", "snappy", "lz4", "zstd"]), "producer"),
    "delete.retention.ms": (.integer(span), "86400000"),
    "file.delete.delay.ms": (.integer(span), "60000"),
    "flush.messages": (.integer(span), "9223372036854775807"),
    "flush.ms": (.integer(span), "9223372036854775807"),
    "max.compaction.lag.ms": (.integer(span), "9223372036854775807"),
    "max.message.bytes": (.integer(int32), "1048588"),
    "message.timestamp.type": (.oneOf(["CreateTime", "LogAppendTime"]), "CreateTime"),
    "min.cleanable.dirty.ratio": (.fraction, "0.5"),
    "min.compaction.lag.ms": (.integer(span), "0"),
    "min.insync.replicas": (.integer(1...Int64(Int32.max)), "1"),
    "preallocate": (.flag, "false"),
    "retention.bytes": (.integer(spanOrForever), "-1"),
    "retention.ms": (.integer(spanOrForever), "604800000"),
    "segment.bytes": (.integer(14...Int64(Int32.max)), "1073741824"),
    "segment.ms": (.integer(1...Int64.max), "604800000"),
    "unclean.leader.election.enable": (.flag, "false"),
  ]

  private var overrides: [String: String] = [:]
  private(set) var maxMessageBytes = 1_048_588
  private(set) var usesAppendTime = false

  /// - Throws: `.invalidConfig` for a name that no topic has, or a value out of its range.
  mutating func set(_ name: String, to value: String) throws(ErrorCode) {
    guard let known = Self.known[name], known.kind.accepts(value) else { throw .invalidConfig }
    overrides[name] = value
    switch name {
    case "max.message.bytes": maxMessageBytes = Int(value) ?? maxMessageBytes
    case "message.timestamp.type": usesAppendTime = value == "LogAppendTime"
    default: break
    }
  }

  /// All settings, by name.
  var entries: [Entry] {
    Self.known.sorted { $0.key < $1.key }.map { name, known in
      Entry(name: name, value: overrides[name] ?? known.default, isDefault: overrides[name] == nil)
    }
  }
}
