/// What is measured at one moment, as a page in Prometheus's text format 0.0.4: metrics by name, samples in the order they came.
///
/// ```
/// # HELP healstream_lag_records Records of the partition that …
/// # TYPE healstream_lag_records gauge
/// healstream_lag_records{role="detect",topic="deliveries",partition="0"} 17
/// ```
package struct MetricPage {
  package static let contentType = "text/plain; version=0.0.4; charset=utf-8"

  private var blocks: [String: Block] = [:]

  private struct Block {
    let family: MetricFamily
    var samples = ""
  }

  package init() {}

  package mutating func add(_ family: MetricFamily, _ labels: [String], _ value: Int) {
    add(family) { $0 += "\(family.name)\(Self.shown(family.labels, labels)) \(value)\n" }
  }

  package mutating func add(_ family: MetricFamily, _ labels: [String], _ value: Double) {
    add(family) { $0 += "\(family.name)\(Self.shown(family.labels, labels)) \(Self.shown(value))\n" }
  }

  package mutating func add(_ family: MetricFamily, _ labels: [String], _ histogram: Histogram) {
    let names = family.labels + ["le"]
    add(family) { samples in
      var total = 0
      for (bound, count) in zip(histogram.bounds + [.infinity], histogram.counts) {
        total += count
        samples += "\(family.name)_bucket\(Self.shown(names, labels + [Self.shown(bound)])) \(total)\n"
      }
      samples += "\(family.name)_sum\(Self.shown(family.labels, labels)) \(Self.shown(histogram.sumSeconds))\n"
      samples += "\(family.name)_count\(Self.shown(family.labels, labels)) \(total)\n"
    }
  }

  /// Of two metrics with one name the first says what it means; both are samples of it.
  private mutating func add(_ family: MetricFamily, _ write: (inout String) -> Void) {
    write(&blocks[family.name, default: Block(family: family)].samples)
  }

  package var text: String {
    var text = ""
    for (name, block) in blocks.sorted(by: { $0.key < $1.key }) {
      text += "# HELP \(name) \(Self.escaped(block.family.meaning))\n# TYPE \(name) \(block.family.kind.rawValue)\n"
      text += block.samples
    }
    return text
  }

  // MARK: The format

  private static func shown(_ names: [String], _ values: [String]) -> String {
    precondition(names.count == values.count, "a value for each label")
    guard !names.isEmpty else { return "" }
    let pairs = zip(names, values).map { "\($0)=\"\(escaped($1, quotes: true))\"" }
    return "{" + pairs.joined(separator: ",") + "}"
  }

  private static func shown(_ value: Double) -> String {
    if value.isNaN { return "NaN" }
    if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
    return "\(value)"
  }

  /// Quotes are escaped in the values of labels only.
  private static func escaped(_ text: String, quotes: Bool = false) -> String {
    guard text.utf8.contains(where: { $0 == 0x5C || $0 == 0x0A || $0 == 0x22 }) else { return text }
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\\": escaped += #"\\"#
      case "\n": escaped += #"\n"#
      case "\"" where quotes: escaped += #"\""#
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
