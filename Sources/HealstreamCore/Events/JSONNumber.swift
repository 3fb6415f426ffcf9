/// A number as it was written: `significand × 10^exponent`, the significand cut at 19 digits.
struct JSONNumber {
  /// Where it stands in its text, sign included.
  var bounds: Range<Int>
  var isNegative = false
  /// Digits alone, no fraction and no exponent: 429 is an integer, 429.0 and 4e2 are not.
  var isInteger = true
  var significand: UInt64 = 0
  var exponent = 0
  /// Whether a digit other than 0 was cut off.
  var isCut = false

  /// The integer, where it is one and fits.
  var integer: Int64? {
    guard isInteger, exponent == 0, !isCut, significand <= Int64.max.magnitude + (isNegative ? 1 : 0) else {
      return nil
    }
    return Int64(truncatingIfNeeded: isNegative ? 0 &- significand : significand)
  }

  /// The nearest double, ties to even; infinite beyond its range.
  func double(in bytes: ByteWindow) -> Double {
    if !isCut, let magnitude = exactlyRounded(significand, exponent) {
      return isNegative ? -magnitude : magnitude
    }
    var text: [UInt8] = []
    bytes.append(bounds, to: &text)
    return Double(String(decoding: text, as: UTF8.self)) ?? .infinity
  }
}

/// `significand × 10^exponent` rounded once, for exponents whose power of ten fits in 64 bits; `nil` for others.
///
/// The quotient or product is taken to 64 bits with the lowest standing for all that is below ("sticky"), which the conversion to
/// double then rounds as it would the exact value: the division's two-word form of Clinger, "How to Read Floating Point Numbers
/// Accurately", PLDI 1990.
func exactlyRounded(_ significand: UInt64, _ exponent: Int) -> Double? {
  if exponent == 0 { return Double(significand) }
  guard significand != 0 else { return 0 }
  guard (-19...19).contains(exponent) else { return nil }
  return exponent < 0
    ? quotient(significand, powerOfTen(-exponent)) : product(significand, powerOfTen(exponent))
}

private func quotient(_ dividend: UInt64, _ divisor: UInt64) -> Double {
  let dividendShift = dividend.leadingZeroBitCount
  let divisorShift = divisor.leadingZeroBitCount
  // Half the dividend's normal form is below the divisor's, so that the quotient has 63 or 64 bits.
  let normal = dividend << dividendShift
  let (quotient, remainder) = (divisor << divisorShift).dividingFullWidth((normal >> 1, normal << 63))
  return Double(quotient | (remainder == 0 ? 0 : 1)) * powerOfTwo(divisorShift - dividendShift - 63)
}

private func product(_ left: UInt64, _ right: UInt64) -> Double {
  let (high, low) = left.multipliedFullWidth(by: right)
  guard high != 0 else { return Double(low) }
  let shift = high.leadingZeroBitCount
  let top = shift == 0 ? high : high << shift | low >> (64 - shift)
  return Double(top | (low << shift == 0 ? 0 : 1)) * powerOfTwo(64 - shift)
}

private func powerOfTwo(_ exponent: Int) -> Double { Double(sign: .plus, exponent: exponent, significand: 1) }

private func powerOfTen(_ exponent: Int) -> UInt64 {
  var power: UInt64 = 1
  for _ in 0..<exponent { power *= 10 }
  return power
}

extension JSONScanner {
  /// A number by the grammar of RFC 8259 §6.
  @_lifetime(self: copy self)
  @inline(__always)
  mutating func number() throws(JSONFailure) -> JSONNumber {
    let (digits, count) = Self.leadingDigits(of: bytes.word(at: position))
    let end = bytes.byte(at: position &+ count)
    // Most numbers are a few digits, and that is all of them.
    guard count > 0, count < 8, digits & 0xFF != 0 || count == 1, end != UInt8(ascii: "."),
      end | 0x20 != UInt8(ascii: "e")
    else {
      let number = try anyNumber()
      position = number.bounds.upperBound
      return number
    }
    defer { position &+= count }
    return JSONNumber(bounds: position..<position &+ count, significand: Self.integer(ofDigits: digits, count: count))
  }

