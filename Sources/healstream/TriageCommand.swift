import Foundation
import HealstreamCore
import HealstreamRuntime

enum TriageCommand: Subcommand {
  static let signature = Signature(
    name: "triage", summary: "Reads deliveries from standard input and writes a verdict for each failed one.",
    options: [
      Signature.Option(
        name: "--explain", value: nil,
        summary: "Instead of verdicts: which rules matched on which words, which lost, which nearly matched."),
      Signature.Option(name: "--json", value: nil, summary: "With --explain: one JSON object a line."),
    ] + Configured.options,
    example: "healstream triage < events.ndjson > verdicts.ndjson\nhealstream triage --explain < events.ndjson")

  static func run(_ arguments: Arguments) throws -> Int32 {
    guard arguments.has("--explain") || !arguments.has("--json") else {
      throw Misuse(description: "--json goes with --explain; verdicts are JSON anyway")
    }
    let configuration = try Configured.configuration(arguments)
    var lines = LineReader(.standardInput)
    let onRejection = { (number: Int, reason: String) in StandardError.say("line \(number): \(reason)") }
    guard arguments.has("--explain") else {
      var stream = try TriageStream(configuration)
      try stream.run(&lines, write: { try StandardOutput.write(Data($0)) }, onRejection: onRejection)
      return 0
    }
    var stream = try ExplanationStream(configuration)
    let isJSON = arguments.has("--json")
    try stream.run(
      &lines,
      explained: { try StandardOutput.write(isJSON ? json($0) : Data(ExplanationText(attempt: $0).text.utf8)) },
      onRejection: onRejection)
    return 0
  }

  private static func json(_ attempt: ExplainedAttempt) -> Data {
    var json = JSONWriter()
    attempt.write(to: &json)
    return Data(json.bytes + [0x0A])
  }
}
