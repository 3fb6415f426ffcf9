/// A date in UTC in one of the forms of RFC 9110 §5.6.7, or of RFC 3339:
///
///     Sun, 06 Nov 1994 08:49:37 GMT     IMF-fixdate
///     Sunday, 06-Nov-94 08:49:37 GMT    RFC 850
///     Sun Nov  6 08:49:37 1994          asctime
///     1994-11-06T08:49:37Z              RFC 3339
struct DateText {
  let timestamp: Timestamp

  /// `nil` for anything else, and for dates that no calendar has.
  init?(_ text: ArraySlice<UInt8>) {
    guard text.count <= 40, let fields = Self.fields(text) else { return nil }
    let numbers = fields.numbers
    let isOldForm = fields.monthIndex == 0
    switch (fields.month, numbers.count) {
    case (.some(let month), 5) where isOldForm:  // asctime: day, time, year
      self.init(numbers[4], month, numbers[0], numbers[1], numbers[2], numbers[3])
    case (.some(let month), 5):
      self.init(Self.fullYear(numbers[1]), month, numbers[0], numbers[2], numbers[3], numbers[4])
    case (nil, 6...7):
      self.init(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5])
    default: return nil
    }
  }

  private init?(_ year: Int, _ month: Int, _ day: Int, _ hour: Int, _ minute: Int, _ second: Int) {
    guard (1970...9999).contains(year), (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60,
      second <= 60
    else {
      return nil
    }
    let seconds = Self.daysSinceEpoch(year, month, day) * 86_400 + hour * 3600 + minute * 60 + second
    timestamp = Timestamp(millis: Int64(seconds) * 1000)
  }

  private struct Fields {
    var numbers: [Int] = []
    var month: Int?
    /// How many numbers stood before the month.
    var monthIndex: Int?
  }

  private static func fields(_ text: ArraySlice<UInt8>) -> Fields? {
    var fields = Fields()
    var rest = text
    while let byte = rest.first {
      if byte.isASCIIDigit {
        let digits = rest.prefix(while: \.isASCIIDigit)
        guard digits.count <= 9, let number = decimal(digits) else { return nil }
        fields.numbers.append(Int(number))
        rest = rest.dropFirst(digits.count)
      } else if byte.isASCIILetter {
        let word = rest.prefix(while: \.isASCIILetter)
        if fields.month == nil, let month = month(word) {
          fields.month = month
          fields.monthIndex = fields.numbers.count
        }
        rest = rest.dropFirst(word.count)
      } else {
        rest = rest.dropFirst()
      }
    }
    return fields
  }

  private static func month(_ word: ArraySlice<UInt8>) -> Int? {
    guard word.count == 3 else { return nil }
    let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
    return names.firstIndex { $0.utf8.elementsEqual(word.lazy.map(\.asciiLowercased)) }.map { $0 + 1 }
  }

  /// Two digits, of RFC 850, mean 1970 to 2069.
  private static func fullYear(_ year: Int) -> Int { year >= 100 ? year : year < 70 ? 2000 + year : 1900 + year }

  /// Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", days_from_civil, for years after 0.
  private static func daysSinceEpoch(_ year: Int, _ month: Int, _ day: Int) -> Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }
}
