import HealstreamCore

/// Whose turn it is to be saved: the task whose last snapshot is the oldest, once it is old enough.
struct SnapshotSchedule {
  private let intervalMillis: Int64
  private var madeAt: [Partition: Int64] = [:]

  init(intervalMillis: Int64) { self.intervalMillis = intervalMillis }

  /// - Returns: the slot of the task.
  mutating func due(_ tasks: [PartitionTask], at now: Int64) -> Int? {
    guard intervalMillis > 0 else { return nil }
    var oldest: (slot: Int, at: Int64)?
    for (slot, task) in tasks.enumerated() where task.canBeSnapshotted {
      let at = task.isNowhereElse ? .min : madeAt[task.partition] ?? firstSeen(task.partition, at: now)
      if at == .min || now - at >= intervalMillis, oldest.map({ at < $0.at }) ?? true { oldest = (slot, at) }
    }
    return oldest?.slot
  }

  mutating func made(_ snapshot: Snapshot, at now: Int64) { madeAt[snapshot.id.task.partition] = now }

  private mutating func firstSeen(_ partition: Partition, at now: Int64) -> Int64 {
    madeAt[partition] = now
    return now
  }
}
