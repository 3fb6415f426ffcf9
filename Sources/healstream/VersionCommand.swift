import HealstreamRuntime

enum VersionCommand: Subcommand {
  static let signature = Signature(
    name: "version", summary: "Prints the version.", options: [], example: "healstream version")

  static func run(_ arguments: Arguments) throws -> Int32 {
    StandardOutput.say("healstream \(Version.current) (librdkafka \(Version.librdkafka))")
    return 0
  }
}
