/// First attempts, and those of them that failed, in one bucket of a key. Each saturates at 65,535.
struct Counts: Equatable, Sendable, BitwiseCopyable {
  var attempts: UInt16 = 0
  var failures: UInt16 = 0

  /// - Returns: What was really added, less than asked where a count is full.
  mutating func add(failed: Bool) -> Sums {
    var added = Sums()
    if attempts < .max {
      attempts += 1
      added.attempts = 1
    }
    if failed, failures < .max {
      failures += 1
      added.failures = 1
    }
    return added
  }
}

/// Sums over buckets.
struct Sums: Equatable, Sendable, BitwiseCopyable {
  var attempts: UInt32 = 0
  var failures: UInt32 = 0

  static func += (left: inout Self, right: Self) {
    left.attempts += right.attempts
    left.failures += right.failures
  }
  static func += (left: inout Self, right: Counts) {
    left.attempts += UInt32(right.attempts)
    left.failures += UInt32(right.failures)
  }
  static func -= (left: inout Self, right: Counts) {
    left.attempts -= UInt32(right.attempts)
    left.failures -= UInt32(right.failures)
  }
}
