/// Tells from the record of a failed attempt why it failed, and whether the same request may be sent again.
///
/// The first rule of the table that matches decides. Building one costs some ten milliseconds and a megabyte, a verdict some three
/// microseconds (`healstream bench triage`) and, once its buffers have grown, no allocation but for a text that ends within a phrase.
package struct Triage: Sendable {
  let table: RuleTable
  private let maxRetryAfterMillis: Int64
  private(set) var evidence: Evidence

  /// - Parameter leftOut: phrases of the built-in rules to judge without, so that it can be measured how far the
  ///   others carry.
  package init(
    _ settings: TriageSettings = .init(), leavingOut leftOut: Set<String> = []
  ) throws(TriageSettingsError) {
    try settings.check()
    table = RuleTable(settings, leavingOut: leftOut)
    maxRetryAfterMillis = settings.maxRetryAfterMillis
    evidence = Evidence(clauseCount: table.clauseCount)
    try checkExamples(of: settings.rules)
  }

  package mutating func verdict(for attempt: FailedAttempt) -> Verdict {
    let facts = facts(of: attempt)
    let candidates = table.candidates(forStatus: facts.status)
    for index in candidates where matches(Int(index), facts, attempt) {
      return verdict(by: table.rules[Int(index)], for: attempt)
    }
    preconditionFailure("the last built-in rule matches everything")
  }
}

extension Triage {
  struct Facts {
    /// The status that the rules are asked with; 0 where none tells anything.
    var status: Int
    var signs: Signs
  }

  mutating func facts(of attempt: FailedAttempt) -> Facts {
    evidence.collect(from: attempt, by: table)
    var signs = LimitHeaders.signs(of: attempt.headers)
    if attempt.error.isEmpty, attempt.body.isEmpty { signs.insert(.isSilent) }
    if evidence.bodyIsProse { signs.insert(.hasProse) }
    let answered = meaningfulStatus(attempt.httpStatus)
    let stated = evidence.statusInError.announced ?? evidence.statusInBody.announced
    if (500...599).contains(answered), let stated {
      if stated == 429 { signs.insert(.limitInText) }
      if [400, 401, 403, 404, 405, 410, 413, 415, 422].contains(stated) { signs.insert(.clientErrorInText) }
    }
    guard answered == 0 || (200...299).contains(answered) else { return Facts(status: answered, signs: signs) }
    return Facts(status: evidence.statusInError.either ?? evidence.statusInBody.either ?? answered, signs: signs)
  }

  /// 0 for what tells nothing: no answer, 1xx, 304, and numbers outside HTTP but for 999, which LinkedIn refuses with.
  private func meaningfulStatus(_ status: Int?) -> Int {
    switch status {
    case .some(304): 0
    case .some(let status) where (200...599).contains(status) || status == 999: status
    default: 0
    }
  }

  func matches(_ index: Int, _ facts: Facts, _ attempt: FailedAttempt) -> Bool {
    let condition = table.conditions[index]
    guard facts.signs.isSuperset(of: condition.signs) else { return false }
    if let any = condition.any, !evidence.holds(clause: any) { return false }
    if let and = condition.and, !evidence.holds(clause: and) { return false }
    if let unless = condition.unless, evidence.holds(clause: unless) { return false }
    guard condition.hasExtras, let extras = table.extras[index] else { return true }
    return extras.allOf.allSatisfy { evidence.holds(clause: $0) }
      && extras.headers.allSatisfy { $0.holds(in: attempt.headers) }
  }

  func verdict(by rule: Rule, for attempt: FailedAttempt) -> Verdict {
    let mayWait = rule.category == .rateLimited || rule.category == .transientEndpointDown
    return Verdict(
      category: rule.category, score: rule.score, rule: rule.name, reason: rule.reason,
      notBefore: mayWait
        ? LimitHeaders.notBefore(attempt.headers, from: attempt.occurredAt, maxMillis: maxRetryAfterMillis) : nil,
      signature: FailureSignature.of(rule: rule.name, status: attempt.httpStatus, error: attempt.error))
  }

  private mutating func checkExamples(of rules: [UserRule]) throws(TriageSettingsError) {
    for rule in rules {
      for (index, example) in rule.examples.enumerated() {
        let decided = verdict(for: FailedAttempt(example)).rule
        guard decided == rule.name else {
          throw TriageSettingsError(place: "rules.\(rule.name)", problem: .exampleFails(index: index, gives: decided))
        }
      }
      for (index, example) in rule.counterExamples.enumerated()
      where verdict(for: FailedAttempt(example)).rule == rule.name {
        throw TriageSettingsError(place: "rules.\(rule.name)", problem: .counterExampleMatches(index: index))
      }
    }
  }
}
