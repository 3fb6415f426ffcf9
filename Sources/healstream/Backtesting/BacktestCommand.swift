import Foundation
import HealstreamRuntime
import Kafka

enum BacktestCommand: Subcommand {
  static let signature = Signature(
    name: "backtest", summary: "Folds recorded deliveries and writes what would have come out.",
    options: [
      .init(
        name: "--input", value: "FILE",
        summary: "NDJSON: a delivery a line, or what kcat -J prints; - is standard input. topic or topic:NAME reads "
          + "the topic of deliveries, or another. Required."),
      .init(name: "--out", value: "DIR", summary: "Where the NDJSON files, summary.json and report.html go. Required."),
      .init(
        name: "--brokers", value: "HOST:PORT", summary: "Kafka's bootstrap servers, for topics. No group is touched."),
      .init(
        name: "--from", value: "TIME",
        summary: "The first event time that counts, RFC 3339. Of a topic: the first record, by its time or its offset."),
      .init(name: "--to", value: "TIME", summary: "The first that counts no more."),
      .init(
        name: "--compare", value: "FILE",
        summary: "A second configuration, B, over the same input: says what differs. --set goes for both."),
      .init(
        name: "--labels", value: "FILE",
        summary: "Faults that are known to have happened: says which of them were found."),
    ] + Configured.options,
    example:
      "kcat -b 127.0.0.1:9092 -t deliveries -C -e -J > hour.ndjson\nhealstream backtest --input hour.ndjson --out report\n"
      + "zcat may.ndjson.gz | healstream backtest --input - --out report --compare strict.json5"
  )

  static func run(_ arguments: Arguments) throws -> Int32 {
    let input = try BacktestInput(arguments)
    let directory = try arguments.required("--out")
    let configuration = try Configured.configuration(arguments)
    let other = try arguments.value("--compare").map { try Configured.configuration(arguments, path: $0) }
    let labels = try arguments.value("--labels").map { try LabelledFault.read(path: $0) }
    let bar = ProgressBar.forTerminal()
    var backtest = try Backtest(
      configuration, comparedWith: other, directory: directory, labels: labels,
      onProgress: { bar?.show(records: $0.records, share: $0.share) })
    let result = try input.read(configuration, into: &backtest)
    bar?.clear()
    for line in result.sums + ["see \(directory)/report.html"] { StandardError.say(line) }
    for line in result.words { StandardOutput.say(line) }
    return 0
  }
}
