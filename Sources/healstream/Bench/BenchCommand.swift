import Foundation
import HealstreamCore

enum BenchCommand: Subcommand {
  private static let benches: [any Bench.Type] = [
    ScanBench.self, TriageBench.self, WindowsBench.self, FoldBench.self, SnapshotBench.self, RestoreBench.self,
    KafkaBench.self,
  ]
  private static let names = benches.map { $0.name } + ["all"]

  static let signature = Signature(
    name: "bench", summary: "Measures on this machine, against a baseline in the same run.",
    operands: [names.joined(separator: "|")],
    options: [
      .init(
        name: "--keys", value: "N",
        summary: "Endpoints; default 10000, 100000 and 1000000 in turn, 50000 a partition for snapshot and restore."),
      .init(name: "--events", value: "N", summary: "Deliveries in each round."),
      .init(name: "--partitions", value: "N", summary: "Partitions that are restored; default 20."),
      .init(name: "--rounds", value: "N", summary: "How often each thing is measured, after a warm-up; default 9."),
      .init(name: "--seconds", value: "N", summary: "How long kafka offers deliveries to measure latency; default 20."),
      .init(name: "--input", value: "FILE", summary: "What scan reads, a delivery a line; default: it is generated."),
      .init(
        name: "--write", value: "FILE",
        summary: "Writes the deliveries that scan would read, and measures nothing. For other programs."),
      .init(
        name: "--directory", value: "DIR", summary: "Where files are written, and deleted again; default the system's."),
      .init(name: "--json", value: nil, summary: "One JSON object on standard output."),
    ],
    example: "healstream bench scan\nhealstream bench all --json",
    details: benches.map { "  " + $0.name.padded(to: 10) + $0.summary })

  static func run(_ arguments: Arguments) throws -> Int32 {
    let word = arguments.operands.first
    guard let word, names.contains(word) else {
      throw Misuse(description: "expected \(names.dropLast().joined(separator: ", ")) or all")
    }
    let options = try options(arguments)
    if let path = arguments.value("--write") {
      guard word == ScanBench.name else { throw Misuse(description: "--write goes with scan") }
      try Data(ScanBench.records(options).bytes).write(to: URL(fileURLWithPath: path))
      return 0
    }
    defer { try? FileManager.default.removeItem(atPath: options.directory) }
    let results = try benches.filter { word == "all" || $0.name == word }.map { bench in
      BenchResult(name: bench.name, rows: try bench.run(options) { StandardError.say("\(bench.name): \($0)") })
    }
    let isWhole = word == "all"
    StandardOutput.say(
      arguments.has("--json")
        ? BenchResult.json(results, isWhole: isWhole)
        : results.map { $0.table(isNamed: isWhole) }.joined(separator: "\n\n"))
    return 0
  }

  private static func options(_ arguments: Arguments) throws -> BenchOptions {
    let root = arguments.value("--directory") ?? FileManager.default.temporaryDirectory.path
    var options = BenchOptions(
      partitions: try arguments.number("--partitions", 1...1000, default: 20),
      rounds: try arguments.number("--rounds", 1...1000, default: 9),
      seconds: try arguments.number("--seconds", 1...3600, default: 20),
      directory: "\(root)/healstream-bench-\(UUID().uuidString)")
    if arguments.has("--keys") { options.keys = try arguments.number("--keys", 1...4_000_000, default: 0) }
    if arguments.has("--events") { options.events = try arguments.number("--events", 1...100_000_000, default: 0) }
    options.input = arguments.value("--input")
    return options
  }
}
