import HealstreamRuntime

/// Writes a snapshot in simulated time. A process that dies meanwhile leaves nothing, or all of it, but the older generations too.
final class SimulatedSnapshotWriter: SnapshotWriter {
  private let disk: Disk
  private let time: SimulatedTime
  private let life: Life
  private let didTake: (Snapshot) -> Void
  private var current: (id: SnapshotID, bytes: [UInt8], startedAt: Int64, due: Int64)?
  private var results: [SnapshotResult] = []

  init(_ disk: Disk, _ time: SimulatedTime, _ life: Life, didTake: @escaping (Snapshot) -> Void) {
    self.disk = disk
    self.time = time
    self.life = life
    self.didTake = didTake
  }

  var isBusy: Bool {
    completeIfDue(by: time.now)
    return current != nil
  }

  func write(_ snapshot: consuming Snapshot) {
    precondition(current == nil, "snapshots are written one at a time")
    guard !life.isOver else { return }
    didTake(snapshot)
    current = (snapshot.id, snapshot.sealed(), time.now, time.now + disk.writeMillis)
    completeIfDue(by: time.now)
  }

  func takeResults() -> [SnapshotResult] {
    completeIfDue(by: time.now)
    defer { results.removeAll() }
    return results
  }

  func finish(withinMillis millis: Int64) { completeIfDue(by: time.now + millis) }

  /// The process has died; what was to be renamed may still be, but nothing after that.
  func die(isRenamed: Bool) {
    guard let current, isRenamed else { return }
    self.current = nil
    try? disk.write(current.bytes, as: current.id)
  }

  private func completeIfDue(by moment: Int64) {
    guard let current, current.due <= moment, !life.isOver else { return }
    self.current = nil
    var failure: StoreFailure?
    do throws(StoreFailure) { try disk.add(current.bytes, as: current.id) } catch { failure = error }
    results.append(
      SnapshotResult(
        current.id, bytes: current.bytes, millis: current.due - current.startedAt, failure: failure))
  }
}
