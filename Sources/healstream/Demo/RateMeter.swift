/// How many a second, of real time, over about the last second; read a few times a second.
struct RateMeter {
  private var readings: [(at: ContinuousClock.Instant, count: Int)] = []

  private static let pause = Duration.milliseconds(200)
  private static let span = Duration.seconds(1)

  /// - Returns: `nil` where the last reading is too recent for another.
  mutating func read(_ count: Int, at now: ContinuousClock.Instant = .now) -> Int? {
    if let last = readings.last, now - last.at < Self.pause { return nil }
    readings.append((now, count))
    while readings.count > 2, now - readings[1].at >= Self.span { readings.removeFirst() }
    let seconds = (now - readings[0].at) / .seconds(1)
    return seconds > 0 ? Int((Double(count - readings[0].count) / seconds).rounded()) : 0
  }
}
