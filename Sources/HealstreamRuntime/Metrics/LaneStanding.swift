/// How far a lane is on its way to work.
enum LaneStanding: Equatable, Sendable {
  /// The group has not assigned anything yet, or is about to anew.
  case joining
  /// Some of the partitions are still being restored.
  case restoring(Partition, others: Int)
  /// All of them are folded; there may be none, where others work and this process stands by.
  case live

  init(_ tasks: [PartitionTask], isAssigned: Bool) {
    guard isAssigned else {
      self = .joining
      return
    }
    let restoring = tasks.filter { $0.phase != .live }
    self = restoring.first.map { .restoring($0.partition, others: restoring.count - 1) } ?? .live
  }

  /// The same, whatever the partitions.
  func isLike(_ other: Self) -> Bool { (self == .joining, self == .live) == (other == .joining, other == .live) }

  /// What it lacks; `nil`: nothing.
  var lack: String? {
    switch self {
    case .joining: "waits for the group to assign partitions"
    case .restoring(let partition, 0): "restores \(partition)"
    case .restoring(let partition, let others): "restores \(partition) and \(others) others"
    case .live: nil
    }
  }
}
