/// The last 16 bytes of sealed state: MurmurHash3_x64_128 of everything before them, against tearing, cutting and flipping.
///
/// It is no defence against forgery: it has no key.
private enum Seal {
  static let byteCount = 16

  static func words(_ bytes: Span<UInt8>) -> (UInt64, UInt64) {
    let window = ByteWindow(bytes)
    var hash = MurmurHash3()
    for position in stride(from: 0, to: bytes.count, by: 8) { hash.add(window.word(at: position)) }
    hash.add(UInt64(bytes.count))
    let digest = hash.finish()
    return (digest.high, digest.low)
  }
}

extension StateWriter {
  /// The bytes with their seal; takes about as long as copying them.
  package consuming func sealed() -> [UInt8] {
    let (high, low) = Seal.words(bytes.span)
    write(high, low)
    return bytes
  }
}

extension StateReader {
  /// Reads sealed bytes, if they are whole.
  package init(sealed bytes: [UInt8]) throws(StateError) {
    let end = bytes.count - Seal.byteCount
    guard end >= 0 else {
      throw StateError(expected: "at least \(Seal.byteCount) bytes", found: "\(bytes.count)", at: 0)
    }
    var seal = StateReader(bytes, end..<bytes.count)
    let found: (UInt64, UInt64) = (try seal.read(), try seal.read())
    guard found == Seal.words(bytes.span.extracting(..<end)) else {
      throw StateError(expected: "the checksum of what stands before it", found: "another", at: end)
    }
    self.init(bytes, 0..<end)
  }
}
