import Foundation

@testable import HealstreamCore

/// Simulated deliveries of a fleet by seed: endpoints with a rate, a pattern and a background of failures, and faults in them.
struct Traffic {
  enum Pattern: Hashable {
    case poisson
    /// So many deliveries at once, as often as keeps the rate.
    case batches(of: [Int])
    /// Five times the rate for the first four minutes of each hour.
    case hourly
    /// Between a tenth of the rate and the whole of it, by the time of day.
    case daily
  }

  struct Fault {
    var endpoints: Range<Int>
    /// Minutes since the start.
    var minutes: Range<Int>
    /// Share of the attempts that fail.
    var failing = 0.0
    /// Factor on the rate.
    var flood = 1.0
  }

  struct Endpoint {
    var tenant: Int
    var ratePer5Min: Double
    var background: Double
  }

  static let start = Timestamp(millis: 1_790_000_000_000 / 3_600_000 * 3_600_000)

  var endpoints: [Endpoint]
  var pattern = Pattern.poisson
  var faults: [Fault] = []
  var minutes: Int
  var hasRetries = true

  /// Rates between 0.5 and 200 in 5 min and backgrounds of 0, 0.5, 2 and 5 %, in turn; five endpoints to a tenant.
  static func mixed(_ count: Int, minutes: Int, pattern: Pattern = .poisson) -> Traffic {
    let rates = [0.5, 2, 10, 50, 200]
    let backgrounds = [0, 0.005, 0.02, 0.05]
    let endpoints = (0..<count).map {
      Endpoint(tenant: $0 / 5, ratePer5Min: rates[$0 % 5], background: backgrounds[$0 / 5 % 4])
    }
    return Traffic(endpoints: endpoints, pattern: pattern, minutes: minutes)
  }

  struct Event {
    var at: Timestamp
    var endpoint: Int
    var delivery: Int
    var attempt: Int32
    var failed: Bool
  }

  /// In the order of event time.
  func events(seed: UInt64) -> [Event] {
    var random = SeededGenerator(seed: seed)
    var events: [Event] = []
    for endpoint in endpoints.indices {
      for minute in 0..<minutes { addMinute(minute, endpoint, &random, &events) }
    }
    events.sort { ($0.at, $0.endpoint, $0.delivery, $0.attempt) < ($1.at, $1.endpoint, $1.delivery, $1.attempt) }
    return events
  }

  private func addMinute(_ minute: Int, _ endpoint: Int, _ random: inout SeededGenerator, _ events: inout [Event]) {
    let fault = faults.first { $0.endpoints.contains(endpoint) && $0.minutes.contains(minute) }
    let rate = endpoints[endpoint].ratePer5Min / 5 * shape(minute) * (fault?.flood ?? 1)
    let sizes: [Int] = if case .batches(let sizes) = pattern { sizes } else { [1] }
    let meanSize = Double(sizes.reduce(0, +)) / Double(sizes.count)
    for _ in 0..<poisson(rate / meanSize, &random) {
      let at = Self.start + Int64(minute * 60_000) + Int64(random.uniform() * 60_000)
      for _ in 0..<sizes[Int(random.next() % UInt64(sizes.count))] {
        addDelivery(at + Int64(random.uniform() * 200), minute, endpoint, &random, &events)
      }
    }
  }

  private func addDelivery(
    _ at: Timestamp, _ minute: Int, _ endpoint: Int, _ random: inout SeededGenerator, _ events: inout [Event]
  ) {
    let delivery = Int(random.next() >> 16)
    let retries: [Int64] = hasRetries ? [0, 5_000, 300_000, 1_800_000] : [0]
    var time = at
    for (number, delay) in retries.enumerated() {
      time = time + delay
      let minute = Int((time - Self.start) / 60_000)
      let fault = faults.first { $0.endpoints.contains(endpoint) && $0.minutes.contains(minute) }
      let failed = random.chance(max(endpoints[endpoint].background, fault?.failing ?? 0))
      events.append(
        Event(at: time, endpoint: endpoint, delivery: delivery, attempt: Int32(number + 1), failed: failed))
      guard failed else { return }
    }
  }

  private func shape(_ minute: Int) -> Double {
    switch pattern {
    case .poisson, .batches: 1
    case .hourly: minute % 60 < 4 ? 5 : 1
    case .daily: 0.55 + 0.45 * sin(Double(minute) / 1440 * 2 * .pi)
    }
  }

  /// Knuth's method, in parts where the mean is large.
  private func poisson(_ mean: Double, _ random: inout SeededGenerator) -> Int {
    var left = mean
    var count = 0
    while left > 0 {
      let limit = exp(-min(left, 20))
      var product = random.uniform()
      while product > limit {
        count += 1
        product *= random.uniform()
      }
      left -= 20
    }
    return count
  }
}
