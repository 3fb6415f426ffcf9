import HealstreamCore
import SimulatedWorld

/// Deliveries as the field's senders write them, the same for a seed: 12 members of 320 to 400 bytes, half of them in shuffled order,
/// every tenth with spaces, escapes and characters beyond ASCII.
struct DeliveryTraffic {
  private let keys: Int
  private let failureShare: Double
  private var random = SplitMix64(seed: 7)
  private var order = Array(0..<Self.memberCount)
  /// How many there have been.
  private(set) var count = 0
  private var lastAt = Timestamp(millis: 0)
  private var lastText: [UInt8] = []

  static let eventsPerSecond = 20_000
  static let start = Timestamp(millis: 1_767_225_600_000)  // 2026-01-01
  private static let keysPerTenant = 50
  private static let memberCount = 12

  /// - Parameters:
  ///   - keys: endpoints; each tenant has 50.
  ///   - failureShare: 0 to 1, of all attempts.
  init(keys: Int, failureShare: Double = 0.02) {
    self.keys = keys
    self.failureShare = failureShare
  }

  /// When the next one happens.
  var now: Timestamp { Self.start + Int64(count * 1000 / Self.eventsPerSecond) }

  static func tenant(ofKey key: Int) -> String { "tenant-\(key / keysPerTenant)" }
  static func endpoint(ofKey key: Int) -> String {
    "https://hooks-\(key).\(tenant(ofKey: key)).example.com/webhooks/events"
  }

  /// Any endpoint.
  mutating func drawKey() -> Int { Int(random.next() % UInt64(keys)) }

  /// Appends one delivery to any endpoint.
  mutating func append(to bytes: inout [UInt8]) { append(ofKey: drawKey(), to: &bytes) }

  mutating func append(ofKey key: Int, to bytes: inout [UInt8]) {
    append(ofKey: key, hasFailed: random.chance(failureShare), at: now, to: &bytes)
  }

  mutating func append(ofKey key: Int, hasFailed: Bool, at: Timestamp, to bytes: inout [UInt8]) {
    let isRough = random.chance(0.1)
    if random.chance(0.5) { order.shuffle(using: &random) } else { order = Array(0..<Self.memberCount) }
    let answer = hasFailed ? Self.failures[Int(random.next() % UInt64(Self.failures.count))] : Self.success
    if at != lastAt || lastText.isEmpty { (lastAt, lastText) = (at, Array(at.rfc3339.utf8)) }
    bytes.append(UInt8(ascii: "{"))
    for (place, member) in order.enumerated() {
      if place > 0 { bytes += isRough ? ", ".utf8 : ",".utf8 }
      append(member, ofKey: key, answer, isRough: isRough, to: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
    count += 1
  }

  // MARK: Members

  private struct Answer {
    let status: StaticString
    let httpStatus: StaticString
    /// As it stands in the record.
    let error: StaticString
  }

  private static let success = Answer(status: "delivered", httpStatus: "200", error: "null")
  private static let failures = [
    Answer(status: "failed", httpStatus: "null", error: "\"connect ECONNREFUSED 192.0.2.1:443\""),
    Answer(status: "failed", httpStatus: "null", error: "\"Timeout: no response within 15 s\""),
    Answer(status: "failed", httpStatus: "503", error: "\"HTTP 503 from upstream \\\"edge\\\"\""),
    Answer(status: "failed", httpStatus: "429", error: "\"Too Many Requests\""),
    Answer(status: "failed", httpStatus: "500", error: "\"Internal Server Error\""),
    Answer(status: "failed", httpStatus: "404", error: "\"Not Found\""),
    Answer(status: "failed", httpStatus: "null", error: "\"read ECONNRESET\""),
    Answer(status: "failed", httpStatus: "502", error: "\"überlastet\""),
  ]
  private static let eventTypes: [StaticString] = ["\"order.created\"", "\"invoice.paid\"", "\"user.updated\""]
  private static let names: [StaticString] = [
    "delivery_id", "tenant_id", "endpoint", "status", "attempt", "event_type", "latency_ms", "http_status", "error",
    "occurred_at", "meta", "trace_id",
  ]

  private mutating func append(
    _ member: Int, ofKey key: Int, _ answer: Answer, isRough: Bool, to bytes: inout [UInt8]
  ) {
    bytes.append(UInt8(ascii: "\""))
    bytes += Self.names[member]
    bytes += isRough ? "\": ".utf8 : "\":".utf8
    switch member {
    case 0:
      bytes += "\"dlv_".utf8
      Self.appendHex(UInt64(count), to: &bytes)
      bytes.append(UInt8(ascii: "\""))
    case 1: bytes += "\"\(Self.tenant(ofKey: key))\"".utf8
    case 2: bytes += "\"\(Self.endpoint(ofKey: key))\"".utf8
    case 3: bytes += "\"\(answer.status)\"".utf8
    case 4: bytes += "1".utf8
    case 5: bytes += Self.eventTypes[Int(random.next() % UInt64(Self.eventTypes.count))]
    case 6: bytes += "\(5 + random.next() % 900)".utf8
    case 7: bytes += answer.httpStatus
    case 8: bytes += answer.error
    case 9:
      bytes.append(UInt8(ascii: "\""))
      bytes += lastText
      bytes.append(UInt8(ascii: "\""))
    case 10: bytes += isRough ? Self.roughMeta : Self.meta
    default:
      bytes.append(UInt8(ascii: "\""))
      Self.appendHex(random.next(), to: &bytes)
      Self.appendHex(random.next(), to: &bytes)
      bytes.append(UInt8(ascii: "\""))
    }
  }

  private static let meta: StaticString = "{\"region\":\"eu-west-1\",\"shard\":3,\"tags\":[\"a\",\"b\"]}"
  private static let roughMeta: StaticString =
    "{\"region\": \"eu-west-1\", \"note\": \"Gr\\u00fc\\u00dfe, \\\"ünï\\\"\"}"

  private static func appendHex(_ number: UInt64, to bytes: inout [UInt8]) {
    for shift in stride(from: UInt64(60), through: 0, by: -4) { bytes.append(digits[Int(number >> shift & 15)]) }
  }

  private static let digits = Array("0123456789abcdef".utf8)
}

private func += (bytes: inout [UInt8], text: StaticString) {
  text.withUTF8Buffer { unsafe bytes.append(contentsOf: $0) }
}
