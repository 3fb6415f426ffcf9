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
}
