import HealstreamRuntime

/// Which of the snapshots that are there the command line speaks of.
struct SnapshotSelection {
  let snapshots: [StoredSnapshot]
  let isByName: Bool
  let isAllMeant: Bool

  /// - Throws: `Misuse` for a filter that is none; `Failure` for a name that is not there.
  init(_ arguments: Arguments, _ inventory: [StoredSnapshot]) throws {
    let names = arguments.operands.dropFirst()
    let role = try arguments.role()
    let partition = try arguments.value("--partition").map(Self.partition)
    snapshots = inventory.filter { snapshot in
      let task = snapshot.id.task
      return (role ?? task.role) == task.role && (partition ?? task.partition) == task.partition
        && (names.isEmpty || names.contains(snapshot.name))
    }
    isByName = !names.isEmpty
    isAllMeant = arguments.has("--all") && arguments.has("--yes")
    let found = Set(snapshots.map(\.name))
    if let missing = names.first(where: { !found.contains($0) }) {
      throw Failure(
        description: "there is no snapshot \(missing); healstream snapshots list shows those that are there")
    }
  }

  private static func partition(_ text: String) throws(Misuse) -> Partition {
    let parts = text.split(separator: "[", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, parts[1].last == "]", let index = Int32(parts[1].dropLast()), index >= 0
    else { throw Misuse(description: "--partition: expected TOPIC[N], found \"\(text)\"") }
    return Partition(topic: String(parts[0]), index: index)
  }
}

extension StoredSnapshot {
  /// The task, its offset, and how many boundaries have begun: `detect/deliveries[3]@1200#2`.
  var name: String { "\(id)#\(id.boundaries)" }
}
