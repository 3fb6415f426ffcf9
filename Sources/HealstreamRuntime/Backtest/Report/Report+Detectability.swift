import HealstreamCore

extension Report {
  private static let maxBusiest = 15

  /// What would be seen from the recording's end on; under A, where there are two.
  var detectability: Section? {
    guard let all = result.a.detectability else {
      return Section(
        anchor: "detectability", title: "Detectability",
        body: "<p>There are too many endpoints to look at each: <code>healstream detectability</code> does.</p>\n")
    }
    guard !all.isEmpty else { return nil }
    return Section(
      anchor: "detectability", title: "Detectability",
      body: """
        <p>Which faults would be noticed from the end of the recording on, as far as its \(all.count.grouped) endpoints are known by \
        then\(result.b == nil ? "" : ", under A").</p>
        \(Self.bands(DetectabilitySummary(all)))\(Self.busiest(all))
        """)
  }

  private static func bands(_ summary: DetectabilitySummary) -> HTML {
    var table = ReportTable(
      "Endpoints by how soon an outage is noticed",
      [.text("Failing attempts")] + DetectabilitySummary.bands.map { .number("Within " + shown($0.seconds)) }
        + [.number("Not within a day")])
    for (share, failing) in Detectability.shares.enumerated() {
      let counts = summary.outages[share].map { "\($0.grouped)" as HTML }
      table.rows.append(["\(failing.percentText)"] + counts + ["\((summary.endpoints - summary.seen(share)).grouped)"])
    }
    return table.html
  }

  private static func busiest(_ all: [Detectability]) -> HTML {
    var table = ReportTable(
      "The busiest endpoints",
      [.text("Endpoint"), .number("Attempts in 5 min")]
        + Detectability.shares.map { .number("\($0.percentText) failing") } + [.number("Flood from")])
    let busiest = all.sorted { left, right in
      (right.ratePer5Min, left.tenantID, left.endpoint) < (left.ratePer5Min, right.tenantID, right.endpoint)
    }
    for one in busiest.prefix(maxBusiest) {
      let outages = one.outages.map { "\($0.seconds.map(shown) ?? "not seen")" as HTML }
      let flood = one.floodMultiple.map { "\(tenths($0)) ×" } ?? "not seen"
      table.rows.append(
        [
          name(.init(scope: "endpoint", tenantID: one.tenantID, endpoint: one.endpoint)), "\(tenths(one.ratePer5Min))",
        ] + outages + ["\(flood)"])
    }
    return table.html
  }

  private static func shown(_ seconds: Double) -> String { Int64(seconds.rounded(.up) * 1000).durationText }

  private static func tenths(_ number: Double) -> String {
    let tenths = Int((number * 10).rounded())
    return tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
  }
}
