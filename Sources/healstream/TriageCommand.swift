import Foundation
import HealstreamRuntime

enum TriageCommand: Subcommand {
  static let signature = Signature(
    name: "triage", summary: "Reads deliveries from standard input and writes a verdict for each failed one.",
    options: Configured.options, example: "healstream triage < events.ndjson > verdicts.ndjson")

  static func run(_ arguments: Arguments) throws -> Int32 {
    var stream = try TriageStream(Configured.configuration(arguments))
    var lines = LineReader(.standardInput)
    let output = FileHandle.standardOutput
    try stream.run(
      &lines, write: { try output.write(contentsOf: Data($0)) },
      onRejection: { StandardError.say("line \($0): \($1)") })
    return 0
  }
}
