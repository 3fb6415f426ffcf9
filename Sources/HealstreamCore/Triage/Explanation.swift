/// Which rules match an attempt and on what grounds.
package struct Explanation: Equatable, Sendable {
  package struct Quotation: Equatable, Sendable {
    /// As the rule has it.
    package var phrase: String
    /// In the answer's body, or else in the client's error.
    package var isInBody: Bool
    /// Bytes from the start of that text.
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

  package var verdict: Verdict
  /// The status that the rules were asked with; 0 where none told anything.
  package var status: Int
  /// The record has no such status: the error or the body tells it.
  package var isStatusFromText: Bool
  /// In the order of the table. The first decided; the others lost because they stand below it.
  package var matches: [Match]
}
