/// The last 8 bytes of sealed state: XXH64 of everything before them, against tearing, cutting and flipping.
private let sealByteCount = 8

extension StateWriter {
  /// The bytes with their seal; takes about as long as copying them.
  package consuming func sealed() -> [UInt8] {
    write(XXHash64.digest(bytes.span))
    return bytes
  }
}

extension StateReader {
  /// Reads sealed bytes, if they are whole.
  package init(sealed bytes: [UInt8]) throws(StateError) {
    let end = bytes.count - sealByteCount
    guard end >= 0 else {
      throw StateError(expected: "at least \(sealByteCount) bytes", found: "\(bytes.count)", at: 0)
    }
    var seal = StateReader(bytes, end..<bytes.count)
    guard try seal.read(UInt64.self) == XXHash64.digest(bytes.span.extracting(..<end)) else {
      throw StateError(expected: "the checksum of what stands before it", found: "another", at: end)
    }
    self.init(bytes, 0..<end)
  }
}
