/// A name of 128 bits for what it was made of: the same parts give the same id, in any run and on any machine.
///
/// **Not cryptographic**: it has no key, and who may choose the parts can make two things share an id.
///
/// The id is MurmurHash3_x64_128 with seed 0 (Austin Appleby, public domain) over 64-bit words, lowest byte first. Each part is one
/// word of `kind << 56 | byteCount`, kind 1 for bytes and text in UTF-8, 2 for an integer, then its bytes, filled up with zeros to
/// whole words. So no two sequences of parts have the same words: ("ab", "c") is not ("a", "bc"), nor is a text its number.
package struct DerivedID: Hashable, Sendable {
  package let high: UInt64
  package let low: UInt64

  package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  /// 32 lower-case hexadecimal digits.
  package var hex: String {
    var text: [UInt8] = []
    append(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends what `hex` gives.
  package func append(to bytes: inout [UInt8]) {
    var digits: [32 of UInt8] = .init(repeating: 0)
    for place in 0..<16 {
      let shift = UInt64(60 - 4 * place)
      digits[place] = hexDigit(UInt8(high >> shift & 15))
      digits[16 + place] = hexDigit(UInt8(low >> shift & 15))
    }
    bytes.append(copying: digits.span)
  }

  /// Takes an id's parts one after the other, without allocating.
  package struct Builder: Sendable {
    private var hash = MurmurHash3()

    /// - Parameter kind: what is named, such as `incident`: the first part, so that ids of two kinds never meet.
    package init(_ kind: StaticString) {
      unsafe add(Span(_unsafeStart: kind.utf8Start, count: kind.utf8CodeUnitCount))
    }

    package mutating func add(_ bytes: Span<UInt8>) {
      hash.add(1 << 56 | UInt64(bytes.count))
      let bytes = ByteWindow(bytes)
      for start in stride(from: 0, to: bytes.count, by: 8) { hash.add(bytes.word(at: start)) }
    }

    package mutating func add(_ bytes: [UInt8]) { add(bytes.span) }

    package mutating func add(_ text: String) { add(text.utf8.span) }

    package mutating func add(_ integer: Int64) {
      hash.add(2 << 56 | 8)
      hash.add(UInt64(bitPattern: integer))
    }

    package mutating func add(_ at: Timestamp) { add(at.millis) }

    package consuming func finish() -> DerivedID { hash.finish() }
  }
}
