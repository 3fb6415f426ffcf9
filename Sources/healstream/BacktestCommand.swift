import Foundation
import HealstreamRuntime

enum BacktestCommand: Subcommand {
  static let signature = Signature(
    name: "backtest", summary: "Folds recorded deliveries and writes what would have come out.",
    options: [
      .init(
        name: "--input", value: "FILE",
        summary: "NDJSON: a delivery a line, or what kcat -J prints; - is standard input. Required."),
      .init(name: "--out", value: "DIR", summary: "Where the NDJSON files and summary.json go. Required."),
    ] + Configured.options,
    example:
      "kcat -b 127.0.0.1:9092 -t deliveries -C -e -J > hour.ndjson\nhealstream backtest --input hour.ndjson --out report"
  )

  static func run(_ arguments: Arguments) throws -> Int32 {
    let input = try arguments.required("--input")
    let directory = try arguments.required("--out")
    let configuration = try Configured.configuration(arguments)
    var lines = input == "-" ? LineReader(.standardInput) : try opened(input)
    var backtest = try Backtest(configuration, directory: directory)
    try backtest.run(&lines)
    let summary = backtest.summary
    StandardError.say(
      "\(summary.deliveries) deliveries, \(summary.failures) failures, \(summary.incidentsOpened) incidents, "
        + "\(summary.deadLetters) dead letters: see \(directory)")
    return 0
  }

  private static func opened(_ path: String) throws -> LineReader {
    do {
      return try LineReader(path: path)
    } catch {
      throw Failure(description: "cannot read \(path): \(error.localizedDescription)")
    }
  }
}
