import HealstreamCore

/// What an endpoint can take: a token bucket that fills at its capacity and holds two minutes of it.
struct Capacity: Sendable {
  private let perMinute: Double
  private var tokens: Double
  private var filledAt: Timestamp

  init(of endpoint: SimulatedEndpoint, from start: Timestamp) {
    perMinute = endpoint.capacityPerMinute ?? 6 * endpoint.ratePerMinute
    tokens = 2 * perMinute
    filledAt = start
  }

  /// Whether there is room for one more attempt.
  mutating func take(at: Timestamp) -> Bool {
    let minutes = Double(max(0, at - filledAt)) / 60_000
    tokens = min(2 * perMinute, tokens + minutes * perMinute)
    filledAt = max(filledAt, at)
    guard tokens >= 1 else { return false }
    tokens -= 1
    return true
  }
}
