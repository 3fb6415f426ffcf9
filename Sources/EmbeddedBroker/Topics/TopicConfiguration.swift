/// The settings of a topic, by their Kafka names.
struct TopicConfiguration: Equatable {
  private typealias Check = @Sendable (String) -> Bool

  private static func whole(_ range: ClosedRange<Int64>) -> Check { { Int64($0).map(range.contains) ?? false } }
  private static func oneOf(_ values: String...) -> Check { { values.contains($0) } }

  private static let known: [String: (accepts: Check, default: String)] = [
    "cleanup.policy": (oneOf("delete", "compact", "compact,delete", "delete,compact"), "delete"),
    "delete.retention.ms": (whole(0...Int64.max), "86400000"),
    "max.message.bytes": (whole(0...Int64(Int32.max)), "1048588"),
    "message.timestamp.type": (oneOf("CreateTime", "LogAppendTime"), "CreateTime"),
    "retention.bytes": (whole(-1...Int64.max), "-1"),
    "retention.ms": (whole(-1...Int64.max), "604800000"),
    "segment.bytes": (whole(14...Int64(Int32.max)), "1073741824"),
    "segment.ms": (whole(1...Int64.max), "604800000"),
  ]

  private var overrides: [String: String] = [:]

  init() {}

  /// Takes settings that were checked before.
  init(overrides: [(String, String)]) { self.overrides = Dictionary(overrides) { $1 } }

  /// For the journal.
  var overrideFields: [Fields<String, String>] {
    overrides.sorted { $0.key < $1.key }.map { Fields($0.key, $0.value) }
  }

  private subscript(name: String) -> String { overrides[name] ?? Self.known[name]?.default ?? "" }
  var maxMessageBytes: Int { Int(self["max.message.bytes"]) ?? 0 }
  var segmentBytes: Int { Int(self["segment.bytes"]) ?? 0 }
  var segmentMillis: Int64 { Int64(self["segment.ms"]) ?? 0 }
  var retentionBytes: Int64 { Int64(self["retention.bytes"]) ?? -1 }
  var retentionMillis: Int64 { Int64(self["retention.ms"]) ?? -1 }
  var deleteRetentionMillis: Int64 { Int64(self["delete.retention.ms"]) ?? 0 }
  var deletes: Bool { self["cleanup.policy"].contains("delete") }
  var compacts: Bool { self["cleanup.policy"].contains("compact") }
  var usesAppendTime: Bool { self["message.timestamp.type"] == "LogAppendTime" }

  /// - Throws: `.invalidConfig` for a name that no topic has, or a value out of its range.
  mutating func set(_ name: String, to value: String) throws(ErrorCode) {
    guard let known = Self.known[name], known.accepts(value) else { throw .invalidConfig }
    overrides[name] = value
  }

  /// Goes back to the default.
  mutating func reset(_ name: String) throws(ErrorCode) {
    guard Self.known[name] != nil else { throw .invalidConfig }
    overrides[name] = nil
  }

  /// All settings, by name.
  var entries: [(name: String, value: String, isDefault: Bool)] {
    Self.known.keys.sorted().map { ($0, self[$0], overrides[$0] == nil) }
  }
}
