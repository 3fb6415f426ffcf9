extension BuiltInRules {
  /// What the record does not tell.
  static let unknown: [Rule] = [
    Rule(
      "status_without_meaning", .unknown, 80, on: .success,
      "The endpoint answered 2xx and the record does not say what failed."),
    Rule(
      "no_words", .unknown, 95, with: .isSilent,
      "There is neither a status that tells anything, nor an error, nor a body."),
    Rule("no_evidence", .unknown, 82, "Nothing in the record tells why the delivery failed."),
  ]
}
