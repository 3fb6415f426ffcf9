import HealstreamRuntime

enum ConfigCommand: Subcommand {
  static let signature = Signature(
    name: "config", summary: "Checks a configuration, shows the one in force, or prints the reference of all keys.",
    operands: ["check|show|reference"], options: Configured.options,
    example: "healstream config check --config healstream.json5")

  static func run(_ arguments: Arguments) throws -> Int32 {
    guard let action = arguments.operands.first else {
      throw Misuse(description: "expected check, show or reference")
    }
    let configuration = try Configured.configuration(arguments)
    switch action {
    case "check":
      try configuration.check()
      StandardOutput.say("the configuration holds")
    case "show":
      for key in ConfigurationKey.all { StandardOutput.say("\(key.name) = \(key.shown(configuration))") }
    case "reference": StandardOutput.say(ConfigurationKey.reference)
    default: throw Misuse(description: "expected check, show or reference, found \"\(action)\"")
    }
    return 0
  }
}
