import Foundation
import HealstreamCore

enum BenchCommand: Subcommand {
  private static let benches: [any Bench.Type] = [SnapshotBench.self, RestoreBench.self]

  static let signature = Signature(
    name: "bench",
    summary: "Measures on this machine: " + benches.map { "\($0.name) (\($0.summary))" }.joined(separator: ", ") + ".",
    operands: [benches.map { $0.name }.joined(separator: "|")],
    options: [
      .init(name: "--keys", value: "N", summary: "Endpoints in a partition; default 50000."),
      .init(name: "--partitions", value: "N", summary: "Partitions that are restored; default 20."),
      .init(name: "--rounds", value: "N", summary: "How often each thing is measured; default 9."),
      .init(
        name: "--directory", value: "DIR", summary: "Where files are written, and deleted again; default the system's."),
      .init(name: "--json", value: nil, summary: "One JSON object on standard output."),
    ],
    example: "healstream bench restore --json")

  static func run(_ arguments: Arguments) throws -> Int32 {
    guard let bench = benches.first(where: { $0.name == arguments.operands.first }) else {
      throw Misuse(description: "expected \(benches.map { $0.name }.joined(separator: " or "))")
    }
    let root = arguments.value("--directory") ?? FileManager.default.temporaryDirectory.path
    let options = BenchOptions(
      keys: try arguments.number("--keys", 1...1_000_000, default: 50_000),
      partitions: try arguments.number("--partitions", 1...1000, default: 20),
      rounds: try arguments.number("--rounds", 1...1000, default: 9),
      directory: "\(root)/healstream-bench-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(atPath: options.directory) }
    let figures = try bench.run(options) { StandardError.say($0) }
    StandardOutput.say(arguments.has("--json") ? json(bench, figures) : table(figures))
    return 0
  }

  private static func table(_ figures: [BenchFigure]) -> String {
    let width = figures.map { "\($0.name)".count }.max() ?? 0
    return figures.map { figure in
      "\(figure.name)".padded(to: width + 2) + "\((figure.value * 100).rounded() / 100) \(figure.unit)"
    }.joined(separator: "\n")
  }

  private static func json(_ bench: any Bench.Type, _ figures: [BenchFigure]) -> String {
    JSONWriter.text { json in
      json.object { json in
        json.member("bench", bench.name)
        for figure in figures { json.member(figure.name, figure.value, decimals: 3) }
      }
    }
  }
}
