/// Why a partition's state cannot be had, so that going on would make outputs other than those of an undisturbed run.
package struct RecoveryRefusal: Error, Equatable, Sendable, CustomStringConvertible {
  package let task: TaskID
  /// What is missing, and where.
  package let reason: String
  /// What gets on from here, each a sentence of what to do.
  package let ways: [String]

  package init(_ task: TaskID, _ reason: String, ways: [String]) {
    self.task = task
    self.reason = reason
    self.ways = ways
  }

  package var description: String { "\(task): \(reason). To go on: \(ways.joined(separator: "; or "))" }
}
