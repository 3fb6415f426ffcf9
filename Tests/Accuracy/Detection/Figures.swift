import Foundation

/// Numbers of a table's cell.
enum Figures {
  /// The smallest value that at least `share` of all reach; `nil` of nothing.
  static func quantile(_ share: Double, of values: [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    let rank = Int((share * Double(values.count)).rounded(.up))
    return values.sorted()[min(max(rank, 1), values.count) - 1]
  }

  /// The mean of a Poisson count below which it is with 95 %, where `count` were seen: the exact limit, by bisection.
  static func upperBound(ofCount count: Int) -> Double {
    var low = Double(count)
    var high = Double(count) * 2 + 10
    for _ in 0..<60 {
      let mean = (low + high) / 2
      if probability(ofAtMost: count, mean: mean) > 0.05 { low = mean } else { high = mean }
    }
    return high
  }

  private static func probability(ofAtMost count: Int, mean: Double) -> Double {
    var term = exp(-mean)
    var sum = term
    for k in 0..<count {
      term *= mean / Double(k + 1)
      sum += term
    }
    return sum
  }

  /// Without needless decimals.
  static func text(_ value: Double?, decimals: Int = 0) -> String {
    value.map { String(format: "%.\(decimals)f", $0) } ?? "–"
  }
}

/// A table in Markdown, its columns as wide as what is in them.
struct MarkdownTable {
  private var rows: [[String]]

  init(_ header: [String]) { rows = [header] }

  mutating func add(_ row: [String]) { rows.append(row) }

  var text: String {
    let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    var lines = rows.map { row in
      "| " + zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: " | ") + " |"
    }
    lines.insert("| " + widths.map { String(repeating: "-", count: $0) }.joined(separator: " | ") + " |", at: 1)
    return lines.joined(separator: "\n")
  }
}
