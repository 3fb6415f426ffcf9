/// The rules in force, the operator's before the built-in ones, made ready to be judged quickly.
///
/// All phrases of all rules are in one automaton. Each list of phrases of a rule is a *clause*, and has a bit that is
/// set when one of its phrases is seen; so a rule is judged by its status and at most three bits.
struct RuleTable: Sendable {
  /// What a rule asks, in a form without references: judging it counts none.
  struct Condition: Sendable {
    var signs: Signs
    /// The clauses, as indices of bits; `nil`: nothing is asked.
    var any: Int?
    var and: Int?
    var unless: Int?
    /// Whether an operator's rule asks for more: see `Extras`.
    var hasExtras = false
  }

  /// What only the operator's rules can ask.
  struct Extras: Sendable {
    var allOf: [Int] = []
    var headers: [UserRule.HeaderCondition] = []
  }

  static let statusCount = 1000

  /// The rules in order, and what each asks, under the same index.
  private(set) var rules: [Rule] = []
  private(set) var conditions: [Condition] = []
  private(set) var extras: [Int: Extras] = [:]
  private(set) var automaton = PhraseAutomaton()
  /// What each phrase means: the clauses it belongs to, and what it says of a status.
  private(set) var clausesOfPhrase: [[UInt16]] = []
  private(set) var statedStatuses: [StatedStatus.Cue?] = []
  private(set) var clauseCount = 0
  /// For each status the rules that may match, in order.
  private var candidates: [[UInt16]] = []

  /// - Parameter leftOut: phrases of the built-in rules that are to be as if they had never been written.
  init(_ settings: TriageSettings, leavingOut leftOut: Set<String> = []) {
    for rule in settings.rules { add(rule) }
    for rule in BuiltInRules.all {
      if let known = rule.leavingOut(leftOut) { add(known) }
    }
    for (phrase, cue) in StatedStatus.cues where !leftOut.contains(phrase) {
      let index = phraseIndex(phrase, countsInNames: true)
      statedStatuses[index] = cue
    }
    automaton.build()
    candidates = (0..<Self.statusCount).map { status in
      rules.indices.filter { rules[$0].statuses.contains(status) }.map { UInt16($0) }
    }
  }

  func candidates(forStatus status: Int) -> [UInt16] { candidates[status] }

  private mutating func add(_ rule: Rule) {
    rules.append(rule)
    conditions.append(
      Condition(signs: rule.signs, any: clause(rule.any), and: clause(rule.and), unless: clause(rule.unless)))
  }

  private mutating func add(_ rule: UserRule) {
    let statuses = rule.statuses.isEmpty ? StatusSet.any : StatusSet(rule.statuses)
    add(
      Rule(
        rule.name, rule.category, rule.score, on: statuses, any: rule.anyOf, unless: rule.noneOf, rule.reason))
    guard !rule.allOf.isEmpty || !rule.headers.isEmpty else { return }
    conditions[conditions.count - 1].hasExtras = true
    extras[rules.count - 1] = Extras(allOf: rule.allOf.compactMap { clause([$0]) }, headers: rule.headers)
  }

  /// A new clause of these phrases; `nil` where there are none.
  private mutating func clause(_ phrases: [String]) -> Int? {
    guard !phrases.isEmpty else { return nil }
    for phrase in phrases { clausesOfPhrase[phraseIndex(phrase)].append(UInt16(clauseCount)) }
    clauseCount += 1
    return clauseCount - 1
  }

  private mutating func phraseIndex(_ phrase: String, countsInNames: Bool = false) -> Int {
    let index = automaton.add(phrase, countsInNames: countsInNames)
    if index == clausesOfPhrase.count {
      clausesOfPhrase.append([])
      statedStatuses.append(nil)
    }
    return index
  }
}
