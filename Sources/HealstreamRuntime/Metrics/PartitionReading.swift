import HealstreamCore

/// A partition's task as it was when it was last looked at: a copy, for readers on other threads.
struct PartitionReading: Sendable {
  let partition: Partition
  let isLive: Bool
  let committed: Int64?
  /// Records that are still to be folded silently.
  let toReplay: Int64
  /// `nil`: the end of the partition is not known yet.
  let lag: Int64?
  let epoch: EpochID
  let lastRecordAt: Timestamp?
  let tally: TaskTally
  let figures: [Figure]

  init(_ task: PartitionTask, end: Int64?) {
    partition = task.partition
    committed = task.committed?.offset
    epoch = task.epoch
    lastRecordAt = task.lastRecordAt
    tally = task.tally
    figures = task.figures
    switch task.phase {
    case .restoring(let until):
      isLive = false
      toReplay = max(0, until - task.next)
    case .live:
      isLive = true
      toReplay = 0
    }
    // Markers of transactions at the end are no records: where everything is read, the offsets' difference means nothing.
    let isWorkedOff = task.isCaughtUp && !task.hasPending
    lag = isWorkedOff ? 0 : end.map { max(0, $0 - (task.committed?.offset ?? task.next)) }
  }
}
