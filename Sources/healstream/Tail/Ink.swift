import Foundation

/// Colours for a terminal; none where the text goes elsewhere, or where the reader does not want them (no-color.org).
struct Ink: Equatable, Sendable {
  enum Colour: String, Sendable {
    case bold = "1"
    case dim = "2"
    case red = "31"
    case green = "32"
    case yellow = "33"
    case blue = "34"
    case magenta = "35"
    case cyan = "36"
  }

  let isColoured: Bool

  static let none = Ink(isColoured: false)

  /// For a descriptor: coloured where it is a terminal, and `NO_COLOR` is unset or empty.
  static func forTerminal(_ descriptor: Int32) -> Ink {
    let refusal = ProcessInfo.processInfo.environment["NO_COLOR"] ?? ""
    return Ink(isColoured: refusal.isEmpty && isatty(descriptor) == 1)
  }

  func callAsFunction(_ text: String, _ colours: Colour...) -> String {
    guard isColoured, !colours.isEmpty, !text.isEmpty else { return text }
    return "\u{1B}[\(colours.map(\.rawValue).joined(separator: ";"))m\(text)\u{1B}[0m"
  }
}
