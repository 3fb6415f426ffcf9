/// A text made ready for phrase matching, in which writing habits no longer matter.
///
/// ASCII, Latin-1, Greek and Cyrillic letters are in lower case; blanks, quotes, `_` and `-` are gone, so that `rate limit`,
/// `rate_limit`, `Rate-Limit` and `RateLimit` are all `ratelimit`. Terminal colours (ECMA-48 escape sequences), HTML
/// tags, scripts, entities and URL-encoded blanks are dropped. URLs, paths, host and file names are left out: a name is no evidence of what
/// happened.
///
/// Each byte kept remembers where it stood in the raw text, whether a blank or its like stood before it, and whether it
/// belongs to the name of a JSON member.
struct FoldedText: Sendable {
  private(set) var bytes: [UInt8] = []
  private(set) var marks: [Mark] = []

  struct Mark: Equatable, Sendable {
    /// Bytes from the start of the raw text.
    var origin: UInt16
    /// Something other than a letter, a digit, `_` or `-` was dropped just before this byte.
    var isSeparated: Bool
    /// Part of a JSON member's name.
    var isInName: Bool
  }

  /// Folds the first `maxBytes` (at most 65,535) of a text.
  mutating func fold(_ raw: [UInt8], maxBytes: Int) {
    bytes.removeAll(keepingCapacity: true)
    marks.removeAll(keepingCapacity: true)
    var reader = Reader(raw: raw, end: min(raw.count, maxBytes, Int(UInt16.max)))
    while reader.position < reader.end { step(&reader) }
  }

  /// A phrase of a rule, by the same folding of letters; names in it are kept.
  static func phrase(_ raw: [UInt8]) -> [UInt8] {
    var folded = FoldedText()
    folded.bytes.reserveCapacity(raw.count)
    folded.marks.reserveCapacity(raw.count)
    var reader = Reader(raw: raw, end: min(raw.count, Int(UInt16.max)), masksNames: false)
    while reader.position < reader.end { folded.step(&reader) }
    return folded.bytes
  }

  /// Whether it holds three words, or what would be as much in a script without blanks.
  var isProse: Bool {
    var words = 0
    var foreignBytes = 0
    for index in bytes.indices where !marks[index].isInName {
      if bytes[index] >= 0x80 { foreignBytes += 1 }
      if marks[index].isSeparated, bytes[index].isASCIILetter { words += 1 }
      if words >= 3 || foreignBytes >= 12 { return true }
    }
    return false
  }

  /// Whether the byte at `index` goes on with the word or dotted name to which the byte before it belongs.
  func continuesWord(at index: Int) -> Bool {
    guard index > 0, index < bytes.count, !marks[index].isSeparated else { return false }
    return bytes[index].isASCIIWordByte && bytes[index - 1].isASCIIWordByte
  }
}

extension FoldedText {
  private struct Reader {
    let raw: [UInt8]
    let end: Int
    var masksNames = true
    var position = 0
    var isSeparated = true
    /// Where the name in quotes that may be a JSON member's began, as an index of the folded bytes.
    var nameStart: Int?
    /// The last byte that was no blank, in the raw text.
    var lastSolid: UInt8 = 0
    /// Up to here the word under the reader has been looked at and is no host or file name.
    var judgedUpTo = 0

    func peek(_ distance: Int = 1) -> UInt8 {
      position + distance < end ? raw[position + distance] : 0
    }
  }

