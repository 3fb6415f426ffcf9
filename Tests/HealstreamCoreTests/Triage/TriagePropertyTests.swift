import Testing

@testable import HealstreamCore

/// What must not change a verdict.
struct TriagePropertyTests {
  private let attempts = RuleExample.all.map(\.attempt)

  @Test func `case does not matter`() {
    for example in RuleExample.all where !example.attempt.error.isEmpty || !example.attempt.body.isEmpty {
      for change in [{ $0.uppercased() }, { $0.lowercased() }] as [(String) -> String] {
        let changed = example.attempt.mapTexts(change)
        #expect(verdict(changed).rule == example.rule, "\(change("Case")): \(example.testDescription)")
      }
    }
  }

  @Test func `terminal colours do not matter`() {
    for example in RuleExample.all {
      let changed = example.attempt.mapTexts {
        "\u{1b}[1;31m" + $0.replacingOccurrences(of: " ", with: " \u{1b}[0m") + "\u{1b}[0m"
      }
      #expect(verdict(changed).rule == example.rule, "\(example.testDescription)")
    }
  }

  @Test func `HTML around the words does not matter`() {
    for example in RuleExample.all {
      let changed = example.attempt.mapTexts {
        "<html lang=\"en\"><style>p{color:red}</style><p class=\"timeout\">\($0)</p></html>"
      }
      #expect(verdict(changed).rule == example.rule, "\(example.testDescription)")
    }
  }

  @Test(arguments: UInt64(1)...10)
  func `neutral words before and after do not matter`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let neutral = [
      "delivery", "green", "the", "webhook", "worker", "attempt", "and", "customer", "today", "blue", "seven",
    ]
    for example in RuleExample.all {
      let words = (0..<6).map { _ in neutral.randomElement(using: &random)! }
      let changed = example.attempt.mapTexts {
        words[..<3].joined(separator: " ") + " " + $0 + " " + words[3...].joined(separator: " ")
      }
      #expect(verdict(changed).rule == example.rule, "seed \(seed): \(words) \(example.testDescription)")
    }
  }

  @Test(arguments: UInt64(1)...20)
  func `random bytes get a verdict`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var triage = builtInTriage
    let pieces =
      attempts.map(\.error) + attempts.map(\.body)
      + ["<a ", "&#3", "\u{1b}[", "\\", "://", "{\"", "，"].map { Array($0.utf8) }
    for _ in 0..<100 {
      var attempt = FailedAttempt(Int.random(in: -1...1200, using: &random))
      attempt.error = random.garbage(from: pieces)
      attempt.body = random.garbage(from: pieces)
      attempt.headers = ["retry-after", "ratelimit", "x-ratelimit-remaining", "x-ratelimit-reset"].map {
        .init(name: Array($0.utf8), value: random.garbage(from: [Array("0, r=t;1d".utf8)]))
      }
      let first = triage.explain(attempt)
      #expect(first.verdict == triage.verdict(for: attempt), "seed \(seed)")
    }
  }

  @Test func `only the first bytes of a text count`() {
    let long = [UInt8](repeating: UInt8(ascii: "x"), count: 1_000_000) + Array(" connection refused".utf8)
    var attempt = FailedAttempt()
    attempt.error = long
    attempt.body = long
    #expect(verdict(attempt).rule == "no_evidence")
  }
}

extension FailedAttempt {
  /// The texts that are there, changed.
  fileprivate func mapTexts(_ change: (String) -> String) -> Self {
    var changed = self
    if !error.isEmpty { changed.error = Array(change(String(decoding: error, as: UTF8.self)).utf8) }
    if !body.isEmpty { changed.body = Array(change(String(decoding: body, as: UTF8.self)).utf8) }
    return changed
  }
}

extension String {
  fileprivate func replacingOccurrences(of blank: Character, with text: String) -> String {
    reduce(into: "") { $0 += $1 == blank ? text : String($1) }
  }
}

extension SeededGenerator {
  fileprivate mutating func garbage(from pieces: [[UInt8]]) -> [UInt8] {
    var bytes: [UInt8] = []
    for _ in 0..<Int.random(in: 0...6, using: &self) {
      bytes += pieces.randomElement(using: &self)!.prefix(Int.random(in: 0...80, using: &self))
      bytes += (0..<Int.random(in: 0...12, using: &self)).map { _ in UInt8.random(in: 0...255, using: &self) }
    }
    return bytes
  }
}
