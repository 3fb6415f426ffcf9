extension Timestamp {
  /// Reads an RFC 3339 §5.6 date-time: any offset, any number of fraction digits (cut to milliseconds), `t` and `z` in either case.
  ///
  /// A leap second, which can only be 23:59:60 UTC, is held at 59.999: milliseconds since the epoch have no place for it.
  /// `nil`: it is not such a date-time, or not within `range`.
  package init?(rfc3339 text: Span<UInt8>) { self.init(ByteWindow(text)) }

  package init?(rfc3339 text: String) { self.init(rfc3339: Array(text.utf8).span) }

  private init?(_ text: ByteWindow) {
    guard let date = Date(text), let time = Time(text) else { return nil }
    let minutes = date.daysSinceEpoch * 1440 + time.minutes
    guard time.second < 60 || (minutes % 1440 + 1440) % 1440 == 1439 else { return nil }
    let millis = time.second < 60 ? time.second * 1000 + time.millis : 59_999
    self.init(millis: Int64(minutes * 60_000 + millis))
    guard Self.range.contains(self) else { return nil }
  }
}

/// The first ten bytes, `YYYY-MM-DD`.
private struct Date {
  /// In the proleptic Gregorian calendar.
  let daysSinceEpoch: Int

  init?(_ text: ByteWindow) {
    guard let century = text.twoDigits(at: 0), let yearOfCentury = text.twoDigits(at: 2),
      text.byte(at: 4) == UInt8(ascii: "-"), let month = text.twoDigits(at: 5), (1...12).contains(month),
      text.byte(at: 7) == UInt8(ascii: "-"), let day = text.twoDigits(at: 8)
    else { return nil }
    let year = century * 100 + yearOfCentury
    guard (1...daysInMonth(month, ofYear: year)).contains(day) else { return nil }
    daysSinceEpoch = dayNumber(year, month, day)
  }
}

/// The bytes from the eleventh on, `THH:MM:SS[.fff…](Z|±HH:MM)`.
private struct Time {
  /// Since midnight UTC of the date that was written; beyond it either way by the offset.
  let minutes: Int
  /// 0 to 60.
  let second: Int
  let millis: Int

  init?(_ text: ByteWindow) {
    guard text.byte(at: 10) | 0x20 == UInt8(ascii: "t"), let local = text.hourAndMinute(at: 11),
      text.byte(at: 16) == UInt8(ascii: ":"), let second = text.twoDigits(at: 17), second <= 60
    else { return nil }
    var at = 19
    guard let millis = text.fraction(&at), let offset = text.offset(&at), at == text.count else { return nil }
    self.minutes = local - offset
    self.second = second
    self.millis = millis
  }
}

extension ByteWindow {
  @inline(__always)
  fileprivate func twoDigits(at position: Int) -> Int? {
    let tens = byte(at: position) &- 0x30
    let ones = byte(at: position &+ 1) &- 0x30
    return tens < 10 && ones < 10 ? Int(tens) * 10 + Int(ones) : nil
  }

  /// `HH:MM`, in minutes.
  fileprivate func hourAndMinute(at position: Int) -> Int? {
    guard let hour = twoDigits(at: position), hour < 24, byte(at: position + 2) == UInt8(ascii: ":"),
      let minute = twoDigits(at: position + 3), minute < 60
    else { return nil }
    return hour * 60 + minute
  }

  /// Milliseconds, 0 where there is no fraction; `nil` for a point without a digit.
  fileprivate func fraction(_ position: inout Int) -> Int? {
    guard byte(at: position) == UInt8(ascii: ".") else { return 0 }
    position += 1
    guard isDigit(byte(at: position)) else { return nil }
    var millis = 0
    var weight = 100
    while isDigit(byte(at: position)) {
      millis += weight * Int(byte(at: position) - 0x30)
      weight /= 10
      position += 1
    }
    return millis
  }

  /// In minutes, positive east of Greenwich.
  fileprivate func offset(_ position: inout Int) -> Int? {
    let sign = byte(at: position)
    position += 1
    if sign | 0x20 == UInt8(ascii: "z") { return 0 }
    guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), let minutes = hourAndMinute(at: position) else {
      return nil
    }
    position += 5
    return sign == UInt8(ascii: "-") ? -minutes : minutes
  }
}

private func daysInMonth(_ month: Int, ofYear year: Int) -> Int {
  switch month {
  case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
  case 4, 6, 9, 11: 30
  default: 31
  }
}

/// The day number of a date: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil, for years from 0.
private func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
  let yearFromMarch = (month <= 2 ? year - 1 : year) + 400
  let era = yearFromMarch / 400
  let yearOfEra = yearFromMarch - era * 400
  let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
  let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
  return (era - 1) * 146_097 + dayOfEra - 719_468
}

extension ByteWindow {
  /// The moment that a text of a record stands for.
  @inline(__always)
  func timestamp(_ text: TextRange) -> Timestamp? {
    guard text.isEscaped else { return Timestamp(rfc3339: span.extracting(text.bounds)) }
    var unescaped: [UInt8] = []
    appendText(text, limit: .max, to: &unescaped)
    return Timestamp(rfc3339: unescaped.span)
  }
}
