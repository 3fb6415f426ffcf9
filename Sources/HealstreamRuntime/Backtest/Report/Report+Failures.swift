extension Report {
  private static let maxRanked = 15

  var endpoints: Section? {
    ranking(
      result.traffic.endpoints, anchor: "endpoints", title: "Endpoints",
      caption: "The endpoints with the most failed attempts")
  }

  var tenants: Section? {
    ranking(
      result.traffic.tenants, anchor: "tenants", title: "Tenants", caption: "The tenants with the most failed attempts")
  }

  private func ranking(
    _ ranking: FailureRanking, anchor: StaticString, title: String, caption: HTML
  ) -> Section? {
    let entries = ranking.top(Self.maxRanked)
    guard let most = entries.first?.failures else { return nil }
    var table = ReportTable(
      caption,
      [.text(title == "Tenants" ? "Tenant" : "Endpoint"), .number("Failed"), .number("Attempts"), .number("Share")])
    table.rows = entries.map { entry in
      [
        Self.name(.init(scope: "", tenantID: entry.tenantID, endpoint: entry.endpoint)),
        "\(Self.bar(entry.failures, of: most))\(entry.failures.grouped)", "\(entry.attempts.grouped)",
        "\((Double(entry.failures) / Double(max(1, entry.attempts))).percentText)",
      ]
    }
    let beyond = ranking.table.uncounted
    let note: HTML =
      beyond == 0
      ? ""
      : "<p class=\"more\">\(beyond.grouped) attempts of names beyond the first 600 000 are not counted here.</p>\n"
    return Section(anchor: anchor, title: title, body: table.html + note)
  }

  /// A number as a length, beside the number itself.
  private static func bar(_ value: Int, of most: Int) -> HTML {
    let width = (Double(value) / Double(max(1, most)) * 100).brief
    return
      "<svg class=\"bar\" width=\"60\" height=\"8\" aria-hidden=\"true\"><rect class=\"failures\" width=\"\(width)%\" height=\"8\"/></svg> "
  }
}
