/// A text in which `*` stands for any text, also none; everything else stands for itself.
enum Glob {
  /// Greedy with one place to fall back to: the product of the lengths in the worst case.
  static func matches(_ text: String, pattern: String) -> Bool {
    let (text, pattern) = (text.utf8.span, pattern.utf8.span)
    var (at, next) = (0, 0)
    var fallback: (text: Int, pattern: Int)?
    while at < text.count {
      if next < pattern.count, pattern[next] == star {
        fallback = (at, next + 1)
        next += 1
      } else if next < pattern.count, pattern[next] == text[at] {
        at += 1
        next += 1
      } else if let (start, resume) = fallback {
        fallback = (start + 1, resume)
        (at, next) = (start + 1, resume)
      } else {
        return false
      }
    }
    return (next..<pattern.count).allSatisfy { pattern[$0] == star }
  }

  private static let star = UInt8(ascii: "*")
}
