import HealstreamCore

/// Where moments stand on a chart's horizontal axis, and which of them are named.
struct TimeAxis: Sendable {
  let range: Range<Timestamp>

  private static let maxTicks = 8
  private static let minute: Int64 = 60_000
  private static let day: Int64 = 86_400_000
  private static let steps: [Int64] =
    [1, 2, 5, 10, 15, 30, 60, 120, 180, 360, 720].map { $0 * minute } + [1, 2, 7, 14, 28, 56, 112].map { $0 * day }

  private var lengthMillis: Int64 { max(1, range.upperBound - range.lowerBound) }

  /// 0–1000, moments outside held at the ends.
  func position(_ at: Timestamp) -> Double {
    Double(min(max(at - range.lowerBound, 0), lengthMillis)) * 1000 / Double(lengthMillis)
  }

  /// The same for attributes in percent.
  func percent(_ at: Timestamp) -> String { (position(at) / 10).brief }

  var ticks: [Timestamp] {
    let step = Self.steps.first { lengthMillis / $0 < Self.maxTicks } ?? Self.steps[Self.steps.count - 1]
    let first = (range.lowerBound - 1).period(ofMillis: step) + 1
    let last = range.upperBound.period(ofMillis: step)
    guard first <= last else { return [] }
    return (first...last).map { Timestamp(millis: $0 * step) }
  }

  /// The time of day, or from two days on the date.
  func label(_ tick: Timestamp) -> String {
    lengthMillis > 2 * Self.day ? String(tick.dateText.dropFirst(5)) : tick.clockText
  }

  /// Lines and names of the ticks; every second one may be hidden where there is little room.
  func marks(height: Int) -> [HTML] {
    ticks.enumerated().map { index, tick in
      let x = percent(tick)
      let anchor = position(tick) < 30 ? "start" : position(tick) > 970 ? "end" : "middle"
      let rank = index.isMultiple(of: 2) ? "tick" : "tick alternate"
      return """
        <g class="\(rank)"><line x1="\(x)%" x2="\(x)%" y1="0" y2="\(height - 18)"/>\
        <text x="\(x)%" y="\(height - 4)" text-anchor="\(anchor)">\(label(tick))</text></g>

        """
    }
  }
}

extension Double {
  /// In at most two decimal places: attributes of a chart.
  var brief: String {
    let hundredths = Int((self * 100).rounded())
    let (whole, rest) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
    let sign = hundredths < 0 ? "-" : ""
    guard rest != 0 else { return "\(sign)\(whole)" }
    return "\(sign)\(whole)." + (rest < 10 ? "0\(rest)" : rest % 10 == 0 ? "\(rest / 10)" : "\(rest)")
  }
}
