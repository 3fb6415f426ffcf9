/// Xorshift64* (Vigna 2016): the same numbers from the same state.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64  // not 0

  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_f491_4f6c_dd1d
  }
}
