/// Borrowed bytes that may be looked at anywhere: past the end they read as zero.
///
/// A NUL is valid nowhere in a JSON text, so a scanner meets the end as it meets any other wrong byte, and needs no second check.
/// The raw loads of this module are all here, each behind its own bounds check: no position can reach outside the bytes.
struct ByteWindow: ~Escapable {
  let span: Span<UInt8>
  /// Eight bytes can be loaded at the positions below it.
  private let wordsEnd: UInt

  @_lifetime(copy span)
  init(_ span: Span<UInt8>) {
    self.span = span
    wordsEnd = UInt(max(span.count - 7, 0))
  }

  @inline(__always) var count: Int { span.count }

  @inline(__always)
  func byte(at position: Int) -> UInt8 {
    guard UInt(bitPattern: position) < UInt(bitPattern: span.count) else { return 0 }
    return unsafe span[unchecked: position]
  }

  /// Two bytes, the first one lowest; `nil` near the end.
  @inline(__always)
  func pair(at position: Int) -> UInt16? {
    guard UInt(bitPattern: position) < wordsEnd else { return nil }
    return unsafe UInt16(
      littleEndian: span.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: UInt16.self))
  }

  /// Eight bytes, the first one lowest.
  @inline(__always)
  func word(at position: Int) -> UInt64 {
    guard UInt(bitPattern: position) < wordsEnd else { return lastWord(at: position) }
    return unsafe UInt64(
      littleEndian: span.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: position, as: UInt64.self))
  }

  /// The up to seven bytes that are left, zeros above them: of eight bytes or more the last word, shifted.
  @inline(never)
  private func lastWord(at position: Int) -> UInt64 {
    let left = count &- position
    if wordsEnd > 0, left > 0, position >= 0 {
      let word = unsafe UInt64(
        littleEndian: span.bytes.unsafeLoadUnaligned(fromUncheckedByteOffset: count &- 8, as: UInt64.self))
      return word &>> (8 &* UInt64(8 &- left))
    }
    var word: UInt64 = 0
    for index in 0..<8 {
      word |= UInt64(byte(at: position &+ index)) &<< (8 &* UInt64(index))
    }
    return word
  }

  static var ones: UInt64 { 0x0101_0101_0101_0101 }
  static var tops: UInt64 { ones &* 0x80 }

  /// Flags, by their top bits, the bytes of a word that are the given one; the lowest flag is exact (Lamport, "Multiple Byte Processing
  /// with Full-Word Instructions", CACM 18 (8), 1975).
  @inline(__always)
  static func equal(_ byte: UInt8, _ word: UInt64) -> UInt64 {
    let differences = word ^ (ones &* UInt64(byte))
    return (differences &- ones) & ~differences & tops
  }

  /// Flags, by their top bits, the bytes of ASCII that stand in a JSON string only escaped: a quote, a backslash, a control character.
  ///
  /// With its second bit turned a quote is 0x20, and control characters stay below: one comparison finds both. `x - n` borrows into
  /// the top bit of bytes below n. A borrow may also flag the byte above such a one, never one below, so the lowest flag is exact
  /// (Lamport, as above). The top bits of bytes beyond ASCII, and all other bits, mean nothing.
  @inline(__always)
  static func escaped(_ word: UInt64) -> UInt64 {
    let quotesAndControls = (word ^ (ones &* 0x02)) &- (ones &* 0x21)
    let backslashes = (word ^ (ones &* 0x5C)) &- ones
    return quotesAndControls | backslashes
  }

  /// The first position from `start` on that is flagged, by the top bits of a word's bytes, else the end of all.
  @inline(__always)
  func end(from start: Int, flagging flags: (UInt64) -> UInt64) -> Int {
    var position = start
    while position < count {
      let flags = flags(word(at: position))
      if flags != 0 { return min(count, position + flags.trailingZeroBitCount / 8) }
      position += 8
    }
    return count
  }

  /// Appends a text that is well formed without its escapes, up to eight bytes at a time.
  /// - Precondition: the range lies within the bytes.
  func appendUnescaped(_ range: Range<Int>, to output: inout [UInt8]) {
    var end = output.count
    output.append(contentsOf: repeatElement(0, count: range.count + 8))
    unsafe output.withUnsafeMutableBytes { bytes in
      var at = range.lowerBound
      while at < range.upperBound {
        let word = word(at: at)
        let escapes = Self.equal(UInt8(ascii: "\\"), word)
        unsafe bytes.storeBytes(of: word.littleEndian, toByteOffset: end, as: UInt64.self)
        let plain = min(escapes.trailingZeroBitCount &>> 3, range.upperBound - at)
        at += plain
        end += plain
        guard plain < 8, at < range.upperBound else { continue }
        let scalar = nextScalar(&at)
        unsafe bytes.storeBytes(of: scalar.utf8.littleEndian, toByteOffset: end, as: UInt32.self)
        end += scalar.utf8Count
      }
    }
    output.removeLast(output.count - end)
  }

  /// - Precondition: the range lies within the bytes.
  func append(_ range: Range<Int>, to output: inout [UInt8]) {
    unsafe span.extracting(range).withUnsafeBufferPointer { unsafe output.append(contentsOf: $0) }
  }

  /// Puts the range's bytes in the place of all that `output` holds: where those are as many, as ids are, they are just overwritten.
  /// - Precondition: the range lies within the bytes.
  func copy(_ range: Range<Int>, to output: inout [UInt8]) {
    guard output.count == range.count else {
      output.removeAll(keepingCapacity: true)
      return append(range, to: &output)
    }
    unsafe span.extracting(range).withUnsafeBytes { source in
      unsafe output.withUnsafeMutableBytes { unsafe $0.copyMemory(from: source) }
    }
  }
}

extension [UInt8] {
  /// Appends borrowed bytes all at once.
  package mutating func append(copying bytes: Span<UInt8>) { ByteWindow(bytes).append(0..<bytes.count, to: &self) }

  package mutating func append(_ text: StaticString) {
    unsafe append(contentsOf: UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }
}
