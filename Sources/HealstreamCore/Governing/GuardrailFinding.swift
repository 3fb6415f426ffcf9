/// What a guardrail says of a decision: its verdict, what it measured against what, and the reason where it does not pass.
struct GuardrailFinding: Equatable, Sendable {
  let verdict: GuardrailTrace.Verdict
  let value: String
  let limit: String
  let reason: String

  init(_ verdict: GuardrailTrace.Verdict, value: String, limit: String, reason: String = "") {
    self.verdict = verdict
    self.value = value
    self.limit = limit
    self.reason = reason
  }

  init(_ passes: Bool, value: String, limit: String, else reason: @autoclosure () -> String) {
    self.init(passes ? .pass : .refuse, value: value, limit: limit, reason: passes ? "" : reason())
  }

  static func exempt(_ value: String, limit: String) -> GuardrailFinding {
    GuardrailFinding(.exempt, value: value, limit: limit)
  }
}
