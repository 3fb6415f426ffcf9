import HealstreamCore

/// An attempt that is due.
struct Attempt: Equatable, Sendable {
  let at: Timestamp
  let deliveryID: String
  let endpoint: Int
  /// How many times the sender itself has tried again before.
  var retries = 0
  /// The heal action that asked for it.
  var actionID: String?

  var isFirst: Bool { retries == 0 && actionID == nil }

  func retry(after millis: Int64) -> Attempt {
    Attempt(at: at + millis, deliveryID: deliveryID, endpoint: endpoint, retries: retries + 1)
  }
}

/// Attempts in the order in which they are due; those of one moment in the order of their deliveries.
struct AttemptQueue: Sendable {
  /// The first to come is last.
  private var attempts: [Attempt] = []

  mutating func insert(_ attempt: Attempt) {
    var low = 0
    var high = attempts.count
    while low < high {
      let middle = (low + high) / 2
      if (attempts[middle].at, attempts[middle].deliveryID) > (attempt.at, attempt.deliveryID) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    attempts.insert(attempt, at: low)
  }

  mutating func popFirst(before later: Timestamp) -> Attempt? {
    guard let first = attempts.last, first.at < later else { return nil }
    return attempts.removeLast()
  }
}
