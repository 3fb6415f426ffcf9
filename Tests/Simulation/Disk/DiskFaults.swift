/// How often a disk fails or lies.
struct DiskFaults {
  /// A write that is reported as failed.
  var refused = 0.0
  /// A write that is reported as done, and is not there as it was written.
  var damaged = 0.0
  /// A read or a list that fails this once.
  var unreadable = 0.0
  /// The longest that a write takes, in milliseconds.
  var maxWriteMillis: Int64 = 0

  init() {}

  init(_ random: inout SplitMix64) {
    if random.chance(0.3) { refused = random.one(of: [0.1, 0.5]) }
    if random.chance(0.5) { damaged = random.one(of: [0.1, 0.5]) }
    if random.chance(0.2) { unreadable = random.one(of: [0.05, 0.2]) }
    maxWriteMillis = random.one(of: [0, 100, 3000, 30_000])
  }

  /// What becomes of bytes that are reported as written.
  enum Damage: CaseIterable { case lost, torn, flipped, emptied, foreign }
}
