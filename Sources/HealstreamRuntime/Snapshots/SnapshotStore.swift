/// Where snapshots are kept. It need not know what is in them: damage is found when they are read.
package protocol SnapshotStore: Sendable {
  /// Those that are there, the newest state first.
  func list(_ task: TaskID) throws(StoreFailure) -> [SnapshotID]

  /// - Throws: also where it is not there any more.
  func read(_ id: SnapshotID) throws(StoreFailure) -> [UInt8]

  /// Durable when it returns, and not to be seen in part before; replaces what was under that name.
  func write(_ bytes: [UInt8], as id: SnapshotID) throws(StoreFailure)

  /// Harmless where it is not there.
  func delete(_ id: SnapshotID) throws(StoreFailure)
}

extension SnapshotStore {
  /// Writes the newest generation, and deletes all but it and the one before.
  package func add(_ bytes: [UInt8], as id: SnapshotID) throws(StoreFailure) {
    try write(bytes, as: id)
    for old in try list(id.task).dropFirst(2) { try delete(old) }
  }
}
