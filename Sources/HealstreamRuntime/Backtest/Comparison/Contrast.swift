package import HealstreamCore

/// What two runs have both, and what only one of them has.
package struct Contrast<Story: ComparedStory>: Sendable {
  package struct Pair: Sendable {
    package let a: Story
    package let b: Story
    package let differences: [Difference]
    /// By how much B was earlier than A, in milliseconds; negative: later.
    package var earlierMillis: Int64 { a.startedAt - b.startedAt }
  }

  package internal(set) var pairs: [Pair] = []
  package internal(set) var onlyInA: [Story] = []
  package internal(set) var onlyInB: [Story] = []

  package var changed: [Pair] { pairs.filter { !$0.differences.isEmpty } }
  /// In B than in A.
  package var earlier: [Pair] { pairs.filter { $0.earlierMillis > 0 } }
  package var later: [Pair] { pairs.filter { $0.earlierMillis < 0 } }
}

/// Something that has a beginning and can be told.
package protocol ComparedStory: Sendable {
  var startedAt: Timestamp { get }
  func write(to json: inout JSONWriter)
}

/// A field in which two that are the same differ.
package struct Difference: Sendable {
  package let field: StaticString
  package let a: String
  package let b: String

  /// Those of the fields that differ.
  static func among(_ fields: [(StaticString, String, String)]) -> [Difference] {
    fields.filter { $0.1 != $0.2 }.map { Difference(field: $0.0, a: $0.1, b: $0.2) }
  }
}
