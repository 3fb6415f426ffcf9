/// How many of a tenant's present runs of failures began in each of the last minutes in which one did.
///
/// So that the tenant still counts by an earlier run when the ones that began last have ended.
struct RunStarts: Sendable, BitwiseCopyable {
  /// One more than are asked about, which leaves no gap in a row.
  private static let minuteCount: Int64 = 6

  /// The last minute in which a run began.
  private var minute = EndpointRow.never
  /// A ring that ends there.
  private var counts: [6 of Int32] = .init(repeating: 0)

  mutating func begin(at start: Int64) {
    if start > minute {
      let passed = minute == EndpointRow.never ? Self.minuteCount : min(start - minute, Self.minuteCount)
      for back in 0..<passed { counts[slot(start - back)] = 0 }
      minute = start
    }
    if minute - start < Self.minuteCount { counts[slot(start)] += 1 }
  }

  mutating func end(startedAt start: Int64) {
    if minute != EndpointRow.never, minute - start < Self.minuteCount { counts[slot(start)] -= 1 }
  }

  /// The latest minute in which a run began that goes on; `nil` where none is known.
  var latest: Int64? {
    guard minute != EndpointRow.never else { return nil }
    return (0..<Self.minuteCount).lazy.map { minute - $0 }.first { counts[slot($0)] > 0 }
  }

  /// Runs that began within five minutes up to `now` and go on.
  func count(at now: Int64) -> Int {
    guard minute != EndpointRow.never else { return 0 }
    return (0..<Self.minuteCount).lazy.map { minute - $0 }.filter { now - $0 < RecentStarts.recentMinutes }
      .reduce(0) { $0 + Int(counts[slot($1)]) }
  }

  private func slot(_ minute: Int64) -> Int { Int(floorModulo(minute, Self.minuteCount)) }

  var isSound: Bool {
    minute.isMinuteOrNever && counts.indices.allSatisfy { counts[$0] >= 0 && counts[$0] < 1 << 30 }
  }
}
