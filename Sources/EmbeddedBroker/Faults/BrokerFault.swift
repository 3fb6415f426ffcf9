/// A fault on request: what is done to requests of a kind, and how often.
package struct BrokerFault: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    /// Do it, and answer so much later.
    case delay(millis: Int64)
    /// Answer with the error without doing it.
    case error(ErrorCode)
    /// Close the connection without doing it.
    case cut
    /// Do it, and close the connection without an answer: its sender cannot know the outcome.
    case loseAnswer
  }

  package let api: API?  // nil: every kind of request
  package let kind: Kind
  package let chance: Double  // 0 to 1

  package init(_ api: API?, _ kind: Kind, chance: Double) {
    precondition((0...1).contains(chance), "a chance is from 0 to 1")
    (self.api, self.kind, self.chance) = (api, kind, chance)
  }

  /// Reads `API:KIND[:ARGUMENT]@CHANCE`, such as `EndTxn:lose-answer@0.01`, `Fetch:delay:200@0.5` or
  /// `*:error:REQUEST_TIMED_OUT@0.001`, with the names of Kafka's protocol guide.
  package init(_ text: String) throws(FaultSyntax) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, let chance = Double(parts[1]), (0...1).contains(chance) else {
      throw FaultSyntax(text: text, expected: "API:KIND[:ARGUMENT]@CHANCE with a chance from 0 to 1")
    }
    let words = parts[0].split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    let api = words[0] == "*" ? nil : API.allCases.named(words[0])
    guard api != nil || words[0] == "*" else {
      throw FaultSyntax(text: text, expected: "* or a request: \(API.allCases.map { "\($0)" }.joined(separator: ", "))")
    }
    guard let kind = Kind(words.dropFirst()) else {
      throw FaultSyntax(text: text, expected: "delay:MILLIS, error:NAME with a name of Kafka's, cut or lose-answer")
    }
    self.init(api, kind, chance: chance)
  }
}

extension BrokerFault.Kind {
  fileprivate init?(_ words: ArraySlice<String>) {
    switch (words.first, words.count == 2 ? words.last : nil, words.count) {
    case ("delay", let argument?, 2):
      guard let millis = Int64(argument), (0...3_600_000).contains(millis) else { return nil }
      self = .delay(millis: millis)
    case ("error", let argument?, 2):
      guard let error = ErrorCode.allCases.named(argument) else { return nil }
      self = .error(error)
    case ("cut", nil, 1): self = .cut
    case ("lose-answer", nil, 1): self = .loseAnswer
    default: return nil
    }
  }
}

extension [API] { fileprivate func named(_ name: String) -> API? { first { "\($0)".isSpelled(name) } } }
extension [ErrorCode] { fileprivate func named(_ name: String) -> ErrorCode? { first { "\($0)".isSpelled(name) } } }

extension String {
  /// `notCoordinator` here is `NOT_COORDINATOR` there.
  fileprivate func isSpelled(_ name: String) -> Bool { lowercased() == name.filter { $0 != "_" }.lowercased() }
}

package struct FaultSyntax: Error, Equatable, CustomStringConvertible {
  let text: String
  let expected: String

  package var description: String { "\"\(text)\" is no fault; expected \(expected)" }
}
