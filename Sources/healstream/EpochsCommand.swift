import Foundation
import HealstreamRuntime

enum EpochsCommand: Subcommand {
  static let signature = Signature(
    name: "epochs",
    summary: "Prints how far each role has committed, and which settings governed which stretch of its inputs.",
    options: [
      Configured.brokers,
      .init(name: "--role", value: "ROLE", summary: "detect, govern or report; all without it."),
    ] + Configured.options,
    example: "healstream epochs --brokers 127.0.0.1:9092 --role detect")

  static func run(_ arguments: Arguments) throws -> Int32 {
    let brokers = try arguments.required("--brokers")
    let configuration = try Configured.configuration(arguments)
    for role in try arguments.role().map({ [$0] }) ?? Role.allCases {
      for line in try RolePositions(role, configuration, brokers: brokers).lines {
        try StandardOutput.write(Data(line + [0x0A]))
      }
    }
    return 0
  }
}

extension Arguments {
  /// Of `--role`; `nil` where it is not given.
  func role() throws(Misuse) -> Role? {
    guard let word = value("--role") else { return nil }
    guard let role = Role(rawValue: word) else {
      throw Misuse(description: "--role: expected detect, govern or report, found \"\(word)\"")
    }
    return role
  }
}
