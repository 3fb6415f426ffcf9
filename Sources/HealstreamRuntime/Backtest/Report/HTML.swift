/// Markup. What is interpolated into it as text is escaped, so nothing that a record holds can become markup:
/// `"<td>\(name)</td>" as HTML`.
struct HTML: ExpressibleByStringInterpolation, Sendable {
  private(set) var markup: String

  init(stringLiteral markup: String) { self.markup = markup }
  init(stringInterpolation: StringInterpolation) { markup = stringInterpolation.markup }

  /// - Parameter markup: that no record has a part in.
  init(trusted markup: String) { self.markup = markup }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var markup = ""

    init(literalCapacity: Int, interpolationCount: Int) { markup.reserveCapacity(literalCapacity * 2) }

    mutating func appendLiteral(_ literal: String) { markup += literal }
    mutating func appendInterpolation(_ html: HTML) { markup += html.markup }
    mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { markup += part.markup } }
    mutating func appendInterpolation(_ number: some BinaryInteger) { markup += String(number) }
    mutating func appendInterpolation(_ name: StaticString) { markup += "\(name)" }
    mutating func appendInterpolation(_ text: String) { Self.escape(text, into: &markup) }

    private static func escape(_ text: String, into markup: inout String) {
      for scalar in text.unicodeScalars {
        switch scalar {
        case "&": markup += "&amp;"
        case "<": markup += "&lt;"
        case ">": markup += "&gt;"
        case "\"": markup += "&quot;"
        case "'": markup += "&#39;"
        // What cannot be seen may not be there: control characters, and those that turn the direction of writing.
        case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}", "\u{200E}"..."\u{200F}", "\u{202A}"..."\u{202E}",
          "\u{2066}"..."\u{2069}":
          markup += "\u{FFFD}"
        default: markup.unicodeScalars.append(scalar)
        }
      }
    }
  }

  static func += (left: inout HTML, right: HTML) { left.markup += right.markup }
  static func + (left: HTML, right: HTML) -> HTML { HTML(trusted: left.markup + right.markup) }
  var isEmpty: Bool { markup.isEmpty }
}

extension [HTML] {
  var joined: HTML { HTML(trusted: map(\.markup).joined()) }
}

extension String {
  /// At most so many characters, the middle left out: both ends of a URL tell which it is.
  func shortened(to count: Int) -> String {
    guard self.count > count else { return self }
    return prefix(count / 2) + "…" + suffix(count - count / 2 - 1)
  }
}
