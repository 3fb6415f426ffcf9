/// One line of the rule table: when these statuses, signs and phrases come together, this is what happened.
///
/// A rule asks for a status (of the answer or, where the record has none, told in the text), for signs, for one of
/// `any` and one of `and` (where given), and for none of `unless`. The phrases are sought in the client's error and in
/// the answer's body alike.
struct Rule: Equatable, Sendable {
  /// Stable: it stands in outputs.
  var name: String
  var statuses: StatusSet
  var signs: Signs
  var any: [String]
  var and: [String]
  var unless: [String]
  var category: Category
  /// The chance in percent that the category is right.
  var score: Int
  var reason: String

  init(
    _ name: String, _ category: Category, _ score: Int, on statuses: StatusSet = .any, with signs: Signs = [],
    any: [String] = [],
    and: [String] = [], unless: [String] = [], _ reason: String
  ) {
    self.name = name
    self.statuses = statuses
    self.signs = signs
    self.any = any
    self.and = and
    self.unless = unless
    self.category = category
    self.score = score
    self.reason = reason
  }

  /// The rule without these phrases; `nil` where nothing is left of what it asks for.
  func leavingOut(_ phrases: Set<String>) -> Rule? {
    guard !phrases.isEmpty else { return self }
    var rule = self
    rule.any.removeAll(where: phrases.contains)
    rule.and.removeAll(where: phrases.contains)
    rule.unless.removeAll(where: phrases.contains)
    return rule.any.isEmpty == any.isEmpty && rule.and.isEmpty == and.isEmpty ? rule : nil
  }
}

/// What is known of an attempt besides its status and its words.
struct Signs: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  /// A header says that nothing remains of a limit.
  static let nothingRemains = Signs(rawValue: 1)
  /// The receiver asks not to be sent this again: `webhook-delivery: abort-message` (Standard Webhooks),
  /// `Stripe-Should-Retry: false`.
  static let retryRefused = Signs(rawValue: 2)
  /// Under a 5xx, the text says that somebody answered 400–422 or 429.
  static let clientErrorInText = Signs(rawValue: 4)
  static let limitInText = Signs(rawValue: 8)
  /// A header names the error, and the name is one of throttling.
  static let throttled = Signs(rawValue: 32)
  /// The body says more than the name of a status.
  static let hasProse = Signs(rawValue: 64)
  /// There is neither an error text nor a body.
  static let isSilent = Signs(rawValue: 16)
}

/// A set of HTTP statuses; 0 stands for "no status that tells anything".
struct StatusSet: Equatable, Sendable, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
  var ranges: [ClosedRange<Int>]

  init(_ ranges: [ClosedRange<Int>]) { self.ranges = ranges }
  init(integerLiteral status: Int) { ranges = [status...status] }
  init(arrayLiteral statuses: Int...) { ranges = statuses.map { $0...$0 } }

  static let any = StatusSet([0...999])
  /// No answer, or one whose status tells nothing.
  static let none: StatusSet = 0
  static let success = StatusSet([200...299])
  /// The text has to tell: no answer, or a failure under a 2xx.
  static let textOnly = StatusSet([0...0, 200...299])
  /// A 5xx tells less than a stated permanent cause.
  static let textOrServerError = StatusSet([0...0, 200...299, 500...599])
  static let redirect = StatusSet([300...399])
  static let clientError = StatusSet([400...499])
  static let serverError = StatusSet([500...599])

  func contains(_ status: Int) -> Bool { ranges.contains { $0.contains(status) } }
}
