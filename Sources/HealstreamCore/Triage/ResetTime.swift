/// A header's word on when to come back, in any of the forms that are sent.
enum ResetTime: Equatable, Sendable {
  enum Unit: Sendable { case seconds, millis }

  case afterMillis(Int64)
  case at(Timestamp)

  /// Reads `120`, `1.5`, `6m0s` or `20ms` (Go's durations, OpenAI's headers), seconds or milliseconds since the epoch,
  /// the three forms of an HTTP-date (RFC 9110 §5.6.7), and `2026-11-09T01:26:12Z`.
  init?(_ text: [UInt8], unit: Unit = .seconds) {
    let trimmed = text[...].drop { $0 == 0x20 || $0 == UInt8(ascii: "\"") }
    if let duration = Self.durationMillis(trimmed, unit: unit) {
      self = unit == .millis ? .afterMillis(duration) : Self(millis: duration)
    } else if let date = DateText(trimmed) {
      self = .at(date.timestamp)
    } else {
      return nil
    }
  }

  /// Seconds from now, or seconds or milliseconds since the epoch: told apart by size.
  init(number: Int64) { self.init(millis: number > Int64.max / 1000 ? Int64.max : number * 1000) }

  func moment(from start: Timestamp) -> Timestamp {
    switch self {
    case .afterMillis(let millis): start + min(millis, Self.maxDelayMillis)
    case .at(let moment): moment
    }
  }

  /// A century: no sum with an event's time overflows.
  private static let maxDelayMillis: Int64 = 3_155_760_000_000
  /// No delay is three years long, and no clock shows 1973 any more.
  private static let firstEpochSecond: Int64 = 100_000_000
  private static let firstEpochMilli: Int64 = 100_000_000_000

  /// `millis`: what was written, taken as seconds.
  private init(millis: Int64) {
    switch millis / 1000 {
    case ..<Self.firstEpochSecond: self = .afterMillis(millis)
    case ..<Self.firstEpochMilli: self = .at(Timestamp(millis: millis))
    default: self = .at(Timestamp(millis: min(millis / 1000, Timestamp.range.upperBound.millis)))
    }
  }

  /// One or more numbers, each with a unit but the last, which may have none; at most 15 digits in all.
  private static func durationMillis(_ text: ArraySlice<UInt8>, unit: Unit) -> Int64? {
    var rest = text
    while rest.last == 0x20 || rest.last == UInt8(ascii: "\"") { rest.removeLast() }
    guard rest.first?.isASCIIDigit == true, rest.count <= 20 else { return nil }
    var total = 0.0
    while !rest.isEmpty {
      guard let number = leadingNumber(&rest), let scale = leadingUnit(&rest, bare: unit) else { return nil }
      total += number * scale
    }
    return total < 1e18 ? Int64(total.rounded()) : nil
  }

  private static func leadingNumber(_ text: inout ArraySlice<UInt8>) -> Double? {
    var value = 0.0
    var scale = 1.0
    var digits = 0
    var isFraction = false
    while let byte = text.first, byte.isASCIIDigit || (byte == UInt8(ascii: ".") && !isFraction && digits > 0) {
      text.removeFirst()
      guard byte.isASCIIDigit else {
        isFraction = true
        continue
      }
      digits += 1
      value = value * 10 + Double(byte - UInt8(ascii: "0"))
      if isFraction { scale *= 10 }
    }
    return (1...15).contains(digits) ? value / scale : nil
  }

  /// Milliseconds in the unit that stands first.
  private static func leadingUnit(_ text: inout ArraySlice<UInt8>, bare: Unit) -> Double? {
    let units: [(String, Double)] = [("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000)]
    if text.isEmpty { return bare == .millis ? 1 : 1000 }
    guard let unit = units.first(where: { text.starts(with: $0.0.utf8) }) else { return nil }
    text.removeFirst(unit.0.utf8.count)
    return unit.1
  }
}
