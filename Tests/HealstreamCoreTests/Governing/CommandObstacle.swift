import Testing

/// What makes a guardrail refuse, and what it says then.
struct CommandObstacle: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let reason: String
  let make: @Sendable (inout CommandTests.Desk) -> Void

  init(_ reason: String, _ make: @escaping @Sendable (inout CommandTests.Desk) -> Void) {
    (testDescription, self.reason, self.make) = (reason, reason, make)
  }
}
