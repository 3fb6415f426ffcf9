import Foundation
import HealstreamRuntime

enum RefoldCommand: Subcommand {
  static let signature = Signature(
    name: "refold",
    summary: "Folds what a role has committed once more, and prints what must stand on the topics: to check them.",
    options: [
      Configured.brokers,
      .init(name: "--role", value: "ROLE", summary: "detect, govern or report; required."),
      .init(
        name: "--history", value: "FILE",
        summary: "Longer histories than the offsets carry: lines as healstream epochs prints them."),
    ] + Configured.options,
    example: "healstream refold --brokers 127.0.0.1:9092 --role detect > expected.ndjson")

  static func run(_ arguments: Arguments) throws -> Int32 {
    let brokers = try arguments.required("--brokers")
    guard let role = try arguments.role() else { throw Misuse(description: "--role is required") }
    var refold = try Refold(role, Configured.configuration(arguments), brokers: brokers)
    if let path = arguments.value("--history") { try refold.readHistories(path: path) }
    try refold.run { line in try StandardOutput.write(Data(line + [0x0A])) }
    return 0
  }
}
