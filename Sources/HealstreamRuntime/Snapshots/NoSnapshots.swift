/// Keeps nothing: every restore folds from where the state began.
package struct NoSnapshots: SnapshotInventory {
  package init() {}
  package func list(_ task: TaskID) -> [SnapshotID] { [] }
  package func read(_ id: SnapshotID) throws(StoreFailure) -> [UInt8] { throw StoreFailure("\(id): none are kept") }
  package func write(_ bytes: [UInt8], as id: SnapshotID) {}
  package func delete(_ id: SnapshotID) {}
  package func inventory() -> [StoredSnapshot] { [] }
}
