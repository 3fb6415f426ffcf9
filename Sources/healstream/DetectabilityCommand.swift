import HealstreamCore
import HealstreamRuntime

enum DetectabilityCommand: Subcommand {
  static let signature = Signature(
    name: "detectability",
    summary: "Says for each endpoint of recorded deliveries which faults would be seen, and how fast.",
    options: [
      .init(
        name: "--input", value: "FILE",
        summary:
          "NDJSON: a delivery a line, or what kcat -J prints; - is standard input. Required. A day and more is best."),
      .init(name: "--json", value: nil, summary: "One JSON object a line for each endpoint, and a summary at the end."),
    ] + Configured.options,
    example:
      "kcat -b 127.0.0.1:9092 -t deliveries -C -e -J > day.ndjson\nhealstream detectability --input day.ndjson"
  )

  static func run(_ arguments: Arguments) throws -> Int32 {
    let input = try arguments.required("--input")
    var study = try DetectabilityStudy(Configured.configuration(arguments))
    var file = try FileSource(path: input, for: "detectability")
    let endpoints = try study.run(&file)
    let summary = DetectabilitySummary(endpoints)
    if arguments.has("--json") {
      for endpoint in endpoints { StandardOutput.say(JSONWriter.text(endpoint.write)) }
      StandardOutput.say(JSONWriter.text(summary.write))
    } else {
      StandardOutput.say(DetectabilityTable(endpoints, summary).text)
    }
    StandardError.say("\(study.deliveries) deliveries, \(study.rejected) that could not be read")
    return 0
  }
}
