/// Recognises what is not text in a message: terminal escape sequences, HTML and XML tags, entities.
enum Markup {
  /// The length of the ECMA-48 escape sequence at `start`, where ESC stands: `ESC [ … letter`, or ESC and one byte.
  static func escapeLength(in raw: [UInt8], at start: Int, end: Int) -> Int {
    guard start + 1 < end, raw[start + 1] == UInt8(ascii: "[") else { return min(2, end - start) }
    var index = start + 2
    while index < end, (0x20...0x3F).contains(raw[index]) { index += 1 }
    return min(index + 1, end) - start
  }

  /// The length of the entity (`&nbsp;`, `&#39;`) at `start`, where `&` stands; 0 where there is none.
  static func entityLength(in raw: [UInt8], at start: Int, end: Int) -> Int {
    var index = start + 1
    if index < end, raw[index] == UInt8(ascii: "#") { index += 1 }
    let nameStart = index
    while index < min(end, start + 10), raw[index].isASCIIWordByte { index += 1 }
    guard index > nameStart, index < end, raw[index] == UInt8(ascii: ";") else { return 0 }
    return index + 1 - start
  }

  /// The length of the URL-encoded blank or quote (`%20`, `%22`, `%27`) at `start`, where `%` stands; 0 for others.
  static func encodedBlankLength(in raw: [UInt8], at start: Int, end: Int) -> Int {
    guard start + 2 < end, raw[start + 1] == UInt8(ascii: "2") else { return 0 }
    return [UInt8(ascii: "0"), UInt8(ascii: "2"), UInt8(ascii: "7")].contains(raw[start + 2]) ? 3 : 0
  }

  /// The length of the tag, comment, script or style sheet at `start`, where `<` stands; 0 where there is none.
  ///
  /// Clients put messages into angle brackets too (`<urlopen error timed out>`), so a tag's name must be followed by
  /// its end or by an attribute with a value.
  static func length(in raw: [UInt8], at start: Int, end: Int) -> Int {
    var index = start + 1
    guard index < end else { return 0 }
    if raw[index] == UInt8(ascii: "!") || raw[index] == UInt8(ascii: "?") {
      return through(">", in: raw, from: index, end: end) - start
    }
    let isClosing = raw[index] == UInt8(ascii: "/")
    if isClosing { index += 1 }
    let nameStart = index
    while index < end, raw[index].isASCIIWordByte || raw[index].joinsNames || raw[index] == UInt8(ascii: ":") {
      index += 1
    }
    guard index > nameStart, raw[nameStart].isASCIILetter, isTagEnd(in: raw, at: index, end: end) else { return 0 }
    let tagEnd = through(">", in: raw, from: index, end: end)
    if isClosing { return tagEnd - start }
    return (contentEnd(ofTag: raw[nameStart..<index], in: raw, from: tagEnd, end: end) ?? tagEnd) - start
  }

  private static func isTagEnd(in raw: [UInt8], at start: Int, end: Int) -> Bool {
    var index = start
    while index < end, raw[index] <= 0x20 || raw[index] == UInt8(ascii: "/") { index += 1 }
    guard index < end else { return false }
    if raw[index] == UInt8(ascii: ">") { return true }
    let attributeStart = index
    while index < end, raw[index].isASCIIWordByte || raw[index].joinsNames || raw[index] == UInt8(ascii: ":") {
      index += 1
    }
    return index > attributeStart && index < end && raw[index] == UInt8(ascii: "=")
  }

  /// Where the text after a script or style sheet goes on; `nil` for other tags.
  private static func contentEnd(ofTag name: ArraySlice<UInt8>, in raw: [UInt8], from start: Int, end: Int) -> Int? {
    let lowercased = name.lazy.map(\.asciiLowercased)
    guard lowercased.elementsEqual("script".utf8) || lowercased.elementsEqual("style".utf8) else { return nil }
    var index = start
    while index + 1 < end, raw[index] != UInt8(ascii: "<") || raw[index + 1] != UInt8(ascii: "/") { index += 1 }
    return index + 1 < end ? index : end
  }

  private static func through(_ closing: Unicode.Scalar, in raw: [UInt8], from start: Int, end: Int) -> Int {
    var index = start
    while index < end, raw[index] != UInt8(ascii: closing) { index += 1 }
    return min(index + 1, end)
  }
}

extension UInt8 {
  /// Stands within the names of hosts, files and tags.
  var joinsNames: Bool { self == UInt8(ascii: ".") || self == UInt8(ascii: "-") || self == UInt8(ascii: "_") }
}
