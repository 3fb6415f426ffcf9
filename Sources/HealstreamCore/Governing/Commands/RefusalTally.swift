/// Which guardrails refused in a cycle, how often, and what the first of each said.
struct RefusalTally: Sendable {
  private struct Entry {
    let guardrail: Guardrail
    let reason: String
    var count = 1
  }

  /// In the order in which they came first: at most one a guardrail.
  private var entries: [Entry] = []

  var isEmpty: Bool { entries.isEmpty }

  mutating func add(_ guardrail: Guardrail, reason: String) {
    if let index = entries.firstIndex(where: { $0.guardrail == guardrail }) {
      entries[index].count += 1
    } else {
      entries.append(Entry(guardrail: guardrail, reason: reason))
    }
  }

  /// For people: what refused most.
  var summary: String {
    guard let most = entries.max(by: { $0.count < $1.count }) else { return "" }
    let others = entries.count - 1
    return "\(most.reason) (\(most.count))" + (others > 0 ? ", and \(others) other guardrails" : "")
  }

  var exceptions: [CommandException] {
    entries.map { CommandException(subject: $0.guardrail.rawValue, reason: "\($0.reason) (\($0.count))") }
  }
}
