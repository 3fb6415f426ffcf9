/// The envelope that `kcat -J` writes around a record, read without making a tree of it.
///
/// `{"topic":…,"partition":0,"offset":7,"tstype":"create","ts":1700000000000,"broker":0,"headers":[…],"key":"t","payload":"{…}"}`
package struct RecordEnvelope: Sendable {
  package private(set) var partition: Int32 = 0
  package private(set) var offset: Int64 = 0
  /// Milliseconds since 1970.
  package private(set) var timestampMillis: Int64?
  /// `nil`: the record has none.
  private var key: TextRange?
  private var payload: TextRange?

  /// `nil` where it is not just as kcat writes it, with these members and no other, each once: others may write envelopes too, and
  /// `ObjectReader` knows how to refuse one.
  package init?(_ line: Span<UInt8>) {
    var scanner = JSONScanner(line)
    do throws(JSONFailure) {
      try scanner.start()
      guard scanner.nextByte() == UInt8(ascii: "{"), try read(&scanner) else { return nil }
      try scanner.finish()
    } catch {
      return nil
    }
  }

  /// Unescaped.
  /// - Parameter line: that this was read from.
  /// - Returns: where it stands in the bytes now.
  package func appendKey(of line: Span<UInt8>, to bytes: inout [UInt8]) -> Range<Int>? {
    Self.append(key, of: line, to: &bytes)
  }

  /// The record's value, unescaped.
  package func appendPayload(of line: Span<UInt8>, to bytes: inout [UInt8]) -> Range<Int>? {
    Self.append(payload, of: line, to: &bytes)
  }

  private static func append(_ text: TextRange?, of line: Span<UInt8>, to bytes: inout [UInt8]) -> Range<Int>? {
    guard let text else { return nil }
    let start = bytes.count
    DeliveryReader.text(text, in: line, appendingTo: &bytes)
    return start..<bytes.count
  }

  // MARK: Members

  /// One bit each.
  private enum Member: UInt16 {
    case topic = 1, partition = 2, offset = 4, timestamp = 8, timestampType = 16, broker = 32, headers = 64, key = 128
    case payload = 256

    init?(_ name: ShortName) {
      switch name {
      case "partition": self = .partition
      case "offset": self = .offset
      case "ts": self = .timestamp
      case "key": self = .key
      case "payload": self = .payload
      case "topic": self = .topic
      case "tstype": self = .timestampType
      case "broker": self = .broker
      case "headers": self = .headers
      default: return nil
      }
    }

    static let required = Self.topic.rawValue | Self.partition.rawValue | Self.offset.rawValue
  }

  /// Whether all is as it should be.
  private mutating func read(_ scanner: inout JSONScanner) throws(JSONFailure) -> Bool {
    var seen: UInt16 = 0
    guard try scanner.openObject() else { return false }
    repeat {
      guard let name = scanner.bytes.shortName(try scanner.name()), let member = Member(name),
        seen & member.rawValue == 0, try read(member, &scanner)
      else { return false }
      seen |= member.rawValue
    } while try scanner.hasNextMember()
    return seen & Member.required == Member.required
  }

  private mutating func read(_ member: Member, _ scanner: inout JSONScanner) throws(JSONFailure) -> Bool {
    switch member {
    case .partition:
      guard let number = try Self.integer(&scanner), let small = Int32(exactly: number) else { return false }
      partition = small
    case .offset:
      guard let number = try Self.integer(&scanner) else { return false }
      offset = number
    case .timestamp:
      guard let number = try Self.integer(&scanner) else { return false }
      timestampMillis = number
    case .key: return try Self.text(&key, &scanner)
    case .payload: return try Self.text(&payload, &scanner)
    case .topic, .timestampType, .broker, .headers: try scanner.skipValue()
    }
    return true
  }

  private static func integer(_ scanner: inout JSONScanner) throws(JSONFailure) -> Int64? {
    try scanner.kind() == .number ? scanner.number().integer : nil
  }

  /// Whether it is one, or `null`.
  private static func text(_ text: inout TextRange?, _ scanner: inout JSONScanner) throws(JSONFailure) -> Bool {
    switch try scanner.kind() {
    case .string: text = try scanner.string()
    case .null: _ = try scanner.literal()
    default: return false
    }
    return true
  }
}
