/// What an operator can set about triage.
package struct TriageSettings: Equatable, Sendable {
  /// Tried before the built-in rules, in this order.
  package var rules: [UserRule] = []
  /// No `notBefore` lies further than this after the attempt, whatever the endpoint asks for; 24 h.
  package var maxRetryAfterMillis: Int64 = 86_400_000

  package static let maxRules = 256
  package static let maxPhrases = 2000
  package static let maxPhraseBytes = 200

  package init() {}
}

/// Settings of triage that cannot be used: where, what was found, what was expected.
package struct TriageSettingsError: Error, Equatable, Sendable, CustomStringConvertible {
  package enum Problem: Equatable, Sendable {
    case tooManyRules(Int)
    case tooManyPhrases(Int)
    case badRuleName
    case nameTaken
    case nothingToMatch
    case emptyPhrase(String)
    case phraseTooLong(bytes: Int)
    case badScore(Int)
    case emptyReason
    case badStatus(Int)
    case badRetryAfterCap(Int64)
    case exampleFails(index: Int, gives: String)
    case counterExampleMatches(index: Int)
    case headerNotRead(String)
  }

  /// The rule's name, or the setting's.
  package var place: String
  package var problem: Problem

  package var description: String { "\(place): \(sentence)" }

  private var sentence: String {
    switch problem {
    case .tooManyRules(let count): "\(count) rules, at most \(TriageSettings.maxRules) are allowed"
    case .tooManyPhrases(let count): "\(count) phrases in all rules, at most \(TriageSettings.maxPhrases) are allowed"
    case .badRuleName: "a rule's name is made of a-z, 0-9, _ and -, and starts with a letter"
    case .nameTaken: "another rule has this name already; choose one of your own"
    case .nothingToMatch:
      "the rule has no condition, so it would match every failure; give it statuses, phrases or headers"
    case .emptyPhrase(let phrase): "the phrase \"\(phrase)\" holds nothing to look for; give it a letter or a digit"
    case .phraseTooLong(let bytes): "a phrase of \(bytes) bytes, at most \(TriageSettings.maxPhraseBytes) are allowed"
    case .badScore(let score): "the score is \(score), it must be 0 to 100"
    case .emptyReason: "the reason is empty; write one sentence for the person who reads the verdict"
    case .badStatus(let status): "the status \(status) is not within 0 (no answer) to 999"
    case .badRetryAfterCap(let millis): "\(millis) ms, it must be 0 to 2592000000 (30 days)"
    case .counterExampleMatches(let index): "it decides its counter-example number \(index + 1)"
    case .headerNotRead(let name):
      "the header \(name) is not read; only those that tell of limits, retries and causes are, such as retry-after"
    case .exampleFails(let index, let gives): "its example number \(index + 1) is decided by the rule \(gives)"
    }
  }
}
