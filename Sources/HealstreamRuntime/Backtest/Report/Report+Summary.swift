import HealstreamCore

extension Report {
  var summary: Section {
    Section(
      anchor: "summary", title: "Summary",
      body: """
        <dl class="tiles">
        \(tiles)</dl>
        \(result.sides.map(settings))\(result.b == nil ? balanceTable : "")
        """)
  }

  private var tiles: [HTML] {
    let side = result.a.summary
    let attempts = side.deliveries
    let rate = attempts == 0 ? "none" : (Double(side.failures) / Double(attempts)).percentText
    return [
      tile("Attempts", attempts.grouped, "\(result.traffic.replayCount.grouped) of them replays"),
      tile("Failed", side.failures.grouped, "\(rate) of attempts"),
      tile("Incidents", both { $0.summary.incidentsOpened }, both("critical") { $0.value(of: "critical_incidents") }),
      tile(
        "Heal actions", both { $0.summary.healActions.values.reduce(0, +) },
        both("decisions refused") { $0.value(of: "refusals") }),
      tile(
        "People called", both { $0.value(of: "escalations") },
        both("approvals asked for") { $0.value(of: "approvals_asked") }),
      tile("Set aside", both { $0.summary.deadLetters }, "records that cannot be read"),
    ]
  }

  private func tile(_ title: String, _ value: String, _ note: String) -> HTML {
    "<div class=\"\(result.b == nil ? "one" : "pair")\"><dt>\(title)</dt><dd>\(value)<small>\(note)</small></dd></div>\n"
  }

  /// A number under each configuration: `12`, or `A 12 · B 9`.
  private func both(_ note: String = "", _ value: (BacktestSide) -> some BinaryInteger) -> String {
    let numbers = result.sides.map { value($0).grouped }
    let text = numbers.count == 1 || Set(numbers).count == 1 ? numbers[0] : "A \(numbers[0]) · B \(numbers[1])"
    return note.isEmpty ? text : "\(text) \(note)"
  }

  private func settings(_ side: BacktestSide) -> HTML {
    let title = result.b == nil ? "Configuration" : "Configuration \(side.name)"
    guard !side.settings.isEmpty else { return "<p class=\"settings\"><b>\(title)</b>: all defaults</p>\n" }
    let lines = side.settings.prefix(Self.maxRows).map { name, value -> HTML in
      "<li><code>\(name) = \(value.shortened(to: 400))</code></li>\n"
    }
    return "<p class=\"settings\"><b>\(title)</b></p>\n<ul class=\"settings\">\n\(lines)</ul>\n"
  }

  /// Parts stand further in than what they are parts of.
  static func label(of entry: Balance.Entry) -> HTML {
    "<span class=\"\(entry.label.hasPrefix("of them") ? "part" : "sum")\">\(entry.label)</span>"
  }

  /// What the policy comes to; two of them stand beside each other in the comparison.
  private var balanceTable: HTML {
    var table = ReportTable("What it comes to", [.text(""), .number("Number")], isCompact: true)
    for entry in result.a.balance.entries where entry.value != 0 {
      table.rows.append([Self.label(of: entry), "\(entry.value.grouped)"])
    }
    return table.html
  }
}

extension BacktestSide {
  fileprivate func value(of name: String) -> Int64 { balance.entries.first { "\($0.name)" == name }?.value ?? 0 }
}
