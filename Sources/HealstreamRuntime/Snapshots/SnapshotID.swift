/// Names a snapshot: whose state, after which records, under how many boundaries of epochs.
///
/// The state follows from the name, whoever computes it: a process that does not know yet that it has lost the partition writes
/// the same bytes under the same name as its successor.
package struct SnapshotID: Hashable, Sendable, CustomStringConvertible {
  package let task: TaskID
  /// N: every record before it has been folded.
  package let offset: Int64
  /// How many boundaries have begun.
  package let boundaries: Int

  package init(_ task: TaskID, offset: Int64, boundaries: Int) {
    self.task = task
    self.offset = offset
    self.boundaries = boundaries
  }

  package var description: String { "\(task)@\(offset)" }

  /// Boundaries first: where a partition was begun anew, its offsets may have gone back, but they did not.
  package func isOlder(than other: Self) -> Bool { (boundaries, offset) < (other.boundaries, other.offset) }
}

/// A fold of a role over one partition.
package struct TaskID: Hashable, Sendable, CustomStringConvertible {
  package let role: Role
  package let partition: Partition

  package init(_ role: Role, _ partition: Partition) {
    self.role = role
    self.partition = partition
  }

  package var description: String { "\(role.rawValue)/\(partition)" }
}
