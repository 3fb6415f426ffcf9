/// Which deliveries may be among those that failed lately, in one word of an endpoint's row: most successes need not look further.
///
/// A Bloom filter of one hash (Bloom, "Space/Time Trade-offs in Hash Coding with Allowable Errors", CACM 13 (7), 1970). Nothing is
/// taken out of it: of an endpoint that has failed for long it may say of any delivery that it must be looked for.
struct FailureFilter: Sendable, BitwiseCopyable {
  private var bits: UInt64 = 0

  mutating func insert(hash: UInt64) { bits |= Self.bit(of: hash) }

  @inline(__always)
  func mayContain(hash: UInt64) -> Bool { bits & Self.bit(of: hash) != 0 }

  var isEmpty: Bool { bits == 0 }

  /// Whether it may contain all that the other one may.
  func covers(_ other: FailureFilter) -> Bool { other.bits & ~bits == 0 }

  /// By the lowest bits, which are also kept where only half of a hash is.
  @inline(__always)
  private static func bit(of hash: UInt64) -> UInt64 { 1 &<< (hash & 63) }
}
