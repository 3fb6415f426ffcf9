/// First attempts, and those of them that failed, in one bucket of a key: exact up to 4,095 each, rounded above, never full in practice.
struct Counts: Equatable, Sendable, BitwiseCopyable {
  var attempts = RoundedCount()
  var failures = RoundedCount()

  /// - Parameter tick: another one for each event, in turn.
  /// - Returns: What was really added. Failures never become more than attempts.
  mutating func add(failed: Bool, tick: UInt16) -> Sums {
    var added = Sums(attempts: attempts.increment(tick: tick))
    if failed {
      added.failures = failures.increment(tick: tick, room: attempts.value - min(failures.value, attempts.value))
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
    left.attempts += right.attempts.value
    left.failures += right.failures.value
  }
  static func -= (left: inout Self, right: Counts) {
    left.attempts -= right.attempts.value
    left.failures -= right.failures.value
  }
}
