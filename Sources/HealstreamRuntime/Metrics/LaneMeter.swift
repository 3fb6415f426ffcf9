import HealstreamCore
import Synchronization

/// What one lane has done and where it stands. The lane tells it, once a turn or once a burst and never with a record; readers on
/// other threads get copies.
package final class LaneMeter: Sendable {
  let role: Role
  let lane: Int
  private let journal: Journal
  private let clock: LaneClock
  private let lastTurnAt: Atomic<Int64>
  private let state = Mutex(State())

  private struct State: Sendable {
    var reading = LaneReading()
    var bounds = BoundWatch()
    var nextLookAt = Int64.min
  }

  private static let lookMillis: Int64 = 1000

  package init(role: Role, lane: Int, journal: Journal, clock: LaneClock) {
    self.role = role
    self.lane = lane
    self.journal = journal
    self.clock = clock
    lastTurnAt = Atomic(clock.monotonicMillis())
  }

  // MARK: What the lane tells

  /// The lane has made a turn. Its tasks are looked at once a second, and when it is on another footing.
  /// - Parameter end: the offset behind a partition's last record, as far as it is known.
  func turned(_ tasks: [PartitionTask], isAssigned: Bool, end: (Partition) -> Int64?) {
    let now = turn()
    let standing = LaneStanding(tasks, isAssigned: isAssigned)
    let isLookDue = state.withLock { state in
      defer { state.reading.standing = standing }
      return now >= state.nextLookAt || !standing.isLike(state.reading.standing)
    }
    guard isLookDue else { return }
    let readings = tasks.map { PartitionReading($0, end: end($0.partition)) }
    let risen = state.withLock { state in
      state.nextLookAt = now + Self.lookMillis
      state.reading.see(readings, at: now)
      return state.bounds.risen(readings, at: now)
    }
    for (partition, figure) in risen {
      journal.warning(
        "bound_reached", ("partition", "\(partition)"), ("figure", "\(figure.name)"), ("value", "\(figure.value)"))
    }
  }

  /// The transaction of a burst has ended.
  func burst(_ outcome: BurstOutcome, millis: Int64) {
    state.withLock { state in
      state.reading.bursts[outcome, default: 0] += 1
      if outcome == .committed { state.reading.commitSeconds.observe(millis: millis) }
    }
  }

  func assigned() { state.withLock { $0.reading.assignments += 1 } }

  /// A task begins to restore.
  /// - Parameters:
  ///   - started: monotonic: when its state began to be looked for.
  ///   - keepsSnapshots: whether the lane will make any.
  func restoring(_ restoration: Restoration, since started: Int64, keepsSnapshots: Bool) {
    let now = turn()
    let partition = restoration.task.partition
    state.withLock { state in
      state.reading.restoring[partition] = started
      guard keepsSnapshots else { return }
      state.reading.snapshots[partition] = SnapshotReading(offset: restoration.offset, sinceMillis: now)
    }
  }

  /// The lane stood still for so long to copy a state.
  func paused(millis: Int64) { state.withLock { $0.reading.snapshotPauseSeconds.observe(millis: millis) } }

  func snapshotted(_ result: SnapshotResult) {
    let now = clock.monotonicMillis()
    state.withLock { state in
      state.reading.snapshots[result.id.task.partition]?.count(result, at: now)
      if result.failure == nil { state.reading.snapshotWriteSeconds.observe(millis: result.millis) }
    }
  }

  private func turn() -> Int64 {
    let now = clock.monotonicMillis()
    lastTurnAt.store(now, ordering: .relaxed)
    return now
  }

  // MARK: What readers get

  var name: String { "\(role.rawValue)-\(lane)" }
  var standing: LaneStanding { state.withLock { $0.reading.standing } }
  var millisSinceTurn: Int64 { max(0, clock.monotonicMillis() - lastTurnAt.load(ordering: .relaxed)) }

  func collect(into page: inout MetricPage) {
    let reading = state.withLock { $0.reading }
    reading.collect(role, lane: lane, at: clock.monotonicMillis(), into: &page)
    page.add(.turnAge, [role.rawValue, "\(lane)"], Double(millisSinceTurn) / 1000)
  }
}
