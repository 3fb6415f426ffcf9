extension Timestamp {
  /// As `2026-11-09T01:26:12.345Z`: UTC, milliseconds always (RFC 3339 §5.6). Moments outside `range` are held at its ends.
  package func appendRFC3339(to bytes: inout [UInt8]) {
    let held = min(max(self, Self.range.lowerBound), Self.range.upperBound)
    let days = held.period(ofMillis: 86_400_000)
    let millisOfDay = Int(held.millis - days * 86_400_000)
    let (year, month, day) = civilDate(daysSinceEpoch: days)
    appendDigits(year, 4, to: &bytes)
    bytes.append(0x2D)
    appendDigits(month, 2, to: &bytes)
    bytes.append(0x2D)
    appendDigits(day, 2, to: &bytes)
    bytes.append(0x54)
    appendDigits(millisOfDay / 3_600_000, 2, to: &bytes)
    bytes.append(0x3A)
    appendDigits(millisOfDay / 60_000 % 60, 2, to: &bytes)
    bytes.append(0x3A)
    appendDigits(millisOfDay / 1000 % 60, 2, to: &bytes)
    bytes.append(0x2E)
    appendDigits(millisOfDay % 1000, 3, to: &bytes)
    bytes.append(0x5A)
  }

  package var rfc3339: String {
    var bytes: [UInt8] = []
    appendRFC3339(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

private func appendDigits(_ number: Int, _ width: Int, to bytes: inout [UInt8]) {
  var divisor = 1
  for _ in 1..<width { divisor *= 10 }
  while divisor > 0 {
    bytes.append(0x30 + UInt8(number / divisor % 10))
    divisor /= 10
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
