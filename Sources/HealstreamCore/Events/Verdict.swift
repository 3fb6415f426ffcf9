/// Why a delivery failed, as far as the attempt's record tells.
package enum Category: UInt8, CaseIterable, Sendable {
  case transientEndpointDown, permanent4xx, rateLimited, unknown

  package var name: StaticString {
    switch self {
    case .transientEndpointDown: "transient_endpoint_down"
    case .permanent4xx: "permanent_4xx"
    case .rateLimited: "rate_limited"
    case .unknown: "unknown"
    }
  }

  package var recommendedAction: StaticString {
    switch self {
    case .transientEndpointDown: "retry"
    case .permanent4xx: "investigate"
    case .rateLimited: "wait"
    case .unknown: "review"
    }
  }
}

/// What triage says of one failed attempt.
package struct Verdict: Equatable, Sendable {
  package var category: Category
  /// How sure the rule is of its category, 0–100.
  package var score: Int
  /// The rule that decided, as the table names it.
  package var rule: String
  /// One sentence for a person.
  package var reason: String
  /// Not to be retried before; where the endpoint said so.
  package var notBefore: Timestamp?
  /// The same for failures that differ only in digits and ids: a hash of rule, status and masked error text.
  package var signature: UInt64

  package init(
    category: Category, score: Int, rule: String, reason: String, notBefore: Timestamp? = nil, signature: UInt64 = 0
  ) {
    self.category = category
    self.score = score
    self.rule = rule
    self.reason = reason
    self.notBefore = notBefore
    self.signature = signature
  }
}
