/// A rule that an operator adds to the table. It matches when each of its conditions holds; an empty condition always
/// does.
package struct UserRule: Equatable, Sendable {
  package struct HeaderCondition: Equatable, Sendable {
    /// Lower case.
    package var name: String
    /// `nil`: the header must be there. Otherwise its value must contain this, in any case.
    package var contains: String?

    package init(name: String, contains: String? = nil) {
      self.name = name
      self.contains = contains
    }
  }

  /// A failure that this rule must decide; checked whenever the settings are.
  package struct Example: Equatable, Sendable {
    package var httpStatus: Int?
    package var error: String
    package var body: String
    package var headers: [FailedAttempt.Header]

    package init(httpStatus: Int? = nil, error: String = "", body: String = "", headers: [FailedAttempt.Header] = []) {
      self.httpStatus = httpStatus
      self.error = error
      self.body = body
      self.headers = headers
    }
  }

  /// Stands in every verdict that the rule gives: a-z, 0-9, `_` and `-`.
  package var name: String
  /// Of the answer, or of the error's text where there was none; 0 is "no status that tells anything".
  package var statuses: [ClosedRange<Int>] = []
  /// Phrases as `PhraseAutomaton` reads them: in any case, blanks and `_` and `-` alike.
  package var anyOf: [String] = []
  package var allOf: [String] = []
  package var noneOf: [String] = []
  package var headers: [HeaderCondition] = []
  package var category: Category
  /// 0–100.
  package var score: Int
  /// One sentence for a person.
  package var reason: String
  package var examples: [Example] = []
  /// Failures that this rule must not decide; checked likewise.
  package var counterExamples: [Example] = []

  package init(name: String, category: Category, score: Int, reason: String) {
    self.name = name
    self.category = category
    self.score = score
    self.reason = reason
  }
}
