import Foundation
import HealstreamCore
import SimulatedWorld

/// What was found of the faults that were put in, how fast, and what was said beside.
struct FaultReport {
  private(set) var cases: [String: [TrialResult.Case]] = [:]
  private(set) var falseIncidents: [String] = []
  private(set) var fleets = 0

  /// Adds one fleet a seed.
  mutating func run(
    _ seeds: ClosedRange<UInt64>, triage: Triage, _ plan: (inout SplitMix64) -> FleetPlan
  ) {
    for seed in seeds {
      var random = SplitMix64(seed: seed)
      let plan = plan(&random)
      var trial = FleetTrial(plan, using: random, triage: triage)
      let result = trial.run()
      fleets += 1
      for found in result.cases { cases[found.fault.name, default: []].append(found) }
      falseIncidents += result.falseIncidents.map { "seed \(seed), minute \($0.millis / 60_000): \($0.message)" }
      RunLog.note(
        "\(plan.endpoints.count) with \(plan.faults.count) faults, seed \(seed): "
          + "\(result.cases.count(where: \.isFound)) found, \(result.falseIncidents.count) false")
    }
  }

  func share(ofFound name: String) -> Double {
    let all = cases[name] ?? []
    return Double(all.count(where: \.isFound)) / Double(max(all.count, 1))
  }

  func seconds(_ name: String) -> [Double] { (cases[name] ?? []).compactMap(\.secondsToFind) }
  func failures(_ name: String) -> [Double] {
    (cases[name] ?? []).filter(\.isFound).map { Double($0.failures) }
  }

  // MARK: Tables

  /// - Parameter names: the rows; those without a case are left out.
  func table(of names: [String]) -> String {
    var table = MarkdownTable([
      "fault", "found", "s: foretold", "median", "90 %", "95 %", "worst", "failures: median", "90 %", "worst",
      "incidents",
    ])
    for name in names {
      guard let cases = cases[name] else { continue }
      let seconds = seconds(name)
      let failures = failures(name)
      table.add(
        [name, "\(cases.count(where: \.isFound)) of \(cases.count)", Figures.text(foretold(name))]
          + [0.5, 0.9, 0.95, 1].map { Figures.text(Figures.quantile($0, of: seconds)) }
          + [0.5, 0.9, 1].map { Figures.text(Figures.quantile($0, of: failures)) }
          + [mean(cases.filter(\.isFound).map { Double($0.incidents.count) })])
    }
    return table.text
  }

  /// Floods, by what was said of them and what came.
  func floodTable(of names: [String]) -> String {
    var table = MarkdownTable([
      "flood", "found", "in 5 min", "foretold", "s: median", "90 %", "95 %", "worst", "incidents",
    ])
    for name in names {
      guard let cases = cases[name] else { continue }
      let seconds = seconds(name)
      table.add(
        [
          name, "\(cases.count(where: \.isFound)) of \(cases.count)", "\(seconds.count { $0 <= 300 })",
          "\(cases.count(where: \.isForetold))",
        ] + [0.5, 0.9, 0.95, 1].map { Figures.text(Figures.quantile($0, of: seconds)) }
          + [mean(cases.filter(\.isFound).map { Double($0.incidents.count) })])
    }
    return table.text
  }

  /// The median of what was foretold.
  func foretold(_ name: String) -> Double? {
    Figures.quantile(0.5, of: (cases[name] ?? []).compactMap(\.foretoldSeconds))
  }

  private func mean(_ values: [Double]) -> String {
    values.isEmpty ? "–" : Figures.text(values.reduce(0, +) / Double(values.count), decimals: 2)
  }
}
