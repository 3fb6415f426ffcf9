import Foundation
import HealstreamCore
import SimulatedWorld

/// False incidents on traffic in which nothing is wrong.
struct FaultFreeReport {
  /// Of one pattern, over all seeds.
  struct Row {
    let pattern: FleetPlan.Pattern
    var fleets = 0
    var deliveries = 0
    /// By day.
    var falseIncidents = [0, 0]
    var messages: [String] = []

    func perDay(_ day: Int) -> Double { Double(falseIncidents[day]) / Double(fleets) }
    func upperBoundPerDay(_ day: Int) -> Double {
      Figures.upperBound(ofCount: falseIncidents[day]) / Double(fleets)
    }
  }

  let endpointCount: Int
  private(set) var rows: [Row] = []

  init(endpointCount: Int) { self.endpointCount = endpointCount }

  mutating func run(_ patterns: [FleetPlan.Pattern], hours: Int, seeds: ClosedRange<UInt64>) {
    for pattern in patterns {
      var row = Row(pattern: pattern)
      for seed in seeds { Self.add(seed, hours: hours, endpointCount, to: &row) }
      rows.append(row)
    }
  }

  private static func add(_ seed: UInt64, hours: Int, _ endpointCount: Int, to row: inout Row) {
    var random = SplitMix64(seed: seed)
    let plan = FleetPlan(endpointCount: endpointCount, pattern: row.pattern, hours: hours, using: &random)
    var trial = AlarmTrial(plan, using: random)
    trial.run()
    row.fleets += 1
    row.deliveries += trial.deliveries
    for day in 0..<2 { row.falseIncidents[day] += trial.raised.count { $0.day == day } }
    row.messages += trial.raised.map { "seed \(seed), hour \($0.millis / 3_600_000): \($0.message)" }
    RunLog.note("\(endpointCount) \(row.pattern.rawValue) seed \(seed): \(trial.raised.count) false")
  }

  var text: String {
    var table = MarkdownTable(["pattern", "fleets", "attempts", "day 1", "day 2", "≤ with 95 %: day 1", "day 2"])
    for row in rows {
      table.add([
        row.pattern.rawValue, "\(row.fleets)", "\(row.deliveries)", Figures.text(row.perDay(0), decimals: 2),
        Figures.text(row.perDay(1), decimals: 2), Figures.text(row.upperBoundPerDay(0), decimals: 2),
        Figures.text(row.upperBoundPerDay(1), decimals: 2),
      ])
    }
    return table.text
  }
}

/// What a long run says of itself, beside its tables.
enum RunLog {
  static func note(_ line: String) { FileHandle.standardError.write(Data((line + "\n").utf8)) }
}
