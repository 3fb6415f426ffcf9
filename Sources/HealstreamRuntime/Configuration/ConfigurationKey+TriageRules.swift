import HealstreamCore

extension UserRule {
  init(_ value: ConfigurationValue, _ name: String) throws(ConfigurationError) {
    let table = try TableReader(
      value, name,
      known: [
        "name", "statuses", "any_of", "all_of", "none_of", "headers", "category", "score", "reason", "examples",
        "counter_examples",
      ])
    self.init(
      name: try table.requiredText("name"), category: try Self.category(table),
      score: try table.integer("score", 0...100) ?? 80, reason: try table.requiredText("reason"))
    for value in try table.list("statuses") { statuses.append(try Self.statuses(value, table)) }
    anyOf = try table.texts("any_of") ?? []
    allOf = try table.texts("all_of") ?? []
    noneOf = try table.texts("none_of") ?? []
    for (header, value) in try table.table("headers") {
      headers.append(HeaderCondition(name: header.lowercased(), contains: try Self.contained(value, header, table)))
    }
    for (index, value) in try table.list("examples").enumerated() {
      examples.append(try Example(value, "\(name).examples[\(index)]"))
    }
    for (index, value) in try table.list("counter_examples").enumerated() {
      counterExamples.append(try Example(value, "\(name).counter_examples[\(index)]"))
    }
  }

  private static func category(_ table: TableReader) throws(ConfigurationError) -> Category {
    let text = try table.requiredText("category")
    if let category = Category.allCases.first(where: { "\($0.name)" == text }) { return category }
    let known = Category.allCases.map { "\($0.name)" }.joined(separator: ", ")
    throw table.invalid("category", "one of \(known)", .text(text))
  }

  /// `503`, or `"500-599"`.
  private static func statuses(
    _ value: ConfigurationValue, _ table: TableReader
  ) throws(ConfigurationError) -> ClosedRange<Int> {
    switch value {
    case .integer(let status) where (0...999).contains(status): return Int(status)...Int(status)
    case .text(let text):
      let ends = text.split(separator: "-").map { Int($0) }
      if ends.count == 2, let low = ends[0], let high = ends[1], (0...999).contains(low), (low...999).contains(high) {
        return low...high
      }
    default: break
    }
    throw table.invalid("statuses", "statuses such as 503 or \"500-599\"", value)
  }

  /// `true`: the header must be there; text: its value must contain it.
  private static func contained(
    _ value: ConfigurationValue, _ header: String, _ table: TableReader
  ) throws(ConfigurationError) -> String? {
    switch value {
    case .flag(true): return nil
    case .text(let text): return text
    default: throw table.invalid("headers.\(header)", "true, or the text to look for", value)
    }
  }
}

extension UserRule.Example {
  fileprivate init(_ value: ConfigurationValue, _ name: String) throws(ConfigurationError) {
    let table = try TableReader(value, name, known: ["http_status", "error", "response_body", "response_headers"])
    self.init(
      httpStatus: try table.integer("http_status", 0...999), error: try table.text("error") ?? "",
      body: try table.text("response_body") ?? "")
    for (header, value) in try table.table("response_headers") {
      guard case .text(let text) = value else { throw table.invalid("response_headers.\(header)", "text", value) }
      headers.append(FailedAttempt.Header(name: Array(header.lowercased().utf8), value: Array(text.utf8)))
    }
  }
}
