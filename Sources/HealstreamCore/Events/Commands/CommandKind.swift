/// One row of the table of commands: its name, who may give it at least, its arguments, and how they are read.
///
/// What reads commands, what sends them and the help for people follow from it.
package struct CommandKind: Sendable {
  package let name: String
  package let leastRole: Command.Role
  /// What it does, in a sentence.
  package let summary: String
  package let arguments: [CommandArgument]
  /// Arguments as the command line takes them.
  package let example: String
  private let read: @Sendable (ArgumentReader) throws(Rejection) -> Order

  init(
    _ name: String, _ leastRole: Command.Role, _ summary: String, _ arguments: [CommandArgument], example: String,
    _ read: @escaping @Sendable (ArgumentReader) throws(Rejection) -> Order
  ) {
    self.name = name
    self.leastRole = leastRole
    self.summary = summary
    self.arguments = arguments
    self.example = example
    self.read = read
  }

  /// - Throws: the first argument that is missing, too much, of another kind or out of its bounds.
  package func order(_ args: ObjectReader) throws(Rejection) -> Order { try read(ArgumentReader(args, arguments)) }

  package static func named(_ name: String) -> CommandKind? { all.first { $0.name == name } }
}
