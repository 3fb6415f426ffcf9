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
    /// Something that was reported as written is not there, or could not be read once.
    var hasFailed = false
  }

  init(name: String, seed: UInt64, _ faults: DiskFaults) {
    self.name = name
    state = Mutex(State(random: SplitMix64(seed: seed), faults: faults))
  }

  func set(_ faults: DiskFaults) { state.withLock { $0.faults = faults } }
  var hasFailed: Bool { state.withLock { $0.hasFailed } }

  func lose() {
    state.withLock { state in
      state.snapshots = [:]
      state.epochs = [:]
      state.hasFailed = true
    }
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
    try failReading()
    return snapshots(of: task).map(\.id)
  }

  func read(_ id: SnapshotID) throws(StoreFailure) -> [UInt8] {
    try failReading()
    guard let bytes = state.withLock({ $0.snapshots[id] }) else { throw StoreFailure("\(id) is not there") }
    return bytes
  }

  func write(_ bytes: [UInt8], as id: SnapshotID) throws(StoreFailure) {
    try failWriting()
    state.withLock { state in
      if state.random.chance(state.faults.damaged) {
        state.damage(bytes, as: id, state.random.one(of: DiskFaults.Damage.allCases))
      } else {
        state.snapshots[id] = bytes
      }
    }
  }

  func delete(_ id: SnapshotID) throws(StoreFailure) {
    try failWriting()
    state.withLock { $0.snapshots[id] = nil }
  }

  private func failWriting() throws(StoreFailure) {
    let fails = state.withLock { $0.random.chance($0.faults.refused) }
    if fails { throw StoreFailure("the disk takes nothing this once") }
  }

  private func failReading() throws(StoreFailure) {
    let fails = state.withLock { state in
      let fails = state.random.chance(state.faults.unreadable)
      if fails { state.hasFailed = true }
      return fails
    }
    if fails { throw StoreFailure("the disk gives nothing this once") }
  }
}

extension Disk.State {
  fileprivate mutating func damage(_ bytes: [UInt8], as id: SnapshotID, _ damage: DiskFaults.Damage) {
    hasFailed = true
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
    try failWriting()
    state.withLock { $0.epochs[epoch.id] = epoch }
  }

  func read(_ id: EpochID) throws(StoreFailure) -> Epoch? {
    try failReading()
    return state.withLock { $0.epochs[id] }
  }
}
