import Testing

@testable import HealstreamCore

struct GlobTests {
  /// Slow and obvious.
  private static func model(_ text: Substring, _ pattern: Substring) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    if first == "*" {
      return text.indices.contains { model(text[$0...], pattern.dropFirst()) } || model("", pattern.dropFirst())
    }
    return text.first == first && model(text.dropFirst(), pattern.dropFirst())
  }

  @Test(arguments: UInt64(1)...40)
  func `it matches what a slow model matches`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let text = String((0..<Int.random(in: 0...8, using: &random)).map { _ in "ab".randomElement(using: &random)! })
      let pattern = String(
        (0..<Int.random(in: 0...6, using: &random)).map { _ in "ab*".randomElement(using: &random)! })
      #expect(Glob.matches(text, pattern: pattern) == Self.model(text[...], pattern[...]), "\(text) by \(pattern)")
    }
  }
}
