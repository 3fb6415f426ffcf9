/// MurmurHash3_x64_128 with seed 0 (Austin Appleby, public domain), of bytes that come in whole words, lowest byte first.
struct MurmurHash3: Sendable {
  private var first: UInt64 = 0
  private var second: UInt64 = 0
  /// The first word of a block whose second is still to come, where `words` is odd.
  private var pending: UInt64 = 0
  private var words: UInt64 = 0

  mutating func add(_ word: UInt64) {
    words &+= 1
    guard words.isMultiple(of: 2) else {
      pending = word
      return
    }
    first ^= Self.mixFirst(pending)
    first = first.rotated(left: 27) &+ second
    first = first &* 5 &+ 0x52DC_E729
    second ^= Self.mixSecond(word)
    second = second.rotated(left: 31) &+ first
    second = second &* 5 &+ 0x3849_5AB5
  }

  consuming func finish() -> DerivedID {
    if !words.isMultiple(of: 2) { first ^= Self.mixFirst(pending) }
    first ^= words &* 8
    second ^= words &* 8
    first &+= second
    second &+= first
    first = Self.avalanche(first)
    second = Self.avalanche(second)
    first &+= second
    second &+= first
    return DerivedID(high: first, low: second)
  }

  private static func mixFirst(_ word: UInt64) -> UInt64 {
    (word &* 0x87C3_7B91_1142_53D5).rotated(left: 31) &* 0x4CF5_AD43_2745_937F
  }

  private static func mixSecond(_ word: UInt64) -> UInt64 {
    (word &* 0x4CF5_AD43_2745_937F).rotated(left: 33) &* 0x87C3_7B91_1142_53D5
  }

  private static func avalanche(_ word: UInt64) -> UInt64 {
    var word = word
    word ^= word >> 33
    word &*= 0xFF51_AFD7_ED55_8CCD
    word ^= word >> 33
    word &*= 0xC4CE_B9FE_1A85_EC53
    return word ^ word >> 33
  }
}

extension UInt64 {
  fileprivate func rotated(left bits: UInt64) -> UInt64 { self << bits | self >> (64 - bits) }
}
