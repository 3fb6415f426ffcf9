extension JSONScanner {
  /// A string, from its opening quote to behind its closing one.
  @inline(__always) @_lifetime(self: copy self)
  mutating func string() throws(JSONFailure) -> TextRange {
    let start = position &+ 1
    var at = start
    var isEscaped = false
    while true {
      let stops = Self.stops(in: bytes.word(at: at))
      guard stops != 0 else {
        at &+= 8
        continue
      }
      at &+= stops.trailingZeroBitCount &>> 3
      let byte = bytes.byte(at: at)
      if byte == UInt8(ascii: "\"") { break }
      if byte == UInt8(ascii: "\\") { isEscaped = true }
      at = try pass(byte, at: at)
    }
    position = at &+ 1
    return TextRange(
      start: UInt32(truncatingIfNeeded: start), count: UInt32(truncatingIfNeeded: at &- start), isEscaped: isEscaped)
  }

  /// The top bit of each byte that plain text must stop at: what is escaped, and a byte of a longer scalar.
  @inline(__always)
  private static func stops(in word: UInt64) -> UInt64 { (ByteWindow.escaped(word) | word) & ByteWindow.tops }

  /// Passes an escape or a scalar of several bytes; refuses a bare control character and the end.
  @inline(never)
  private func pass(_ byte: UInt8, at: Int) throws(JSONFailure) -> Int {
    if byte == UInt8(ascii: "\\") { return try endOfEscape(at: at) }
    if byte >= 0x80 { return try endOfScalars(at: at) }
    throw at < bytes.count ? JSONFailure(.controlCharacter, at: at) : JSONFailure(.unexpectedEnd, at: at)
  }

  // MARK: Escapes

  private func endOfEscape(at: Int) throws(JSONFailure) -> Int {
    switch bytes.byte(at: at &+ 1) {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"),
      UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      return at &+ 2
    case UInt8(ascii: "u"):
      return try endOfUnicodeEscape(at: at)
    default:
      throw at &+ 1 < bytes.count ? JSONFailure(.badEscape, at: at) : JSONFailure(.unexpectedEnd, at: at &+ 1)
    }
  }

  private func endOfUnicodeEscape(at: Int) throws(JSONFailure) -> Int {
    let unit = try codeUnit(at: at)
    switch unit {
    case 0xD800...0xDBFF:
      guard bytes.byte(at: at &+ 6) == UInt8(ascii: "\\"), bytes.byte(at: at &+ 7) == UInt8(ascii: "u"),
        (0xDC00...0xDFFF).contains(try codeUnit(at: at &+ 6))
      else { throw JSONFailure(.loneSurrogate, at: at) }
      return at &+ 12
    case 0xDC00...0xDFFF: throw JSONFailure(.loneSurrogate, at: at)
    default: return at &+ 6
    }
  }

  /// The UTF-16 code unit that `\uXXXX` at `at` stands for.
  private func codeUnit(at: Int) throws(JSONFailure) -> UInt32 {
    var unit: UInt32 = 0
    for index in at &+ 2..<at &+ 6 {
      guard let digit = hexValue(bytes.byte(at: index)) else {
        throw index < bytes.count ? JSONFailure(.badEscape, at: at) : JSONFailure(.unexpectedEnd, at: bytes.count)
      }
      unit = unit &<< 4 | UInt32(digit)
    }
    return unit
  }

  // MARK: UTF-8

  /// Passes scalars of several bytes as long as they follow each other.
  private func endOfScalars(at: Int) throws(JSONFailure) -> Int {
    var at = at
    repeat {
      let length = bytes.lengthOfScalar(at: at)
      guard length > 0 else { throw JSONFailure(.badUTF8, at: at) }
      at &+= length
    } while bytes.byte(at: at) >= 0x80
    return at
  }
}

extension ByteWindow {
  /// The length of the scalar of two to four bytes at `at`; zero where there is none.
  ///
  /// The Unicode Standard, table 3-7: the second byte's range shuts out overlong forms, surrogates and what is above U+10FFFF.
  func lengthOfScalar(at: Int) -> Int {
    let second = byte(at: at &+ 1)
    let length: Int
    switch byte(at: at) {
    case 0xC2...0xDF: return isContinuation(at: at &+ 1) ? 2 : 0
    case 0xE0: length = (0xA0...0xBF).contains(second) ? 3 : 0
    case 0xED: length = (0x80...0x9F).contains(second) ? 3 : 0
    case 0xE1...0xEF: length = (0x80...0xBF).contains(second) ? 3 : 0
    case 0xF0: length = (0x90...0xBF).contains(second) ? 4 : 0
    case 0xF1...0xF3: length = (0x80...0xBF).contains(second) ? 4 : 0
    case 0xF4: length = (0x80...0x8F).contains(second) ? 4 : 0
    default: return 0
    }
    guard length > 0, isContinuation(at: at &+ 2), length == 3 || isContinuation(at: at &+ 3) else { return 0 }
    return length
  }

  private func isContinuation(at position: Int) -> Bool { byte(at: position) & 0xC0 == 0x80 }
}

/// 0 to 15 for a hexadecimal digit of either case.
@inline(__always)
func hexValue(_ byte: UInt8) -> UInt8? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): byte &- 0x30
  case UInt8(ascii: "a")...UInt8(ascii: "f"): byte &- 0x57
  case UInt8(ascii: "A")...UInt8(ascii: "F"): byte &- 0x37
  default: nil
  }
}
