import Foundation
import HealstreamCore

/// What would be seen, for people: a line for each endpoint, and what it comes to.
struct DetectabilityTable {
  private let rows: [[String]]
  private let summary: DetectabilitySummary

  private static let header = [
    "tenant", "endpoint", "per 5 min", "normally fails", "all fail", "60 % fail", "30 % fail", "flood", "at known peak",
    "blind",
  ]

  init(_ endpoints: [Detectability], _ summary: DetectabilitySummary) {
    rows = [Self.header] + endpoints.map(Self.row)
    self.summary = summary
  }

  private static func row(_ one: Detectability) -> [String] {
    [one.tenantID, one.endpoint, number(one.ratePer5Min, 1), number(one.normalFailureRate * 100, 1) + " %"]
      + one.outages.map(outage)
      + [multiple(one.floodMultiple), multiple(one.floodMultipleAtPeak)]
      + [one.blindness.map(\.rawValue).joined(separator: ",")]
  }

  /// `4 failures, 18 min`
  private static func outage(_ outage: Detectability.Outage) -> String {
    guard let seconds = outage.seconds else { return "-" }
    let failures = outage.failures.map { "\(Int($0.rounded())) failures, " } ?? ""
    return failures + duration(seconds)
  }

  private static func duration(_ seconds: Double) -> String {
    switch seconds {
    case ..<90: "\(Int(seconds.rounded(.up))) s"
    case ..<5400: "\(Int((seconds / 60).rounded())) min"
    default: number(seconds / 3600, 1) + " h"
    }
  }

  private static func multiple(_ multiple: Double?) -> String { multiple.map { number($0, 1) + "x" } ?? "-" }

  private static func number(_ value: Double, _ decimals: Int) -> String { String(format: "%.\(decimals)f", value) }

  var text: String {
    let widths = Self.header.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let lines = rows.map { row in
      zip(row, widths).map { $0.padded(to: $1) }.joined(separator: "  ")
        .trimmingCharacters(in: .whitespaces)
    }
    return (lines + [""] + Detectability.shares.indices.map(sentence)).joined(separator: "\n")
  }

  private func sentence(_ share: Int) -> String {
    var seen = 0
    let bands = zip(DetectabilitySummary.bands, summary.outages[share]).map { band, count in
      seen += count
      return "at \(seen) within \(band.name)"
    }
    let percent = Int(Detectability.shares[share] * 100)
    return
      "\(percent) % fail: half of such outages are found \(bands.joined(separator: ", ")); \(summary.endpoints) endpoints."
  }
}
