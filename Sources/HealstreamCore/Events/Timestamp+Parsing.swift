extension Timestamp {
  /// Reads an RFC 3339 §5.6 date-time: any offset, any number of fraction digits (cut to milliseconds), `t` and `z` in either case.
  ///
  /// A leap second, which can only be 23:59:60 UTC, is held at 59.999: milliseconds since the epoch have no place for it.
  /// `nil`: it is not such a date-time, or not within `range`.
  package init?(rfc3339 text: Span<UInt8>) { self.init(ByteWindow(text)) }

  package init?(rfc3339 text: String) { self.init(rfc3339: Array(text.utf8).span) }

  private init?(_ text: ByteWindow) {
    if let moment = Self(inMillis: text) {
      self = moment
      return
    }
    var at = 19
    guard let local = LocalMinute(text), text.byte(at: 16) == UInt8(ascii: ":"), let second = text.twoDigits(at: 17),
      let fraction = text.fraction(&at), let offset = text.offset(&at), at == text.count
    else { return nil }
    let minutes = local.minutes - offset
    guard second < 60 || second == 60 && (minutes + 1).isMultiple(of: 1440) else { return nil }
    self.init(millis: Int64(minutes * 60_000 + (second < 60 ? second * 1000 + fraction : 59_999)))
    guard Self.range.contains(self) else { return nil }
  }
}

extension Timestamp {
  /// The form that most senders write, `YYYY-MM-DDTHH:MM:SS.mmmZ`, of three words; `nil` for all others.
  @inline(__always)
  private init?(inMillis text: ByteWindow) {
    guard text.count == 24, let local = LocalMinute(text),
      let rest = Digits(text.word(at: 16), like: ":00.000Z", separators: 0xDF00_0000_FF00_00FF), rest.two(at: 1) < 60
    else { return nil }
    self.init(millis: Int64(local.minutes * 60_000 + rest.two(at: 1) * 1000 + rest.two(at: 4) * 10 + rest.one(at: 6)))
  }
}

/// Eight bytes of digits and separators, each digit by its value.
private struct Digits {
  private let values: UInt64
  /// In the place of each byte the number that it and the next one are as digits.
  private let pairs: UInt64

  /// - Parameters:
  ///   - template: the separators as they must be, and 0 in the place of every digit.
  ///   - separators: the bits of the separators' bytes that matter.
  @inline(__always)
  init?(_ word: UInt64, like template: ShortName, separators: UInt64) {
    let others = word ^ template.head
    let nines: UInt64 = 0x7676_7676_7676_7676  // carries into the top bit from 10 on
    guard (others | (others & 0x7F7F_7F7F_7F7F_7F7F &+ nines)) & 0x8080_8080_8080_8080 & ~separators == 0,
      others & separators == 0
    else { return nil }
    values = others & 0x0F0F_0F0F_0F0F_0F0F  // without what a separator may differ by
    pairs = values &* 10 &+ values &>> 8
  }

  @inline(__always)
  func one(at index: UInt64) -> Int { Int(values &>> (8 &* index) & 0xFF) }

  /// The two digits from the byte at `index` on.
  @inline(__always)
  func two(at index: UInt64) -> Int { Int(pairs &>> (8 &* index) & 0xFF) }
}

/// The first sixteen bytes, `YYYY-MM-DDTHH:MM`.
private struct LocalMinute {
  /// Since 1970-01-01T00:00 in the proleptic Gregorian calendar.
  let minutes: Int

  init?(_ text: ByteWindow) {
    guard let date = Digits(text.word(at: 0), like: "0000-00-", separators: 0xFF00_00FF_0000_0000),
      // A `t` may be in either case: one bit of it does not matter.
      let time = Digits(text.word(at: 8), like: "00T00:00", separators: 0x0000_FF00_00DF_0000)
    else { return nil }
    let (year, month, day) = (date.two(at: 0) * 100 + date.two(at: 2), date.two(at: 5), time.two(at: 0))
    let (hour, minute) = (time.two(at: 3), time.two(at: 6))
    guard (1...12).contains(month), (1...daysInMonth(month, ofYear: year)).contains(day), hour < 24, minute < 60
    else { return nil }
    minutes = dayNumber(year, month, day) * 1440 + hour * 60 + minute
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
