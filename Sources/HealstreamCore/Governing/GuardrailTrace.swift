/// What one guardrail found, as the trace of a decision shows it.
struct GuardrailTrace: Equatable, Sendable {
  enum Verdict: String, CaseIterable, Sendable {
    case pass, refuse
    /// Somebody has to approve.
    case approval
    /// Decided, but not acted on.
    case dryRun = "dry_run"
    /// This kind of action is not subject to it.
    case exempt
  }

  let guardrail: Guardrail
  let value: String
  let limit: String
  let verdict: Verdict

  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("guardrail", guardrail.rawValue)
      json.member("value", value)
      json.member("limit", limit)
      json.member("verdict", verdict.rawValue)
    }
  }
}
