/// A table with its caption. One that may be wide becomes a list of cards on a narrow screen; its roles are spelt out, because
/// browsers drop those of a table that is laid out as anything else.
struct ReportTable {
  struct Column {
    let title: String
    var isNumber = false
  }

  let caption: HTML
  let columns: [Column]
  /// Short texts and numbers, which would be far apart over the whole width.
  let isCompact: Bool
  var rows: [[HTML]] = []

  init(_ caption: HTML, _ columns: [Column], isCompact: Bool = false) {
    self.caption = caption
    self.columns = columns
    self.isCompact = isCompact
  }

  /// Rows that stand there at once; the others unfold.
  private static let visibleRows = 12

  var html: HTML {
    // One or two rows behind a fold would not be worth the click.
    guard rows.count > Self.visibleRows + 2 else { return markup(rows[...], caption) }
    let rest = rows[Self.visibleRows...]
    return """
      \(markup(rows[..<Self.visibleRows], caption))<details><summary>\(rest.count) more rows</summary>
      \(markup(rest, "\(caption), continued"))</details>

      """
  }

  private func markup(_ rows: ArraySlice<[HTML]>, _ caption: HTML) -> HTML {
    """
    <table role="table" class="\(isCompact ? "compact" : "cards")"><caption>\(caption)</caption>
    <thead role="rowgroup"><tr role="row">\(columns.map(header))</tr></thead>
    <tbody role="rowgroup">
    \(rows.map(row))</tbody></table>

    """
  }

  private func header(_ column: Column) -> HTML {
    "<th role=\"columnheader\" scope=\"col\"\(number(column))>\(column.title)</th>"
  }

  private func row(_ cells: [HTML]) -> HTML {
    "<tr role=\"row\">\(zip(columns, cells).map(cell))</tr>\n"
  }

  private func cell(_ column: Column, _ content: HTML) -> HTML {
    "<td role=\"cell\" data-label=\"\(column.title)\"\(number(column))>\(content)</td>"
  }

  private func number(_ column: Column) -> HTML { column.isNumber ? " class=\"number\"" : "" }
}

extension ReportTable.Column {
  static func text(_ title: String) -> Self { Self(title: title) }
  static func number(_ title: String) -> Self { Self(title: title, isNumber: true) }
}
