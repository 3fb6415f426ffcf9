/// RFC 8259's grammar, written down as slowly and as plainly as it can be: what the scanner is compared with.
struct JSONModel {
  private var rest: ArraySlice<UInt8>
  private var depth = 0

  /// Whether the bytes are one JSON text of at most 64 levels, its strings well formed.
  static func accepts(_ bytes: [UInt8]) -> Bool {
    var model = JSONModel(rest: bytes[...])
    guard model.value() else { return false }
    model.white()
    return model.rest.isEmpty
  }

  private mutating func value() -> Bool {
    white()
    switch rest.first {
    case UInt8(ascii: "{"): return nested { $0.list(until: UInt8(ascii: "}")) { $0.member() } }
    case UInt8(ascii: "["): return nested { $0.list(until: UInt8(ascii: "]")) { $0.value() } }
    case UInt8(ascii: "\""): return string()
    case UInt8(ascii: "t"): return take("true")
    case UInt8(ascii: "f"): return take("false")
    case UInt8(ascii: "n"): return take("null")
    default: return number()
    }
  }

  private mutating func nested(_ body: (inout JSONModel) -> Bool) -> Bool {
    rest.removeFirst()
    depth += 1
    defer { depth -= 1 }
    return depth <= 64 && body(&self)
  }

  private mutating func list(until close: UInt8, _ element: (inout JSONModel) -> Bool) -> Bool {
    white()
    if take(close) { return true }
    while true {
      guard element(&self) else { return false }
      white()
      if take(close) { return true }
      guard take(UInt8(ascii: ",")) else { return false }
    }
  }

  private mutating func member() -> Bool {
    white()
    guard rest.first == UInt8(ascii: "\""), string() else { return false }
    white()
    return take(UInt8(ascii: ":")) && value()
  }

  private mutating func number() -> Bool {
    _ = take(UInt8(ascii: "-"))
    if !take(UInt8(ascii: "0")) {
      guard digits() else { return false }
    }
    if take(UInt8(ascii: ".")) {
      guard digits() else { return false }
    }
    if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
      _ = take(UInt8(ascii: "+")) || take(UInt8(ascii: "-"))
      return digits()
    }
    return true
  }

  private mutating func digits() -> Bool {
    let count = rest.prefix { (0x30...0x39).contains($0) }.count
    rest.removeFirst(count)
    return count > 0
  }

  private mutating func string() -> Bool {
    rest.removeFirst()
    var units: [UInt16] = []
    var plain: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\"") { return isWhole(plain) && pairs(units) }
      if byte < 0x20 { return false }
      guard byte == UInt8(ascii: "\\") else {
        plain.append(byte)
        units.append(1)
        continue
      }
      plain.append(0x20)
      guard let unit = escape() else { return false }
      units.append(unit)
    }
    return false
  }

  private func isWhole(_ bytes: [UInt8]) -> Bool { Array(String(decoding: bytes, as: UTF8.self).utf8) == bytes }

  private func pairs(_ units: [UInt16]) -> Bool {
    Array(String(decoding: units, as: UTF16.self).utf16) == units
  }

  private mutating func escape() -> UInt16? {
    guard let letter = rest.popFirst() else { return nil }
    if letter != UInt8(ascii: "u") { return "\"\\/bfnrt".utf8.contains(letter) ? 1 : nil }
    let digits = rest.prefix(4)
    rest = rest.dropFirst(4)
    guard digits.count == 4, digits.allSatisfy({ "0123456789abcdefABCDEF".utf8.contains($0) }) else { return nil }
    return UInt16(String(decoding: digits, as: UTF8.self), radix: 16)
  }

  private mutating func white() { rest = rest.drop { [0x20, 0x09, 0x0A, 0x0D].contains($0) } }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard rest.first == byte else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func take(_ word: String) -> Bool { word.utf8.allSatisfy { take($0) } }
}