  private mutating func step(_ reader: inout Reader) {
    let byte = reader.raw[reader.position]
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      word(byte, &reader)
    case 0...0x20, 0x7F: blank(byte, &reader)
    case UInt8(ascii: "_"), UInt8(ascii: "-"): reader.position += 1
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"): quote(byte, &reader)
    case UInt8(ascii: "\\"): skip(isLineBreak(reader.peek()) ? 2 : 1, &reader)
    case UInt8(ascii: "<"):
      skip(Markup.length(in: reader.raw, at: reader.position, end: reader.end), orKeep: byte, &reader)
    case UInt8(ascii: "&"):
      skip(Markup.entityLength(in: reader.raw, at: reader.position, end: reader.end), orKeep: byte, &reader)
    case UInt8(ascii: "/"): slash(&reader)
    case UInt8(ascii: "+"): skip(1, &reader)  // a blank, in a form
    case UInt8(ascii: "%"):
      skip(Markup.encodedBlankLength(in: reader.raw, at: reader.position, end: reader.end), orKeep: byte, &reader)
    case 0x80...: beyondASCII(byte, &reader)
    default: keep(byte, &reader)
    }
  }

  private func isLineBreak(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "n") }

  private mutating func keep(_ byte: UInt8, _ reader: inout Reader) {
    bytes.append(byte)
    marks.append(
      Mark(origin: UInt16(truncatingIfNeeded: reader.position), isSeparated: reader.isSeparated, isInName: false))
    reader.isSeparated = false
    reader.lastSolid = byte
    reader.position += 1
  }

  private func skip(_ count: Int, _ reader: inout Reader) {
    reader.position += count
    reader.isSeparated = true
  }

  private mutating func skip(_ count: Int, orKeep byte: UInt8, _ reader: inout Reader) {
    if count > 0 { skip(count, &reader) } else { keep(byte, &reader) }
  }

  private func blank(_ byte: UInt8, _ reader: inout Reader) {
    let isEscape = byte == 0x1B
    skip(isEscape ? Markup.escapeLength(in: reader.raw, at: reader.position, end: reader.end) : 1, &reader)
  }

  private mutating func word(_ byte: UInt8, _ reader: inout Reader) {
    if reader.masksNames, reader.position >= reader.judgedUpTo {
      let name = DottedName(in: reader.raw, at: reader.position, end: reader.end)
      if name.isHostOrFile { return skip(name.end - reader.position, &reader) }
      reader.judgedUpTo = name.end
    }
    keep(byte.asciiLowercased, &reader)
  }

  /// Quotes vanish; those around a JSON member's name mark what stands between them.
  private mutating func quote(_ byte: UInt8, _ reader: inout Reader) {
    if let start = reader.nameStart {
      if isFollowedByColon(reader) {
        for index in start..<bytes.count { marks[index].isInName = true }
      }
      reader.nameStart = nil
    } else if reader.lastSolid == UInt8(ascii: "{") || reader.lastSolid == UInt8(ascii: ",") {
      reader.nameStart = bytes.count
    }
    skip(1, &reader)
    reader.lastSolid = byte
  }

  private func isFollowedByColon(_ reader: Reader) -> Bool {
    var ahead = reader.position + 1
    while ahead < reader.end, reader.raw[ahead] <= 0x20 { ahead += 1 }
    return ahead < reader.end && reader.raw[ahead] == UInt8(ascii: ":")
  }

  /// A slash begins a URL's authority (`://`) or, at the start of a word, a path; between two words it is kept.
  private mutating func slash(_ reader: inout Reader) {
    let isAuthority = bytes.last == UInt8(ascii: ":") && reader.peek() == UInt8(ascii: "/")
    let startsWord = reader.isSeparated || !(bytes.last?.isASCIIWordByte ?? false)
    guard reader.masksNames, isAuthority || (startsWord && reader.peek().isASCIIWordByte) else {
      return keep(UInt8(ascii: "/"), &reader)
    }
    var end = reader.position
    while end < reader.end, !reader.raw[end].endsName { end += 1 }
    // A colon or full stop that closes the name belongs to the sentence.
    while end > reader.position + 1,
      reader.raw[end - 1] == UInt8(ascii: ":") || reader.raw[end - 1] == UInt8(ascii: ".")
    {
      end -= 1
    }
    skip(end - reader.position, &reader)
  }

  private mutating func beyondASCII(_ byte: UInt8, _ reader: inout Reader) {
    let next = reader.peek()
    switch (byte, next) {
    case (0xC2, 0xA0): skip(2, &reader)  // no-break space
    case (0xE2, 0x80), (0xE3, 0x80), (0xEF, 0xBC): punctuation(byte, next, &reader)
    case (0xC3, 0x80...0x9E) where next != 0x97: pair(0xC3, next + 0x20, &reader)
    case (0xCE, 0x86): pair(0xCE, 0xAC, &reader)
    case (0xCE, 0x88...0x8A): pair(0xCE, next + 0x25, &reader)
    case (0xCE, 0x91...0x9F): pair(0xCE, next + 0x20, &reader)
    case (0xCE, 0xA0...0xA9): pair(0xCF, next - 0x20, &reader)
    case (0xCE, 0x8C): pair(0xCF, 0x8C, &reader)
    case (0xCE, 0x8E...0x8F): pair(0xCF, next - 1, &reader)
    case (0xD0, 0x90...0x9F): pair(0xD0, next + 0x20, &reader)
    case (0xD0, 0xA0...0xAF): pair(0xD1, next - 0x20, &reader)
    default: keep(byte, &reader)
    }
  }

  /// Typographic quotes and dashes, CJK and full-width punctuation separate words; letters of those blocks are kept.
  private mutating func punctuation(_ first: UInt8, _ second: UInt8, _ reader: inout Reader) {
    let third = reader.peek(2)
    if first == 0xE2 || (first == 0xE3 && third < 0xA0) || (first == 0xEF && isFullWidthSign(third)) {
      skip(3, &reader)
    } else {
      keep(first, &reader)
    }
  }

  /// Of U+FF00 to U+FF3F, whose digits and capitals are no signs.
  private func isFullWidthSign(_ third: UInt8) -> Bool {
    third < 0x90 || (0x9A...0xA0).contains(third) || third >= 0xBB
  }

  private mutating func pair(_ first: UInt8, _ second: UInt8, _ reader: inout Reader) {
    keep(first, &reader)
    keep(second, &reader)
  }
}

extension UInt8 {
  var isASCIIDigit: Bool { self >= UInt8(ascii: "0") && self <= UInt8(ascii: "9") }
  var isASCIILetter: Bool { (self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "z") }
  var isASCIIWordByte: Bool { isASCIIDigit || isASCIILetter }
  var asciiLowercased: UInt8 { self >= UInt8(ascii: "A") && self <= UInt8(ascii: "Z") ? self | 0x20 : self }

  /// Ends a URL or a path in running text.
  fileprivate var endsName: Bool {
    switch self {
    case 0...0x20, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "<"), UInt8(ascii: ">"),
      UInt8(ascii: ")"),
      UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\\"):
      true
    default: false
    }
  }
}
