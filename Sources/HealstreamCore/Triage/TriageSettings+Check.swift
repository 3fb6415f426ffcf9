extension TriageSettings {
  func check() throws(TriageSettingsError) {
    guard (0...2_592_000_000).contains(maxRetryAfterMillis) else {
      throw TriageSettingsError(place: "maxRetryAfterMillis", problem: .badRetryAfterCap(maxRetryAfterMillis))
    }
    guard rules.count <= Self.maxRules else {
      throw TriageSettingsError(place: "rules", problem: .tooManyRules(rules.count))
    }
    let phraseCount = rules.reduce(0) { $0 + $1.phrases.count }
    guard phraseCount <= Self.maxPhrases else {
      throw TriageSettingsError(place: "rules", problem: .tooManyPhrases(phraseCount))
    }
    var names = Set(BuiltInRules.all.map(\.name))
    for rule in rules {
      if let problem = rule.problem ?? (names.insert(rule.name).inserted ? nil : .nameTaken) {
        throw TriageSettingsError(place: "rules.\(rule.name)", problem: problem)
      }
    }
  }
}

extension UserRule {
  var phrases: [String] { anyOf + allOf + noneOf }

  /// What is wrong with the rule by itself.
  fileprivate var problem: TriageSettingsError.Problem? {
    guard name.utf8.first?.isASCIILetter == true, name.utf8.allSatisfy(\.isRuleNameByte) else { return .badRuleName }
    if statuses.isEmpty, anyOf.isEmpty, allOf.isEmpty, noneOf.isEmpty, headers.isEmpty { return .nothingToMatch }
    if let range = statuses.first(where: { $0.lowerBound < 0 || $0.upperBound > 999 }) {
      return .badStatus(range.lowerBound < 0 ? range.lowerBound : range.upperBound)
    }
    if let long = phrases.first(where: { $0.utf8.count > TriageSettings.maxPhraseBytes }) {
      return .phraseTooLong(bytes: long.utf8.count)
    }
    if let header = headers.first(where: { !DeliveryReader.tellsOfLimits(Array($0.name.utf8)) }) {
      return .headerNotRead(header.name)
    }
    if let empty = phrases.first(where: { PhraseAutomaton.Phrase($0).bytes.isEmpty }) { return .emptyPhrase(empty) }
    guard (0...100).contains(score) else { return .badScore(score) }
    return reason.isEmpty ? .emptyReason : nil
  }
}

extension UserRule.HeaderCondition {
  func holds(in headers: [FailedAttempt.Header]) -> Bool {
    headers.contains { header in
      guard header.name.elementsEqual(name.utf8) else { return false }
      guard let contains else { return true }
      return header.value.containsIgnoringCase(contains)
    }
  }
}

extension FailedAttempt {
  init(_ example: UserRule.Example) {
    self.init()
    httpStatus = example.httpStatus
    error = Array(example.error.utf8)
    body = Array(example.body.utf8)
    headers = example.headers
  }
}

extension UInt8 {
  fileprivate var isRuleNameByte: Bool {
    (isASCIILetter && self == asciiLowercased) || isASCIIDigit || self == UInt8(ascii: "_") || self == UInt8(ascii: "-")
  }
}
