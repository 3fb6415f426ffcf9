import HealstreamCore

/// How a verdict came about, for a person at the terminal.
///
///     delivery d1, attempt 2, status 502
///       permanent_4xx 98, investigate: The endpoint's certificate has expired or is not valid yet.
///         by tls_certificate_expired: "Certificate has expired" in the body at byte 10
///       matched too, further down the table:
///         status_502: transient_endpoint_down 95
///       nearly matched:
///         …
struct ExplanationText {
  let attempt: ExplainedAttempt

  var text: String { lines.joined(separator: "\n") + "\n" }

  private var explanation: Explanation { attempt.explanation }

  private var lines: [String] {
    let verdict = explanation.verdict
    var lines = [
      "delivery \(String(decoding: attempt.deliveryID, as: UTF8.self)), attempt \(attempt.number), \(status)",
      "  \(verdict.category.name) \(verdict.score), \(verdict.category.recommendedAction): \(verdict.reason)",
    ]
    if let decisive = explanation.matches.first {
      lines.append("    by \(decisive.rule)" + Self.quoted(decisive.evidence, after: ": "))
    }
    lines += section("matched too, further down the table:", explanation.matches.dropFirst().map(Self.line))
    return lines + section("nearly matched:", explanation.nearMisses.map(Self.line))
  }

  private var status: String {
    switch (attempt.httpStatus, explanation.status) {
    case (let recorded, let judged) where explanation.isStatusFromText:
      "status \(recorded.map { "\($0)" } ?? "none"), judged as \(judged), which the text tells"
    case (nil, _): "no status"
    case (.some(let recorded), 0): "status \(recorded), which tells nothing"
    case (.some(let recorded), _): "status \(recorded)"
    }
  }

  private func section(_ title: String, _ lines: [String]) -> [String] {
    lines.isEmpty ? [] : ["  " + title] + lines.map { "    " + $0 }
  }

  private static func line(_ match: Explanation.Match) -> String {
    "\(match.rule): \(match.category.name) \(match.score)" + quoted(match.evidence, after: ", ")
  }

  private static func line(_ nearMiss: Explanation.NearMiss) -> String {
    "\(nearMiss.rule): \(nearMiss.category.name)" + quoted(nearMiss.evidence, after: ", ") + "; "
      + sentence(nearMiss.obstacle)
  }

  private static func sentence(_ obstacle: Explanation.Obstacle) -> String {
    switch obstacle {
    case .otherStatus(let expected): "but it is for \(list(expected.map(statuses)))"
    case .forbidden(let quotation): "but \(quoted(quotation)) speaks against it"
    case .missing(let phrases): "but nothing like \(list(phrases.prefix(3).map { "\"\($0)\"" })) stands beside"
    case .missingSign: "but a header or another sign that it asks for is not there"
    }
  }

  private static func statuses(_ range: ClosedRange<Int>) -> String {
    if range == 0...0 { return "failures without a telling status" }
    return range.lowerBound == range.upperBound
      ? "\(range.lowerBound)" : "\(range.lowerBound) to \(range.upperBound)"
  }

  private static func list(_ items: [String]) -> String {
    items.count < 2 ? items.joined() : items.dropLast().joined(separator: ", ") + " or " + items[items.count - 1]
  }

  private static func quoted(_ quotations: [Explanation.Quotation], after separator: String) -> String {
    quotations.isEmpty ? "" : separator + quotations.map(quoted).joined(separator: " and ")
  }

  private static func quoted(_ quotation: Explanation.Quotation) -> String {
    let words = quotation.text.split(whereSeparator: { $0.isWhitespace || !$0.isPrintable }).joined(separator: " ")
    return "\"\(words)\" in the \(quotation.place.word) at byte \(quotation.offset)"
  }
}

extension Explanation.Place {
  fileprivate var word: String {
    switch self {
    case .error: "error"
    case .body: "body"
    case .header: "header"
    }
  }
}

extension Character {
  /// A terminal is not to be driven by what an endpoint answered.
  fileprivate var isPrintable: Bool { unicodeScalars.allSatisfy { $0.properties.generalCategory != .control } }
}
