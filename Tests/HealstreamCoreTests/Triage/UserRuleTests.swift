import Testing

@testable import HealstreamCore

struct UserRuleTests {
  private func rule(_ name: String = "acme-maintenance", change: (inout UserRule) -> Void = { _ in }) -> UserRule {
    var rule = UserRule(name: name, category: .transientEndpointDown, score: 77, reason: "Acme is being maintained.")
    rule.statuses = [400...499]
    rule.anyOf = ["planned work", "nightly work"]
    change(&rule)
    return rule
  }

  private func triage(_ rules: UserRule...) throws(TriageSettingsError) -> Triage {
    var settings = TriageSettings()
    settings.rules = rules
    return try Triage(settings)
  }

  @Test func `an operator's rule is tried before the built-in ones`() throws {
    var triage = try triage(rule())
    let verdict = triage.verdict(for: FailedAttempt(404, body: "Nightly-Work in progress"))
    #expect(verdict.rule == "acme-maintenance" && verdict.category == .transientEndpointDown && verdict.score == 77)
    #expect(verdict.reason == "Acme is being maintained.")
    #expect(triage.verdict(for: FailedAttempt(404, body: "nothing")).rule == "status_404")
    #expect(triage.verdict(for: FailedAttempt(500, body: "nightly work")).rule == "status_500")
  }

  @Test func `operators' rules are tried in their order`() throws {
    var triage = try triage(rule("first"), rule("second"))
    #expect(triage.verdict(for: FailedAttempt(404, body: "planned work")).rule == "first")
  }

  @Test func `every condition must hold`() throws {
    var triage = try triage(
      rule {
        $0.allOf = ["acme", "tonight"]
        $0.noneOf = ["cancelled"]
        $0.headers = [.init(name: "x-ratelimit-scope", contains: "Acme"), .init(name: "retry-after")]
      })
    let headers = ["X-RateLimit-Scope": "at ACME", "Retry-After": "1"]
    #expect(
      triage.verdict(for: FailedAttempt(404, body: "acme planned work tonight", headers: headers)).rule
        == "acme-maintenance")
    #expect(triage.verdict(for: FailedAttempt(404, body: "acme planned work", headers: headers)).rule == "status_404")
    #expect(
      triage.verdict(for: FailedAttempt(404, body: "acme planned work tonight cancelled", headers: headers)).rule
        == "status_404")
    #expect(
      triage.verdict(for: FailedAttempt(404, body: "acme planned work tonight", headers: ["Retry-After": "1"])).rule
        == "status_404")
  }

  @Test func `a rule may ask for no status at all`() throws {
    var triage = try triage(rule { $0.statuses = [0...0] })
    #expect(triage.verdict(for: FailedAttempt(nil, "planned work")).rule == "acme-maintenance")
    #expect(triage.verdict(for: FailedAttempt(404, "planned work")).rule == "status_404")
  }

  @Test func `a rule's examples are run`() throws {
    _ = try triage(rule { $0.examples = [.init(httpStatus: 404, body: "planned work")] })
    #expect(
      throws: TriageSettingsError(
        place: "rules.acme-maintenance", problem: .exampleFails(index: 1, gives: "status_404"))
    ) {
      try triage(rule { $0.examples = [.init(httpStatus: 404, body: "planned work"), .init(httpStatus: 404)] })
    }
  }

  @Test func `a rule must not decide its counter-examples`() throws {
    _ = try triage(rule { $0.counterExamples = [.init(httpStatus: 500, body: "planned work")] })
    #expect(
      throws: TriageSettingsError(place: "rules.acme-maintenance", problem: .counterExampleMatches(index: 0))
    ) {
      try triage(rule { $0.counterExamples = [.init(httpStatus: 404, body: "no planned work")] })
    }
  }

  struct BadRule: Sendable {
    var problem: TriageSettingsError.Problem
    var change: @Sendable (inout UserRule) -> Void

    init(_ problem: TriageSettingsError.Problem, _ change: @escaping @Sendable (inout UserRule) -> Void) {
      self.problem = problem
      self.change = change
    }
  }

  @Test(arguments: [
    BadRule(.badRuleName) { $0.name = "Acme rule" },
    BadRule(.badRuleName) { $0.name = "" },
    BadRule(.nameTaken) { $0.name = "status_404" },
    BadRule(.nothingToMatch) { ($0.statuses, $0.anyOf) = ([], []) },
    BadRule(.emptyPhrase("*-_$")) { $0.noneOf = ["*-_$"] },
    BadRule(.phraseTooLong(bytes: 201)) { $0.allOf = [String(repeating: "a", count: 201)] },
    BadRule(.badScore(101)) { $0.score = 101 },
    BadRule(.headerNotRead("server")) { $0.headers = [.init(name: "server")] },
    BadRule(.emptyReason) { $0.reason = "" },
    BadRule(.badStatus(1000)) { $0.statuses = [400...1000] },
    BadRule(.badStatus(-1)) { $0.statuses = [-1...3] },
  ])
  func `a rule that cannot be used is refused`(bad: BadRule) {
    let changed = rule(change: bad.change)
    #expect(throws: TriageSettingsError(place: "rules.\(changed.name)", problem: bad.problem)) { try triage(changed) }
  }

  @Test func `there are bounds to what can be set`() {
    var settings = TriageSettings()
    settings.rules = (0...TriageSettings.maxRules).map { rule("r\($0)") }
    #expect(throws: TriageSettingsError(place: "rules", problem: .tooManyRules(257))) { try Triage(settings) }
    settings.rules = [rule { $0.anyOf = (0...TriageSettings.maxPhrases).map { "p\($0)" } }]
    #expect(throws: TriageSettingsError(place: "rules", problem: .tooManyPhrases(2001))) { try Triage(settings) }
    settings.rules = []
    settings.maxRetryAfterMillis = -1
    #expect(throws: TriageSettingsError(place: "maxRetryAfterMillis", problem: .badRetryAfterCap(-1))) {
      try Triage(settings)
    }
  }

  @Test func `an error says where, what was found and what to do`() {
    let error = TriageSettingsError(place: "rules.acme", problem: .badScore(101))
    #expect(error.description == "rules.acme: the score is 101, it must be 0 to 100")
  }
}