  /// - Returns: how many of a word's bytes are digits before the first that is none, and all bytes less "0".
  @inline(__always)
  private static func leadingDigits(of word: UInt64) -> (digits: UInt64, count: Int) {
    let digits = word ^ 0x3030_3030_3030_3030
    let tens = (digits & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7676_7676_7676_7676  // carries into the top bit from 10 on
    let others = (digits | tens) & 0x8080_8080_8080_8080
    return (digits, others.trailingZeroBitCount &>> 3)
  }

  /// What the first `count` digits, of 1 to 8, stand for: neighbours are joined three times (Lemire, "Number Parsing at a Gigabyte per
  /// Second", Software: Practice and Experience 51, 2021).
  @inline(__always)
  private static func integer(ofDigits digits: UInt64, count: Int) -> UInt64 {
    let ones = digits &<< UInt64(truncatingIfNeeded: 64 &- 8 &* count)
    let pairs = (ones &* 2561) &>> 8 & 0x00FF_00FF_00FF_00FF
    let fours = (pairs &* 6_553_601) &>> 16 & 0x0000_FFFF_0000_FFFF
    return (fours &* 42_949_672_960_001) &>> 32
  }

  /// The number that starts here, which is not passed.
  @inline(never)
  private func anyNumber() throws(JSONFailure) -> JSONNumber {
    var rest = self
    var number = JSONNumber(bounds: position..<position)
    if bytes.byte(at: position) == UInt8(ascii: "-") {
      number.isNegative = true
      rest.position &+= 1
    }
    if bytes.byte(at: rest.position) == UInt8(ascii: "0") {
      rest.position &+= 1
      guard !isDigit(bytes.byte(at: rest.position)) else { throw JSONFailure(.badNumber, at: rest.position) }
    } else {
      try rest.digits(of: &number, exponentStep: 0)
    }
    if bytes.byte(at: rest.position) == UInt8(ascii: ".") {
      rest.position &+= 1
      number.isInteger = false
      try rest.digits(of: &number, exponentStep: -1)
    }
    if bytes.byte(at: rest.position) | 0x20 == UInt8(ascii: "e") {
      number.isInteger = false
      number.exponent &+= try rest.exponent()
    }
    number.bounds = position..<rest.position
    return number
  }

  /// At least one digit; each moves the number's exponent by `exponentStep`, and one cut off by one upwards.
  @inline(__always) @_lifetime(self: copy self)
  private mutating func digits(of number: inout JSONNumber, exponentStep: Int) throws(JSONFailure) {
    var digit = bytes.byte(at: position) &- 0x30
    guard digit < 10 else { throw failure(.badNumber) }
    repeat {
      if number.significand < 1_000_000_000_000_000_000 {
        number.significand = number.significand &* 10 &+ UInt64(digit)
        number.exponent &+= exponentStep
      } else {
        number.isCut = number.isCut || digit != 0
        number.exponent &+= exponentStep &+ 1
      }
      position &+= 1
      digit = bytes.byte(at: position) &- 0x30
    } while digit < 10
  }

  /// What follows `e`, held within ±1,000,000,000: no record is long enough for its digits to make up for more.
  @_lifetime(self: copy self)
  private mutating func exponent() throws(JSONFailure) -> Int {
    position &+= 1
    let sign = bytes.byte(at: position)
    if sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") { position &+= 1 }
    guard isDigit(bytes.byte(at: position)) else { throw failure(.badNumber) }
    var exponent = 0
    repeat {
      exponent = min(exponent * 10 + Int(bytes.byte(at: position) &- 0x30), 1_000_000_000)
      position &+= 1
    } while isDigit(bytes.byte(at: position))
    return sign == UInt8(ascii: "-") ? -exponent : exponent
  }
}

@inline(__always)
func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
