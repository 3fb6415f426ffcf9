/// A duration as people write it: a whole number and its unit.
enum DurationText {
  private static let units: [(name: String, millis: Int64)] = [
    ("ms", 1), ("s", 1000), ("m", 60_000), ("h", 3_600_000), ("d", 86_400_000),
  ]

  /// `nil` where it is none, is negative, or cannot be counted in milliseconds.
  static func millis(_ text: String) -> Int64? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    let unit = text.dropFirst(digits.count)
    guard let number = Int64(digits), let scale = units.first(where: { $0.name == unit })?.millis else { return nil }
    let (millis, overflows) = number.multipliedReportingOverflow(by: scale)
    return overflows ? nil : millis
  }
}
