import HealstreamCore

extension Timestamp {
  /// As `2026-02-25 06:13:20`, UTC.
  var shortText: String { String(rfc3339.prefix(19)).replacing("T", with: " ") }
  /// As `06:13`.
  var clockText: String { String(rfc3339.dropFirst(11).prefix(5)) }
  /// As `2026-02-25`.
  var dateText: String { String(rfc3339.prefix(10)) }
}

extension Int64 {
  /// A length of time in its two largest units: `850 ms`, `12 s`, `3 min 20 s`, `2 h 5 min`, `3 d 4 h`.
  var durationText: String {
    let units: [(millis: Int64, name: String)] = [(86_400_000, "d"), (3_600_000, "h"), (60_000, "min"), (1000, "s")]
    guard let first = units.firstIndex(where: { $0.millis <= self }) else { return "\(self) ms" }
    let whole = "\(self / units[first].millis) \(units[first].name)"
    guard first + 1 < units.count else { return whole }
    let rest = self % units[first].millis / units[first + 1].millis
    return rest == 0 ? whole : "\(whole) \(rest) \(units[first + 1].name)"
  }
}

extension BinaryInteger {
  /// With thin spaces between thousands: `1 234 567`.
  var grouped: String {
    let digits = Array(String(magnitude))
    var text = self < 0 ? "−" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append("\u{202F}") }
      text.append(digit)
    }
    return text
  }
}

extension String {
  /// A name in snake case as words.
  var spaced: String { replacing("_", with: " ") }
}

extension Double {
  /// A share of 0–1 as `12.3 %`.
  var percentText: String {
    let tenths = Int((self * 1000).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10) %" : "\(tenths / 10).\(tenths % 10) %"
  }
}
