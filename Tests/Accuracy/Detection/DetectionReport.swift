import Foundation
import HealstreamCore

/// Alarms on generated traffic beside the faults that were put into it.
enum DetectionReport {
  private struct Options {
    var isQuick = false
    var seeds: ClosedRange<UInt64> = 1000...1039
    var only: String?
    var patterns = FleetPlan.Pattern.allCases

    init(_ arguments: [String]) {
      var arguments = arguments[...]
      while let name = arguments.popFirst() {
        switch name {
        case "--quick": isQuick = true
        case "--seeds":
          guard let range = Self.range(arguments.popFirst()) else { Self.refuse("--seeds takes A..B") }
          seeds = range
        case "--only": only = arguments.popFirst()
        case "--pattern":
          guard let pattern = FleetPlan.Pattern(rawValue: arguments.popFirst() ?? "") else {
            Self.refuse("--pattern takes one of \(patterns.map(\.rawValue).joined(separator: ", "))")
          }
          patterns = [pattern]
        default: Self.refuse("unknown option \(name)")
        }
      }
    }

    private static func range(_ text: String?) -> ClosedRange<UInt64>? {
      let ends = (text ?? "").split(separator: "..").compactMap { UInt64($0) }
      return ends.count == 2 && ends[0] <= ends[1] ? ends[0]...ends[1] : nil
    }

    private static func refuse(_ reason: String) -> Never {
      let parts = DetectionReport.parts.map(\.name).joined(separator: ", ")
      let usage = "usage: accuracy detection [--quick] [--seeds A..B] [--only PART] [--pattern NAME]\nparts: \(parts)"
      RunLog.note("\(reason)\n\(usage)")
      exit(2)
    }
  }

  private struct Part {
    var name: String
    var run: (Options, Triage) throws -> Void
  }

  private static var parts: [Part] {
    [
      Part(name: "fault-free") { options, _ in faultFree(options, endpointCount: 70) },
      Part(name: "outages", run: outages), Part(name: "partial", run: partial),
      Part(name: "symptoms", run: symptoms), Part(name: "floods", run: floods), Part(name: "wide", run: wide),
      Part(name: "large-faults", run: largeFaults),
      Part(name: "large-fault-free") { options, _ in faultFree(options, endpointCount: 10_000) },
      Part(name: "memory") { _, triage in try MemoryReport.run(triage) },
    ]
  }

  /// Long parts run only where they are asked for by name.
  private static let longParts: Set<String> = ["large-faults", "large-fault-free"]

  static func run(_ arguments: [String]) throws {
    let options = Options(arguments)
    let triage = try Triage()
    for part in parts where options.only == part.name || options.only == nil && !longParts.contains(part.name) {
      print("\n### \(part.name), seeds \(options.seeds.lowerBound)..\(options.seeds.upperBound)\n")
      try part.run(options, triage)
    }
  }

  // MARK: Parts

  private static func faultFree(_ options: Options, endpointCount: Int) {
    var report = FaultFreeReport(endpointCount: endpointCount)
    report.run(options.patterns, hours: options.isQuick ? 30 : 48, seeds: options.seeds)
    print(report.text)
    for row in report.rows { for message in row.messages { RunLog.note("\(row.pattern.rawValue) \(message)") } }
  }

  private static func outages(_ options: Options, _ triage: Triage) {
    printFaults(of: FaultPlans.outages, options, triage)
  }

  private static func partial(_ options: Options, _ triage: Triage) {
    printFaults(of: FaultPlans.partials, options, triage)
  }

  private static func symptoms(_ options: Options, _ triage: Triage) {
    let report = printFaults(of: FaultPlans.symptoms, options, triage, gapMinutes: 10)
    let flapping = report.cases[FaultPlans.flapping] ?? []
    print("\nFlapping, and so called: \(flapping.count(where: \.isSaidToFlap)) of \(flapping.count)")
  }

  private static func floods(_ options: Options, _ triage: Triage) {
    printFaults(of: FaultPlans.floods, options, triage, gapMinutes: 7)
  }

  private static func wide(_ options: Options, _ triage: Triage) {
    var report = FaultReport()
    report.run(options.seeds, triage: triage, FaultPlans.tenantOutage)
    report.run(options.seeds, triage: triage, FaultPlans.platformOutage)
    show(report, [FaultPlans.tenantWide, FaultPlans.platformWide])
    let all = report.cases[FaultPlans.platformWide] ?? []
    print("\nHeals during a platform fault: \(all.reduce(0) { $0 + $1.heals }) in \(all.count) cases")
  }

  /// All kinds in one fleet of 10,000, 25 cases each.
  private static func largeFaults(_ options: Options, _ triage: Triage) {
    let kinds = FaultPlans.outages + FaultPlans.partials + FaultPlans.symptoms + FaultPlans.floods
    var report = FaultReport()
    report.run(options.seeds, triage: triage) {
      FaultPlans.fleet(of: kinds, endpointCount: 10_000, copies: 25, gapMinutes: 2, using: &$0)
    }
    show(report, kinds.map(\.name))
  }

  @discardableResult
  private static func printFaults(
    of kinds: [FaultPlans.Kind], _ options: Options, _ triage: Triage, gapMinutes: Int64 = 6
  ) -> FaultReport {
    var report = FaultReport()
    report.run(options.seeds, triage: triage) { FaultPlans.fleet(of: kinds, gapMinutes: gapMinutes, using: &$0) }
    show(report, kinds.map(\.name))
    return report
  }

  private static func show(_ report: FaultReport, _ names: [String]) {
    let floods = names.filter { report.cases[$0]?.first?.fault.isFlood == true }
    if floods.count < names.count { print(report.table(of: names.filter { !floods.contains($0) })) }
    if !floods.isEmpty { print("\n" + report.floodTable(of: floods)) }
    print("\nFalse incidents in \(report.fleets) fleets: \(report.falseIncidents.count)")
    for message in report.falseIncidents { RunLog.note(message) }
  }
}
