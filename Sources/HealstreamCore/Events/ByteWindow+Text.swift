/// Texts that a scanner has found well formed, unescaped.
extension ByteWindow {
  /// The text, where it is short enough to be a name.
  @inline(__always)
  func shortName(_ text: TextRange) -> ShortName? {
    guard text.isEscaped else { return ShortName(self, at: Int(text.start), count: Int(text.count)) }
    return escapedShortName(text)
  }

  @inline(never)
  private func escapedShortName(_ text: TextRange) -> ShortName? {
    var name = ShortName()
    var at = text.bounds.lowerBound
    while at < text.bounds.upperBound {
      let scalar = nextScalar(&at)
      guard name.count + scalar.utf8Count <= ShortName.maxBytes else { return nil }
      for index in 0..<scalar.utf8Count { name.append(scalar.utf8Byte(index)) }
    }
    return name
  }

  func appendText(_ text: TextRange, limit: Int, to output: inout [UInt8]) {
    let bounds = text.bounds
    guard text.isEscaped else { return append(bounds.lowerBound..<endOfPlainText(bounds, limit: limit), to: &output) }
    if bounds.count <= limit { return appendUnescaped(bounds, to: &output) }
    var room = limit
    var at = bounds.lowerBound
    while at < bounds.upperBound {
      let scalar = nextScalar(&at)
      room -= scalar.utf8Count
      guard room >= 0 else { return }
      for index in 0..<scalar.utf8Count { output.append(scalar.utf8Byte(index)) }
    }
  }

  /// The end of the scalars that fit in `limit` bytes.
  private func endOfPlainText(_ bounds: Range<Int>, limit: Int) -> Int {
    guard bounds.count > limit else { return bounds.upperBound }
    var end = bounds.lowerBound + limit
    while end > bounds.lowerBound, byte(at: end) & 0xC0 == 0x80 { end -= 1 }
    return end
  }

  func unescapedCount(_ text: TextRange) -> Int {
    guard text.isEscaped else { return Int(text.count) }
    var count = 0
    var at = text.bounds.lowerBound
    while at < text.bounds.upperBound { count += nextScalar(&at).utf8Count }
    return count
  }

  func text(_ text: TextRange, equals other: Span<UInt8>) -> Bool {
    let other = ByteWindow(other)
    guard text.isEscaped else { return equals(other, at: text.bounds) }
    var at = text.bounds.lowerBound
    var index = 0
    while at < text.bounds.upperBound {
      let scalar = nextScalar(&at)
      for byte in 0..<scalar.utf8Count {
        guard index < other.count, scalar.utf8Byte(byte) == other.byte(at: index) else { return false }
        index += 1
      }
    }
    return index == other.count
  }

  private func equals(_ other: ByteWindow, at bounds: Range<Int>) -> Bool {
    guard bounds.count == other.count else { return false }
    let whole = other.count & ~7
    for offset in stride(from: 0, to: whole, by: 8) {
      guard word(at: bounds.lowerBound + offset) == other.word(at: offset) else { return false }
    }
    for offset in whole..<other.count {
      guard byte(at: bounds.lowerBound + offset) == other.byte(at: offset) else { return false }
    }
    return true
  }

  // MARK: Scalars

  /// The scalar, or its one escape or pair of them, at `position`, which is moved behind it.
  func nextScalar(_ position: inout Int) -> UnescapedScalar {
    let lead = byte(at: position)
    if lead == UInt8(ascii: "\\") { return nextEscape(&position) }
    let length = lead < 0x80 ? 1 : lengthOfScalar(at: position)
    let packed = UInt32(truncatingIfNeeded: word(at: position))
    position += length
    return UnescapedScalar(utf8: packed, utf8Count: length)
  }

  private func nextEscape(_ position: inout Int) -> UnescapedScalar {
    let letter = byte(at: position + 1)
    guard letter == UInt8(ascii: "u") else {
      position += 2
      return UnescapedScalar(utf8: UInt32(unescaped(letter)), utf8Count: 1)
    }
    let unit = codeUnit(at: position)
    guard (0xD800...0xDBFF).contains(unit) else {
      position += 6
      return UnescapedScalar(encoding: unit)
    }
    let low = codeUnit(at: position + 6)
    position += 12
    return UnescapedScalar(encoding: 0x1_0000 + (unit - 0xD800) << 10 + (low - 0xDC00))
  }

  private func codeUnit(at escape: Int) -> UInt32 {
    (escape + 2..<escape + 6).reduce(0) { $0 << 4 | UInt32(hexValue(byte(at: $1)) ?? 0) }
  }

  private func unescaped(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0C
    case UInt8(ascii: "n"): 0x0A
    case UInt8(ascii: "r"): 0x0D
    case UInt8(ascii: "t"): 0x09
    default: letter  // a quote, a backslash, a slash
    }
  }
}

/// One scalar's UTF-8, the first byte lowest.
struct UnescapedScalar {
  var utf8: UInt32
  var utf8Count: Int

  func utf8Byte(_ index: Int) -> UInt8 { UInt8(truncatingIfNeeded: utf8 >> (8 * UInt32(index))) }
}

extension UnescapedScalar {
  init(encoding scalar: UInt32) {
    func continuation(_ shift: UInt32) -> UInt32 { 0x80 | scalar >> shift & 0x3F }
    switch scalar {
    case 0..<0x80: self.init(utf8: scalar, utf8Count: 1)
    case 0x80..<0x800: self.init(utf8: 0xC0 | scalar >> 6 | continuation(0) << 8, utf8Count: 2)
    case 0x800..<0x1_0000:
      self.init(utf8: 0xE0 | scalar >> 12 | continuation(6) << 8 | continuation(0) << 16, utf8Count: 3)
    default:
      self.init(
        utf8: 0xF0 | scalar >> 18 | continuation(12) << 8 | continuation(6) << 16 | continuation(0) << 24, utf8Count: 4)
    }
  }
}
