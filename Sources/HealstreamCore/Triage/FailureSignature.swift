/// Tells whether two failures have the same cause: FNV-1a (Fowler, Noll, Vo; 64 bits) over the rule, the status and the
/// error's text, in which whatever differs from one request to the next is masked: words with a digit in them (numbers,
/// ids, addresses), long hexadecimal words, URLs, and what stands in double quotes or backquotes.
enum FailureSignature {
  static func of(rule: String, status: Int?, error: [UInt8]) -> UInt64 {
    var hash = FNV1a()
    for byte in rule.utf8 { hash.add(byte) }
    hash.add(0)
    let status = UInt16(clamping: status ?? 0)
    hash.add(UInt8(truncatingIfNeeded: status >> 8))
    hash.add(UInt8(truncatingIfNeeded: status))
    addMasked(error, upTo: min(error.count, Evidence.maxErrorBytes), to: &hash)
    return hash.value
  }

  private static func addMasked(_ text: [UInt8], upTo end: Int, to hash: inout FNV1a) {
    var index = 0
    while index < end {
      let byte = text[index]
      if byte.isASCIIWordByte {
        index = addWord(text, from: index, upTo: end, to: &hash)
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`"),
        let close = text[(index + 1)..<end].firstIndex(of: byte)
      {
        hash.add(mask)
        index = close + 1
      } else {
        hash.add(byte)
        index += 1
      }
    }
  }

  /// Adds the word, or the URL, that starts at `start`; returns where it ends.
  private static func addWord(_ text: [UInt8], from start: Int, upTo end: Int, to hash: inout FNV1a) -> Int {
    var wordEnd = start
    while wordEnd < end, text[wordEnd].isASCIIWordByte || text[wordEnd].joinsWords { wordEnd += 1 }
    if text[wordEnd..<end].starts(with: "://".utf8) {
      hash.add(mask)
      while wordEnd < end, text[wordEnd] > 0x20, text[wordEnd] != UInt8(ascii: "\""), text[wordEnd] != UInt8(ascii: ")")
      {
        wordEnd += 1
      }
      return wordEnd
    }
    let word = text[start..<wordEnd]
    if word.contains(where: \.isASCIIDigit) || (word.count >= 8 && word.allSatisfy(\.isHexDigit)) {
      hash.add(mask)
    } else {
      for byte in word { hash.add(byte.asciiLowercased) }
    }
    return wordEnd
  }

  private static let mask = UInt8(ascii: "#")
}

private struct FNV1a {
  private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

  mutating func add(_ byte: UInt8) {
    value ^= UInt64(byte)
    value &*= 0x0000_0100_0000_01b3
  }
}

extension UInt8 {
  fileprivate var joinsWords: Bool { self == UInt8(ascii: "-") || self == UInt8(ascii: "_") }
  fileprivate var isHexDigit: Bool {
    isASCIIDigit || ((self | 0x20) >= UInt8(ascii: "a") && (self | 0x20) <= UInt8(ascii: "f"))
  }
}
