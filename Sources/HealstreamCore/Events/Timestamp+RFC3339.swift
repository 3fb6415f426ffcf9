extension Timestamp {
  /// As `2026-11-09T01:26:12.345Z`: UTC, milliseconds always (RFC 3339 §5.6). Moments outside `range` are held at its ends.
  package func appendRFC3339(to bytes: inout [UInt8]) {
    let held = min(max(self, Self.range.lowerBound), Self.range.upperBound)
    let days = held.period(ofMillis: 86_400_000)
    let millisOfDay = Int(held.millis - days * 86_400_000)
    let (year, month, day) = civilDate(daysSinceEpoch: days)
    var text: [24 of UInt8] = .init(repeating: 0)
    setDigits(year, 4, of: &text, at: 0)
    text[4] = 0x2D
    setDigits(month, 2, of: &text, at: 5)
    text[7] = 0x2D
    setDigits(day, 2, of: &text, at: 8)
    text[10] = 0x54
    setDigits(millisOfDay / 3_600_000, 2, of: &text, at: 11)
    text[13] = 0x3A
    setDigits(millisOfDay / 60_000 % 60, 2, of: &text, at: 14)
    text[16] = 0x3A
    setDigits(millisOfDay / 1000 % 60, 2, of: &text, at: 17)
    text[19] = 0x2E
    setDigits(millisOfDay % 1000, 3, of: &text, at: 20)
    text[23] = 0x5A
    bytes.append(copying: text.span)
  }

  package var rfc3339: String {
    var bytes: [UInt8] = []
    appendRFC3339(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

@inline(__always)
private func setDigits(_ number: Int, _ width: Int, of text: inout [24 of UInt8], at start: Int) {
  var rest = number
  for place in (start..<start + width).reversed() {
    text[place] = 0x30 + UInt8(rest % 10)
    rest /= 10
  }
}

/// The proleptic Gregorian date of a day number: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days.
private func civilDate(daysSinceEpoch: Int64) -> (year: Int, month: Int, day: Int) {
  let shifted = Int(daysSinceEpoch) + 719_468  // days since 0000-03-01
  let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
  let dayOfEra = shifted - era * 146_097
  let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
  let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
  let monthFromMarch = (5 * dayOfYear + 2) / 153
  let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
  let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
}
