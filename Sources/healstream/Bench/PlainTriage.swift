import Foundation
import HealstreamCore

/// Triage as one writes it in an afternoon: statuses first, then one search after the other through the text. It is what the automaton
/// is measured against, and judges by a tenth of its phrases.
struct PlainTriage {
  private let patterns: [(pattern: NSRegularExpression, category: Category)]

  private static let phrases: [(String, Category)] = [
    ("too many requests", .rateLimited), ("rate limit", .rateLimited), ("rate_limit", .rateLimited),
    ("limit exceeded", .rateLimited), ("quota", .rateLimited), ("throttl", .rateLimited), ("slow down", .rateLimited),
    ("timed out", .transientEndpointDown), ("timeout", .transientEndpointDown),
    ("deadline exceeded", .transientEndpointDown), ("refused", .transientEndpointDown),
    ("econnreset", .transientEndpointDown), ("connection reset", .transientEndpointDown),
    ("broken pipe", .transientEndpointDown), ("eai_again", .transientEndpointDown),
    ("unavailable", .transientEndpointDown), ("overloaded", .transientEndpointDown),
    ("bad gateway", .transientEndpointDown), ("try again", .transientEndpointDown),
    ("no such host", .permanent4xx), ("enotfound", .permanent4xx), ("certificate", .permanent4xx),
    ("unauthori", .permanent4xx), ("invalid_token", .permanent4xx), ("forbidden", .permanent4xx),
    ("not found", .permanent4xx), ("invalid", .permanent4xx), ("inactive", .permanent4xx),
    ("required", .permanent4xx), ("too large", .permanent4xx),
  ]

  private static let expressions: [(String, HealstreamCore.Category)] = [
    (#"\bstatus(?: code)?[:= ]+5\d\d\b"#, .transientEndpointDown), (#"\bstatus(?: code)?[:= ]+4\d\d\b"#, .permanent4xx),
    (#"\bcurl: \((?:6|7|28|52|56)\)"#, .transientEndpointDown),
  ]

  init() throws {
    patterns = try Self.expressions.map { pattern, category in
      (try NSRegularExpression(pattern: pattern, options: .caseInsensitive), category)
    }
  }

  func category(of text: FailureTexts.Text) -> Category {
    switch text.status {
    case 429: return .rateLimited
    case .some(500...599): return .transientEndpointDown
    default: break
    }
    for words in [text.error, text.body] where !words.isEmpty {
      for (phrase, category) in Self.phrases where words.range(of: phrase, options: .caseInsensitive) != nil {
        return category
      }
      let all = NSRange(words.startIndex..., in: words)
      for (pattern, category) in patterns where pattern.firstMatch(in: words, range: all) != nil { return category }
    }
    if case .some(400...499) = text.status { return .permanent4xx }
    return .unknown
  }
}
