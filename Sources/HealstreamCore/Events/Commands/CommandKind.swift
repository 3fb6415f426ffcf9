/// One row of the table of commands: its name, who may give it at least, and how its arguments are read.
struct CommandKind: Sendable {
  let name: String
  let leastRole: Command.Role
  let order: @Sendable (ObjectReader) throws(Rejection) -> Order

  static let all: [CommandKind] = [
    CommandKind(name: "set-autoheal", leastRole: .admin) { (args) throws(Rejection) in
      .setAutoheal(enabled: try args.bool("enabled"))
    }
  ]

  static func named(_ name: String) -> CommandKind? { all.first { $0.name == name } }
}
