/// A name of at most 16 bytes held in two words, so that a `switch` over names compares integers.
struct ShortName: Equatable, Sendable {
  private(set) var head: UInt64 = 0
  private(set) var tail: UInt64 = 0
  private(set) var count = 0

  static let maxBytes = 16

  init() {}

  /// The `count` bytes at `start`; `nil` where they are more than `maxBytes`.
  @inline(__always)
  init?(_ bytes: ByteWindow, at start: Int, count: Int) {
    guard count <= Self.maxBytes else { return nil }
    self.count = count
    head = bytes.word(at: start) & Self.mask(bytes: min(count, 8))
    if count > 8 { tail = bytes.word(at: start &+ 8) & Self.mask(bytes: count &- 8) }
  }

  @inline(__always)
  mutating func append(_ byte: UInt8) {
    if count < 8 {
      head |= UInt64(byte) &<< (8 &* UInt64(truncatingIfNeeded: count))
    } else {
      tail |= UInt64(byte) &<< (8 &* UInt64(truncatingIfNeeded: count &- 8))
    }
    count &+= 1
  }

  /// A word's lowest `bytes` bytes, of 1 to 8; none for 0.
  @inline(__always)
  static func mask(bytes: Int) -> UInt64 {
    bytes == 0 ? 0 : ~0 &>> (64 &- 8 &* UInt64(truncatingIfNeeded: bytes))
  }
}

extension ShortName: ExpressibleByStringLiteral {
  /// Becomes two constants where it is inlined.
  /// - Precondition: at most `maxBytes` bytes.
  @inline(__always)
  init(stringLiteral name: StaticString) {
    count = name.utf8CodeUnitCount
    precondition(count <= Self.maxBytes)
    for index in 0..<min(count, 8) {
      head |= unsafe UInt64(name.utf8Start[index]) &<< (8 &* UInt64(truncatingIfNeeded: index))
    }
    for index in 8..<max(count, 8) {
      tail |= unsafe UInt64(name.utf8Start[index]) &<< (8 &* UInt64(truncatingIfNeeded: index &- 8))
    }
  }
}
