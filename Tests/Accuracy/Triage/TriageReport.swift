import Foundation
import HealstreamCore

/// Verdicts beside those of people, in Markdown.
///
/// `--set NAME` shows one set instead of all, `--data DIR` reads the sets of another folder, `--misses` lists every
/// verdict that nobody gave. `--left-out` prints another table instead: each family judged without its own phrases.
struct TriageReport {
  private let sets: [LabelledSet]
  private let showsMisses: Bool
  private let leavesFamiliesOut: Bool

  static func run(_ arguments: [String]) throws {
    print(try Self(arguments).text(), terminator: "")
  }

  init(_ arguments: [String] = []) throws {
    var directory = LabelledSet.directory
    var name: String?
    var showsMisses = false
    var leavesFamiliesOut = false
    var rest = arguments[...]
    while let option = rest.popFirst() {
      switch option {
      case "--misses": showsMisses = true
      case "--left-out": leavesFamiliesOut = true
      case "--data": directory = URL(filePath: try Self.value(of: option, &rest))
      case "--set": name = try Self.value(of: option, &rest)
      default: throw LabelledSetError(description: "triage: unknown option \(option)")
      }
    }
    self.showsMisses = showsMisses
    self.leavesFamiliesOut = leavesFamiliesOut
    sets = try name.map { [try LabelledSet(named: $0, in: directory)] } ?? LabelledSet.all(in: directory)
  }

  private static func value(of option: String, _ rest: inout ArraySlice<String>) throws -> String {
    guard let value = rest.popFirst() else {
      throw LabelledSetError(description: "triage: \(option): the value is missing")
    }
    return value
  }

  func text() throws -> String {
    guard !leavesFamiliesOut else {
      return try sets.map { "#### \($0.name), families left out\n\n" + Self.leftOut(try FamiliesLeftOut($0)) }
        .joined(separator: "\n\n") + "\n"
    }
    let triage = try Triage()
    let judged = try sets.map { (set: $0, judgements: try Judgement.all(of: $0.members, by: triage)) }
    var parts = [Self.overview(judged.map { ($0.set.name, TriageFigures($0.judgements)) })]
    for (set, judgements) in judged {
      parts.append("#### \(set.name)\n\n" + Self.families(of: judgements))
      parts.append(Self.calibration(Calibration(judgements)))
      if showsMisses { parts.append(Self.misses(of: judgements)) }
    }
    return parts.joined(separator: "\n\n") + "\n"
  }
}

// MARK: Tables

extension TriageReport {
  private static func overview(_ rows: [(name: String, figures: TriageFigures)]) -> String {
    table(
      "set | records | strict accuracy | lenient accuracy | false safe | false safe, borderline | safe called safe",
      rows.map { name, figures in
        [
          name, "\(figures.clear.count) + \(figures.borderline.count)", percent(figures.strictAccuracy),
          percent(figures.lenientAccuracy), "\(figures.falseSafe.count)",
          "\(figures.borderline.count(where: \.isFalseSafe))", percent(figures.safeRecall),
        ]
      })
  }

  private static func families(of judgements: [Judgement]) -> String {
    let families = Dictionary(grouping: judgements, by: \.label.family).sorted { $0.key < $1.key }
    return table(
      "family | clear | right | borderline | acceptable | false safe",
      families.map { family, judged in row(family, TriageFigures(judged)) })
  }

  private static func row(_ family: String, _ figures: TriageFigures) -> [String] {
    [
      family, "\(figures.clear.count)", "\(figures.clear.count(where: \.isRight))", "\(figures.borderline.count)",
      "\(figures.borderline.count(where: \.isAcceptable))", "\(figures.falseSafe.count)",
    ]
  }

  private static func calibration(_ calibration: Calibration) -> String {
    table(
      "score | verdicts | promised | kept | difference",
      calibration.bands.map { band in
        [
          "\(band.scores.lowerBound)–\(band.scores.upperBound)", "\(band.count)", decimal(band.promised),
          decimal(band.kept), band.count == 0 ? "" : (band.difference < 0 ? "" : "+") + decimal(band.difference),
        ]
      })
  }

  private static func leftOut(_ estimate: FamiliesLeftOut) -> String {
    let total = estimate.total
    let rows = estimate.results.map { row($0.family, $0.figures) + ["\($0.leftOut)"] }
    let sums = row("all", total) + ["\(estimate.results.reduce(0) { $0 + $1.leftOut })"]
    return table("family | clear | right | borderline | acceptable | false safe | phrases left out", rows + [sums])
      + "\n\nStrict accuracy \(percent(total.strictAccuracy)), false safe \(total.falseSafe.count), "
      + "safe called safe \(percent(total.safeRecall))."
  }

  private static func misses(of judgements: [Judgement]) -> String {
    table(
      "delivery | family | label | verdict | rule | score | why",
      TriageFigures(judgements).misses.map {
        [
          $0.label.deliveryID, $0.label.family, $0.label.label, $0.verdict.category, $0.verdict.rule,
          "\($0.verdict.score)", ($0.label.why ?? "").replacing("|", with: "/"),
        ]
      })
  }

  /// - Parameter header: the columns' names, with ` | ` between.
  private static func table(_ header: String, _ rows: [[String]]) -> String {
    let rule = header.split(separator: "|").map { _ in "---" }.joined(separator: " | ")
    let lines = [header, rule] + rows.map { $0.joined(separator: " | ") }
    return lines.map { "| \($0) |" }.joined(separator: "\n")
  }

  private static func percent(_ share: Double) -> String { decimal(share * 100) + " %" }
  private static func decimal(_ value: Double) -> String { String(format: "%.1f", value) }
}
