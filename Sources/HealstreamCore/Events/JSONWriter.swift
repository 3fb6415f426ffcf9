/// Appends compact JSON to bytes (RFC 8259), fields in the order of the calls.
///
/// Commas are placed by the writer: a value or member that follows another gets one.
package struct JSONWriter: Sendable {
  package private(set) var bytes: [UInt8] = []
  private var needsComma = false

  package init() {}

  /// What `write` appends, as a text.
  package static func text(_ write: (inout JSONWriter) -> Void) -> String {
    var json = JSONWriter()
    write(&json)
    return String(decoding: json.bytes, as: UTF8.self)
  }

  package mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    needsComma = false
  }

  /// Appends bytes that are not JSON (a record's key) without disturbing the commas.
  mutating func appendRaw(_ text: some Sequence<UInt8>) { bytes.append(contentsOf: text) }

  /// Starts a new document after whatever stands there already.
  mutating func startDocument() { needsComma = false }

  // MARK: Structure

  package mutating func object(_ members: (inout JSONWriter) -> Void) {
    open(0x7B)
    members(&self)
    close(0x7D)
  }

  package mutating func array(_ elements: (inout JSONWriter) -> Void) {
    open(0x5B)
    elements(&self)
    close(0x5D)
  }

  package mutating func object(_ name: StaticString, _ members: (inout JSONWriter) -> Void) {
    key(name)
    object(members)
  }

  package mutating func array(_ name: StaticString, _ elements: (inout JSONWriter) -> Void) {
    key(name)
    array(elements)
  }

  /// A member's name that is plain ASCII and needs no escape.
  package mutating func key(_ name: StaticString) {
    comma()
    bytes.append(0x22)
    bytes.append(name)
    bytes.append(0x22)
    bytes.append(0x3A)
    needsComma = false
  }

  /// A member's name that may hold anything.
  package mutating func key(_ name: String) {
    value(name)
    bytes.append(0x3A)
    needsComma = false
  }

  // MARK: Values

  package mutating func value(_ text: String) { string(text.utf8.span) }
  package mutating func value(_ text: [UInt8]) { string(text.span) }

  package mutating func value(_ text: StaticString) {
    comma()
    bytes.append(0x22)
    bytes.append(text)
    bytes.append(0x22)
    needsComma = true
  }

  package mutating func value(_ number: some FixedWidthInteger) {
    comma()
    appendDecimal(number)
    needsComma = true
  }

  /// A finite number in at most `decimals` places, trailing zeros dropped, so that equal values give equal bytes everywhere.
  package mutating func value(_ number: Double, decimals: Int) {
    precondition((0...9).contains(decimals))
    comma()
    appendFixed(number, decimals: decimals)
    needsComma = true
  }

  /// The shortest text that reads as the same number; finite.
  package mutating func value(exactly number: Double) {
    precondition(number.isFinite, "JSON has no such number")
    comma()
    bytes.append(contentsOf: "\(number)".utf8)
    needsComma = true
  }

  package mutating func value(_ flag: Bool) {
    comma()
    bytes.append(flag ? "true" : "false" as StaticString)
    needsComma = true
  }

  package mutating func value(_ at: Timestamp) {
    comma()
    bytes.append(0x22)
    at.appendRFC3339(to: &bytes)
    bytes.append(0x22)
    needsComma = true
  }

  package mutating func null() {
    comma()
    bytes.append("null")
    needsComma = true
  }

  // MARK: Members

  package mutating func member(_ name: StaticString, _ text: String) { key(name); value(text) }
  package mutating func member(_ name: StaticString, _ text: [UInt8]) { key(name); value(text) }
  package mutating func member(_ name: StaticString, _ text: StaticString) { key(name); value(text) }
  package mutating func member(_ name: StaticString, _ number: some FixedWidthInteger) { key(name); value(number) }
  package mutating func member(_ name: StaticString, _ flag: Bool) { key(name); value(flag) }
  package mutating func member(_ name: StaticString, _ at: Timestamp) { key(name); value(at) }
  package mutating func member(_ name: StaticString, _ number: Double, decimals: Int) {
    key(name)
    value(number, decimals: decimals)
  }

  package mutating func member(_ name: StaticString, _ text: String?) {
    key(name)
    if let text { value(text) } else { null() }
  }
  package mutating func member(_ name: StaticString, _ at: Timestamp?) {
    key(name)
    if let at { value(at) } else { null() }
  }
  package mutating func member(_ name: StaticString, _ number: Double?, decimals: Int) {
    key(name)
    if let number { value(number, decimals: decimals) } else { null() }
  }

  // MARK: Bytes

  private mutating func comma() {
    if needsComma { bytes.append(0x2C) }
  }

  private mutating func open(_ bracket: UInt8) {
    comma()
    bytes.append(bracket)
    needsComma = false
  }

  private mutating func close(_ bracket: UInt8) {
    bytes.append(bracket)
    needsComma = true
  }

  private mutating func string(_ text: Span<UInt8>) {
    comma()
    bytes.append(0x22)
    let text = ByteWindow(text)
    var start = 0
    while start < text.count {
      let end = text.end(from: start) { ByteWindow.escaped($0) & ~$0 & ByteWindow.tops }
      text.append(start..<end, to: &bytes)
      if end < text.count { escape(text.byte(at: end)) }
      start = end + 1
    }
    bytes.append(0x22)
    needsComma = true
  }

  private mutating func escape(_ byte: UInt8) {
    bytes.append(0x5C)
    switch byte {
    case 0x22, 0x5C: bytes.append(byte)
    case 0x08: bytes.append(0x62)
    case 0x09: bytes.append(0x74)
    case 0x0A: bytes.append(0x6E)
    case 0x0C: bytes.append(0x66)
    case 0x0D: bytes.append(0x72)
    default:
      bytes.append("u00")
      bytes.append(hexDigit(byte >> 4))
      bytes.append(hexDigit(byte & 15))
    }
  }

  private mutating func appendDecimal(_ number: some FixedWidthInteger) {
    if number < 0 { bytes.append(0x2D) }
    var rest = UInt64(number.magnitude)
    var divisor: UInt64 = 1
    while rest / divisor >= 10 { divisor *= 10 }
    while divisor > 0 {
      bytes.append(0x30 + UInt8(truncatingIfNeeded: rest / divisor))
      rest %= divisor
      divisor /= 10
    }
  }

  /// The whole part and the fraction are taken apart first, which is exact, so that large numbers keep their decimals.
  private mutating func appendFixed(_ number: Double, decimals: Int) {
    precondition(number.isFinite && number.magnitude < 1e15, "a JSON number must be finite and below 1e15")
    var scale: Int64 = 1
    for _ in 0..<decimals { scale *= 10 }
    var whole = Int64(number.magnitude)
    let scaled = (number.magnitude - Double(whole)) * Double(scale)
    var fraction = Int64(scaled)
    // Ties to even. `rounded()` would need the mathematics library at link time.
    let rest = scaled - Double(fraction)
    let isOdd = !(decimals == 0 ? whole : fraction).isMultiple(of: 2)
    if rest > 0.5 || rest == 0.5 && isOdd { fraction += 1 }
    if fraction == scale { (whole, fraction) = (whole + 1, 0) }
    if number < 0, whole > 0 || fraction > 0 { bytes.append(0x2D) }
    appendDecimal(whole)
    guard fraction != 0 else { return }
    bytes.append(0x2E)
    while fraction != 0 {
      scale /= 10
      bytes.append(0x30 + UInt8(fraction / scale))
      fraction %= scale
    }
  }
}

/// The lower-case hexadecimal digit of 0 to 15.
func hexDigit(_ value: UInt8) -> UInt8 { value < 10 ? 0x30 + value : 0x57 + value }
