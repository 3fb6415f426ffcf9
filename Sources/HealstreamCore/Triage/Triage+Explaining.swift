extension Triage {
  /// What decided, which rules matched besides and stand lower in the table, and which were near.
  package mutating func explain(_ attempt: FailedAttempt) -> Explanation {
    let facts = facts(of: attempt)
    let matching = table.candidates(forStatus: facts.status).map(Int.init).filter { matches($0, facts, attempt) }
    return Explanation(
      verdict: verdict(by: table.rules[matching[0]], for: attempt), status: facts.status,
      isStatusFromText: facts.status != 0 && facts.status != attempt.httpStatus,
      matches: matching.map { index in
        let rule = table.rules[index]
        return Explanation.Match(
          rule: rule.name, category: rule.category, score: rule.score, evidence: quotations(forRule: index, of: attempt)
        )
      },
      nearMisses: table.rules.indices.compactMap { nearMiss(ofRule: $0, facts, attempt) })
  }

  /// Every phrase of the table that is seen in the attempt's texts, as the table has it.
  package func phrases(in attempt: FailedAttempt) -> Set<String> {
    var seen: Set<String> = []
    var text = FoldedText()
    for raw in [attempt.error, attempt.body] {
      text.fold(raw, maxBytes: Evidence.maxErrorBytes)
      table.automaton.scan(text) { phrase, _, _ in seen.insert(table.automaton.text(of: phrase)) }
    }
    return seen
  }

  /// A rule that saw one of its phrases, and yet did not match.
  private func nearMiss(ofRule index: Int, _ facts: Facts, _ attempt: FailedAttempt) -> Explanation.NearMiss? {
    let evidence = quotations(forRule: index, of: attempt)
    guard !evidence.isEmpty, let obstacle = obstacle(ofRule: index, facts, attempt) else { return nil }
    let rule = table.rules[index]
    return Explanation.NearMiss(rule: rule.name, category: rule.category, evidence: evidence, obstacle: obstacle)
  }

  /// The first thing that kept a rule from matching; `nil`: nothing did.
  private func obstacle(ofRule index: Int, _ facts: Facts, _ attempt: FailedAttempt) -> Explanation.Obstacle? {
    let rule = table.rules[index]
    let condition = table.conditions[index]
    if !rule.statuses.contains(facts.status) { return .otherStatus(expected: rule.statuses.ranges) }
    if let unless = condition.unless, evidence.holds(clause: unless) {
      return .forbidden(quotation(ofClause: unless, of: attempt))
    }
    if let any = condition.any, !evidence.holds(clause: any) { return .missing(anyOf: rule.any) }
    if let and = condition.and, !evidence.holds(clause: and) { return .missing(anyOf: rule.and) }
    return matches(index, facts, attempt) ? nil : .missingSign
  }

  private func quotations(forRule index: Int, of attempt: FailedAttempt) -> [Explanation.Quotation] {
    let condition = table.conditions[index]
    let clauses = [condition.any, condition.and].compactMap(\.self) + (table.extras[index]?.allOf ?? [])
    return clauses.filter { evidence.holds(clause: $0) }.map { quotation(ofClause: $0, of: attempt) }
  }

  /// - Parameter clause: one that holds.
  private func quotation(ofClause clause: Int, of attempt: FailedAttempt) -> Explanation.Quotation {
    let sighting = evidence.sightings[clause]
    let raw: [UInt8]
    switch sighting.source {
    case .error: raw = attempt.error
    case .body: raw = attempt.body
    case .header:
      var text: [UInt8] = []
      attempt.headers[Int(sighting.header)].write(to: &text)
      raw = text
    }
    return Explanation.Quotation(
      phrase: table.automaton.text(of: Int(sighting.phrase)), place: sighting.source.place,
      offset: Int(sighting.start), text: String(decoding: raw[Int(sighting.start)...Int(sighting.last)], as: UTF8.self))
  }
}

extension Evidence.Source {
  fileprivate var place: Explanation.Place {
    switch self {
    case .error: .error
    case .body: .body
    case .header: .header
    }
  }
}
