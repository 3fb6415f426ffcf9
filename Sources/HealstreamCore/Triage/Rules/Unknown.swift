extension BuiltInRules {
  /// The sender's own program broke, and names of its variables are no evidence.
  static let programErrors: [Rule] = [
    Rule(
      "program_error", .unknown, Grounds.silence, on: .none,
      any: [
        "undefined method", "cannot read propert", "is not defined", "not a function", "has no attribute",
        "nil pointer dereference", "*null pointer exception", "*null reference exception", "object reference not set",
        "*key error:", "*name error:", "*import error:", "*module not found", "*attribute error:",
        "*index error:", "*unbound local error", "*assertion error", "no module named", "undefined index",
        "undefined variable", "undefined array key", "undefined property", "unknown option", "flag provided but",
        "segmentation fault", "*class cast exception", "*no such method error", "*class not found exception",
        "cannot find module", "division by zero", "invalid memory address",
      ],
      "The sender's own program failed, which tells nothing of the endpoint.")
  ]

  /// What the record does not tell.
  static let unknown: [Rule] = [
    Rule(
      "status_without_meaning", .unknown, Grounds.silence, on: .success,
      "The endpoint answered 2xx and the record does not say what failed."),
    Rule(
      "no_words", .unknown, Grounds.silence, with: .isSilent,
      "There is neither a status that tells anything, nor an error, nor a body."),
    Rule("no_evidence", .unknown, Grounds.silence, "Nothing in the record tells why the delivery failed."),
  ]
}
