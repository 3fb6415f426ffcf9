/// One of several things that a command asked for and that was not done, with the reason.
struct CommandException: Equatable, Sendable {
  /// A delivery, or a guardrail.
  let subject: String
  let reason: String
}
