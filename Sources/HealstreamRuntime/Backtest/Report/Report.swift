import Foundation
import HealstreamCore

/// A backtest as one page that needs nothing but itself: no script, no network, no font.
///
/// Its size does not grow with the input: series have a bounded number of buckets, tables a bounded number of rows.
struct Report {
  /// Of the tables of incidents, actions and differences.
  static let maxRows = 100
  static let maxNameLength = 160

  let result: BacktestResult
  /// `nil` where there was no attempt.
  let axis: TimeAxis?

  struct Section {
    /// Within the page.
    let anchor: StaticString
    let title: String
    let body: HTML
  }

  init(_ result: BacktestResult) {
    self.result = result
    axis = result.traffic.series.range.map(TimeAxis.init)
  }

  var html: String {
    let page: HTML = """
      <!doctype html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(Self.policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>Backtest of \(result.input) · Healstream</title>
      <style>\(HTML(trusted: ReportStyle.sheet))</style>
      </head>
      <body>
      <a class="skip" href="#report">Skip to the report</a>
      <header>
      <p class="brand">Healstream · backtest</p>
      <h1>\(result.input.shortened(to: Self.maxNameLength))</h1>
      \(lead)
      </header>
      <nav aria-label="Sections"><ul>
      \(sections.map { "<li><a href=\"#\($0.anchor)\">\($0.title)</a></li>\n" as HTML })</ul></nav>
      <main id="report">
      \(sections.map(Self.markup))</main>
      <footer><p>Made by healstream \(Version.current). All times are UTC. The same recording under the same configuration gives the same page.</p></footer>
      </body>
      </html>

      """
    return page.markup
  }

  /// Only the page's own style sheet, named by its hash (CSP Level 3, §2.3.1), and nothing else at all.
  private static let policy: HTML = {
    let digest = Data(SHA256.digest(Array(ReportStyle.sheet.utf8))).base64EncodedString()
    return "default-src 'none'; style-src 'sha256-\(digest)'; base-uri 'none'; form-action 'none'"
  }()

  private var sections: [Section] {
    [summary]
      + [comparison, timeLine, triage, incidents, actions, endpoints, tenants, detectability, labels].compactMap(\.self)
  }

  private static func markup(_ section: Section) -> HTML {
    """
    <section aria-labelledby="\(section.anchor)">
    <h2 id="\(section.anchor)">\(section.title)</h2>
    \(section.body)</section>

    """
  }

  private var lead: HTML {
    guard let span = result.span else { return "<p class=\"lead\">No delivery was read.</p>" }
    let length = (span.upperBound - span.lowerBound).durationText
    return """
      <p class="lead"><time>\(span.lowerBound.shortText)</time> to <time>\(span.upperBound.shortText)</time> UTC, \(length)</p>
      """
  }
}

extension Report {
  /// What is said where a list is longer than the page.
  static func more(_ count: Int, of file: String) -> HTML {
    count > 0 ? "<p class=\"more\">\(count.grouped) more are in <code>\(file)</code>.</p>\n" : ""
  }

  static func badge(_ style: String, _ text: String) -> HTML { "<span class=\"badge \(style)\">\(text)</span>" }

  /// A subject in a table: the tenant, under it the endpoint.
  static func name(_ subject: IncidentStory.Subject) -> HTML {
    let tenant = subject.tenantID.map { $0.shortened(to: maxNameLength) } ?? "the platform"
    guard let endpoint = subject.endpoint else { return "<bdi>\(tenant)</bdi>" }
    return "<bdi>\(tenant)</bdi><br><span class=\"url\">\(endpoint.shortened(to: maxNameLength))</span>"
  }

  /// Says of which configuration something is, where there are two.
  func heading(_ side: BacktestSide) -> HTML { result.b == nil ? "" : "<h3>\(side.name)</h3>\n" }
}
