/// Seeds whose worlds show a fault that was once there, each with a word on it. They run before all others.
///
/// What a seed means changes with whatever draws a number: whoever changes a world's plan looks for others, by putting the fault back.
package enum KnownSeeds {
  package static let all: [(seed: UInt64, found: String)] = [
    (52, "a lane polled for fewer than no records"),
    (212, "a snapshot that could not be written was not due again"),
    (336, "the same, in a state that nothing had changed since"),
    (1190, "an accepted loss forgot which records kill"),
    (1417, "the same, where the count of attempts began again"),
    (1620, "settings were read twice, and failed the second time"),
    (2502, "the same in a detector"),
    (12, "settings changed where a snapshot stood at M, and nobody wrote it down"),
  ]
}
