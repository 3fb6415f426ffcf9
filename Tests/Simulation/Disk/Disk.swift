import HealstreamRuntime
import Synchronization

/// What processes leave behind beside the log; several may share one.
final class Disk: Sendable {
  private let state: Mutex<State>
  let name: String

  fileprivate struct State {
    var snapshots: [SnapshotID: [UInt8]] = [:]
    var epochs: [EpochID: Epoch] = [:]
    var random: SplitMix64
    var faults = DiskFaults()
    /// Something was lost or could not be read, so that a process may rightly refuse to go on.
    var hasFailedEpochs = false
    var hasFailedSnapshots = false
  }

  init(name: String, seed: UInt64, _ faults: DiskFaults) {
    self.name = name
    state = Mutex(State(random: SplitMix64(seed: seed), faults: faults))
  }

  func set(_ faults: DiskFaults) { state.withLock { $0.faults = faults } }
  var hasFailedEpochs: Bool { state.withLock { $0.hasFailedEpochs } }
  var hasFailedSnapshots: Bool { state.withLock { $0.hasFailedSnapshots } }

  func lose(epochs: Bool) {
    state.withLock { state in
      state.snapshots = [:]
      state.hasFailedSnapshots = true
      guard epochs else { return }
      state.epochs = [:]
      state.hasFailedEpochs = true
    }
  }

  /// Nothing but epochs, as on another machine.
  func copyEpochs(to other: Disk) {
    let epochs = state.withLock { $0.epochs }
    other.state.withLock { $0.epochs = epochs }
  }

  /// As they are, for whoever judges; the newest first.
  func snapshots(of task: TaskID) -> [(id: SnapshotID, bytes: [UInt8])] {
    state.withLock { state in
      state.snapshots.filter { $0.key.task == task }.sorted { $1.key.isOlder(than: $0.key) }
        .map { ($0.key, $0.value) }
    }
  }

  /// How long the next write takes.
  var writeMillis: Int64 {
    state.withLock { state in state.random.among(0...max(0, state.faults.maxWriteMillis)) }
  }
}

extension Disk: SnapshotStore {
  func list(_ task: TaskID) throws(StoreFailure) -> [SnapshotID] {
    try refuseAtTimes { $0.unreadable } noting: { $0.hasFailedSnapshots = true }
    return snapshots(of: task).map(\.id)
  }

  func read(_ id: SnapshotID) throws(StoreFailure) -> [UInt8] {
    try refuseAtTimes { $0.unreadable } noting: { $0.hasFailedSnapshots = true }
    guard let bytes = state.withLock({ $0.snapshots[id] }) else { throw StoreFailure("\(id) is not there") }
    return bytes
  }

  func write(_ bytes: [UInt8], as id: SnapshotID) throws(StoreFailure) {
    try refuseAtTimes { $0.refused } noting: { _ in }
    state.withLock { state in
      if state.random.chance(state.faults.damaged) {
        let damage = state.random.one(of: DiskFaults.Damage.allCases)
        state.damage(bytes, as: id, damage)
      } else {
        state.snapshots[id] = bytes
      }
    }
  }

  func delete(_ id: SnapshotID) throws(StoreFailure) {
    try refuseAtTimes { $0.refused } noting: { _ in }
    state.withLock { $0.snapshots[id] = nil }
  }

  private func refuseAtTimes(
    _ chance: (DiskFaults) -> Double, noting note: (inout State) -> Void
  ) throws(StoreFailure) {
    let fails = state.withLock { state in
      guard state.random.chance(chance(state.faults)) else { return false }
      note(&state)
      return true
    }
    if fails { throw StoreFailure("the disk fails this once") }
  }
}

extension Disk.State {
  fileprivate mutating func damage(_ bytes: [UInt8], as id: SnapshotID, _ damage: DiskFaults.Damage) {
    hasFailedSnapshots = true
    switch damage {
    case .lost: break
    case .torn: snapshots[id] = Array(bytes.prefix(random.below(bytes.count)))
    case .emptied: snapshots[id] = []
    case .flipped:
      var flipped = bytes
      flipped[random.below(bytes.count)] ^= 1 << UInt8(random.below(8))
      snapshots[id] = flipped
    case .foreign:
      let others = snapshots.keys.sorted { "\($0) \($0.boundaries)" < "\($1) \($1.boundaries)" }
      snapshots[id] = others.isEmpty ? [1] : snapshots[random.one(of: others)]
    }
  }
}

extension Disk: EpochStore {
  func write(_ epoch: Epoch) throws(StoreFailure) {
    try refuseAtTimes { $0.refused } noting: { _ in }
    state.withLock { $0.epochs[epoch.id] = epoch }
  }

  func read(_ id: EpochID) throws(StoreFailure) -> Epoch? {
    try refuseAtTimes { $0.unreadable } noting: { $0.hasFailedEpochs = true }
    return state.withLock { $0.epochs[id] }
  }
}
