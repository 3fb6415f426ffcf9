import Foundation
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
    var lines = input == "-" ? LineReader(.standardInput) : try opened(input)
    let endpoints = try study.run(&lines)
    let summary = DetectabilitySummary(endpoints)
    if arguments.has("--json") {
      for endpoint in endpoints { StandardOutput.say(json(endpoint.write(to:))) }
      StandardOutput.say(json(summary.write(to:)))
    } else {
      StandardOutput.say(DetectabilityTable(endpoints, summary).text)
    }
    StandardError.say("\(study.deliveries) deliveries, \(study.rejected) that could not be read")
    return 0
  }

  private static func opened(_ path: String) throws -> LineReader {
    do {
      return try LineReader(path: path)
    } catch {
      throw Failure(description: "cannot read \(path): \(error.localizedDescription)")
    }
  }

  private static func json(_ write: (inout JSONWriter) -> Void) -> String {
    var json = JSONWriter()
    write(&json)
    return String(decoding: json.bytes, as: UTF8.self)
  }
}
