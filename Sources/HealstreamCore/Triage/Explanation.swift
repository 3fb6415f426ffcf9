/// Which rules match an attempt and on what grounds, and which nearly did.
package struct Explanation: Equatable, Sendable {
  package enum Place: String, Equatable, Sendable {
    case error
    case body = "response_body"
    /// `name: value`
    case header = "response_header"
  }

  package struct Quotation: Equatable, Sendable {
    /// As the rule has it.
    package var phrase: String
    package var place: Place
    /// Bytes from the start of that text; of a body longer than `FailedAttempt.maxBodyBytes`, from the start of what
    /// triage reads of it.
    package var offset: Int
    /// The words themselves, as they stand there.
    package var text: String
  }

  package struct Match: Equatable, Sendable {
    package var rule: String
    package var category: Category
    package var score: Int
    package var evidence: [Quotation]
  }

  /// A rule that saw some of what it asks for.
  package struct NearMiss: Equatable, Sendable {
    package var rule: String
    package var category: Category
    /// What it saw, at least one phrase.
    package var evidence: [Quotation]
    package var obstacle: Obstacle
  }

  package enum Obstacle: Equatable, Sendable {
    /// 0: no status that tells anything.
    case otherStatus(expected: [ClosedRange<Int>])
    /// Words that forbid the rule.
    case forbidden(Quotation)
    /// None of these was seen besides.
    case missing(anyOf: [String])
    /// A header, or another sign besides words and status, is not there.
    case missingSign
  }

  package var verdict: Verdict
  /// The status that the rules were asked with; 0 where none told anything.
  package var status: Int
  /// The record has no such status: the error or the body tells it.
  package var isStatusFromText: Bool
  /// In the order of the table. The first decided; the others lost because they stand below it.
  package var matches: [Match]
  /// In the order of the table.
  package var nearMisses: [NearMiss]
}
