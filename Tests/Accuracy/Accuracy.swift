import Foundation

/// `accuracy triage`: verdicts beside those of people. `accuracy detection`: alarms on generated traffic beside its faults.
///
/// Each prints its tables in Markdown, as docs/accuracy.md shows them.
@main
struct Accuracy {
  static func main() throws {
    var arguments = Array(CommandLine.arguments.dropFirst())
    let report = arguments.isEmpty ? "" : arguments.removeFirst()
    switch report {
    case "triage": try TriageReport.run(arguments)
    case "detection": try DetectionReport.run(arguments)
    default:
      FileHandle.standardError.write(Data("usage: accuracy triage | detection [OPTIONS]\n".utf8))
      exit(2)
    }
  }
}
