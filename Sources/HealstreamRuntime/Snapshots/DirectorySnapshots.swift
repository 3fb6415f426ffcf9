import Foundation

/// Snapshots as files, which several processes of one machine may share.
///
/// ```
/// DIRECTORY/detect/deliveries-3/0000000002-0000000000000001000.snapshot      two boundaries, offset 1000
/// DIRECTORY/detect/deliveries-3/0000000002-0000000000000001000.snapshot.…    being written
/// ```
///
/// Names sort by age. A file takes its name only once it is whole and durable, so a crash leaves at most one that is being written,
/// which the next process removes. What goes by another name is left alone.
package struct DirectorySnapshots: SnapshotInventory {
  private let directory: String

  /// Makes the directory, and removes what processes that have died were writing.
  package init(directory: String) throws(StoreFailure) {
    self.directory = directory
    try SnapshotFiles.makeDirectory(directory)
    for folder in try folders() {
      for name in try SnapshotFiles.names(in: folder.path) where Self.isUnfinished(name) {
        SnapshotFiles.removeAbandoned("\(folder.path)/\(name)")
      }
    }
  }

  package func list(_ task: TaskID) throws(StoreFailure) -> [SnapshotID] {
    try SnapshotFiles.names(in: path(of: task)).compactMap { Self.id($0, of: task) }.sorted(by: SnapshotID.precedes)
  }

  package func read(_ id: SnapshotID) throws(StoreFailure) -> [UInt8] { try SnapshotFiles.read(path(of: id)) }

  package func write(_ bytes: [UInt8], as id: SnapshotID) throws(StoreFailure) {
    try SnapshotFiles.makeDirectory(path(of: id.task))
    let unfinished = "\(path(of: id)).\(UUID().uuidString)"
    do throws(StoreFailure) {
      try SnapshotFiles.write(bytes, new: unfinished)
      try SnapshotFiles.rename(unfinished, to: path(of: id))
    } catch {
      try? SnapshotFiles.remove(unfinished)
      throw error
    }
  }

  package func delete(_ id: SnapshotID) throws(StoreFailure) { try SnapshotFiles.remove(path(of: id)) }

  package func inventory() throws(StoreFailure) -> [StoredSnapshot] {
    var found: [StoredSnapshot] = []
    for folder in try folders() {
      for id in try list(folder.task) {
        guard let size = SnapshotFiles.size(path(of: id)) else { continue }
        found.append(StoredSnapshot(id, byteCount: size.byteCount, writtenAt: size.writtenAt))
      }
    }
    return found.sorted { SnapshotID.precedes($0.id, $1.id) }
  }

  // MARK: Names

  private func path(of task: TaskID) -> String {
    "\(directory)/\(task.role.rawValue)/\(task.partition.topic)-\(task.partition.index)"
  }

  private func path(of id: SnapshotID) -> String { "\(path(of: id.task))/\(Self.name(of: id))" }

  /// The directories of tasks that are there.
  private func folders() throws(StoreFailure) -> [(task: TaskID, path: String)] {
    var folders: [(TaskID, String)] = []
    for role in Role.allCases {
      for name in try SnapshotFiles.names(in: "\(directory)/\(role.rawValue)") {
        guard let dash = name.lastIndex(of: "-"), let index = Int32(name[name.index(after: dash)...]) else { continue }
        let task = TaskID(role, Partition(topic: String(name[..<dash]), index: index))
        if path(of: task).hasSuffix("/\(name)") { folders.append((task, path(of: task))) }
      }
    }
    return folders
  }

  private static let suffix = ".snapshot"

  private static func name(of id: SnapshotID) -> String {
    padded(id.boundaries, to: 10) + "-" + padded(id.offset, to: 19) + suffix
  }

  private static func padded(_ number: some BinaryInteger, to width: Int) -> String {
    let digits = "\(number)"
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private static func id(_ name: String, of task: TaskID) -> SnapshotID? {
    guard name.hasSuffix(suffix) else { return nil }
    let parts = name.dropLast(suffix.count).split(separator: "-")
    guard parts.count == 2, let boundaries = Int(parts[0]), let offset = Int64(parts[1]) else { return nil }
    let id = SnapshotID(task, offset: offset, boundaries: boundaries)
    return Self.name(of: id) == name ? id : nil
  }

  private static func isUnfinished(_ name: String) -> Bool {
    guard let end = name.range(of: "\(suffix).", options: .backwards)?.upperBound else { return false }
    return UUID(uuidString: String(name[end...])) != nil
  }
}
