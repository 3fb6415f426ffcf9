enum HelpCommand: Subcommand {
  static let signature = Signature(
    name: "help", summary: "Lists the commands, or shows the help of one.", operands: ["[COMMAND]"], options: [],
    example: "healstream help run")

  static func run(_ arguments: Arguments) throws -> Int32 {
    guard let name = arguments.operands.first else {
      StandardOutput.say(overview)
      return 0
    }
    guard let subcommand = Healstream.subcommands.first(where: { $0.signature.name == name }) else {
      throw Misuse(description: "there is no command \"\(name)\"")
    }
    StandardOutput.say(subcommand.signature.help)
    return 0
  }

  static var overview: String {
    let width = Healstream.subcommands.map { $0.signature.name.count }.max()! + 2
    let lines = Healstream.subcommands.map { "  " + $0.signature.name.padded(to: width) + $0.signature.summary }
    return """
      healstream: notices failing webhook endpoints, says why, and heals what can be healed safely.

      Usage: healstream COMMAND [options]

      \(lines.joined(separator: "\n"))

      healstream COMMAND --help shows its options and an example.
      """
  }
}
