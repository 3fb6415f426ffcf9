import HealstreamCore
import HealstreamRuntime

/// A process with one lane of each role.
final class SimulatedProcess {
  enum State: Equatable {
    case running
    /// Stopped by a signal; it does not know.
    case paused(until: Int64)
    case ended
  }

  /// Tells its incarnations apart.
  let name: String
  /// As configured; the same in every incarnation.
  let instance: String
  let settings: ToySettings
  let disk: Disk
  let life = Life()
  private(set) var state = State.running
  private(set) var lanes: [SimulatedLane] = []
  /// Between two incarnations of a lane's step, in whose middle others run.
  var isInCall = false
  private(set) var isSilentSince: Int64?
  private unowned let world: World

  var epoch: EpochID { settings.epoch.id }

  init(_ world: World, name: String, instance: String, settings: ToySettings, disk: Disk) {
    self.world = world
    self.name = name
    self.instance = instance
    self.settings = settings
    self.disk = disk
  }

  func makeLanes(acceptsLoss: Bool) {
    var limits = world.plan.limits
    limits.acceptsLoss = acceptsLoss
    let clock = world.time.clock(
      monotonicOffset: world.random.among(0...1_000_000), wallOffset: world.random.among(-5000...5000))
    for role in Role.allCases { lanes.append(SimulatedLane(world, self, role, limits, clock)) }
  }

  var isRunnable: Bool { state == .running && !isInCall }

  func pause(until time: Int64) {
    state = .paused(until: time)
    isSilentSince = world.time.now
    world.oracle.vanished(name)
  }

  func wakeUp() {
    state = .running
    isSilentSince = nil
  }

  /// Without a word.
  func die() {
    life.end()
    state = .ended
    if isSilentSince == nil { isSilentSince = world.time.now }
    for lane in lanes { lane.writer.die(isRenamed: world.random.chance(0.5)) }
  }

  /// Orderly, as far as that goes.
  func stop(but failed: SimulatedLane? = nil) throws(LogFailure) {
    var failure: LogFailure?
    for lane in lanes {
      if lane !== failed {
        do throws(LogFailure) { try lane.lane.stop() } catch { failure = failure ?? error }
      }
      lane.log.close()
    }
    state = .ended
    if let failure { throw failure }
  }
}

/// The runtime's lane with its simulated surroundings.
final class SimulatedLane {
  let log: SimulatedLog
  let writer: SimulatedSnapshotWriter
  let lane: Lane<SimulatedLog>
  /// When its next step is due.
  var dueAt: Int64

  init(_ world: World, _ process: SimulatedProcess, _ role: Role, _ limits: LaneLimits, _ clock: LaneClock) {
    let log = SimulatedLog(world, process, role)
    let oracle = world.oracle
    writer = SimulatedSnapshotWriter(process.disk, world.time, process.life) { oracle.judge($0, by: log.id) }
    self.log = log
    lane = Lane(
      log: log, role: role,
      folds: ProcessFolds(
        folds: world.plan.folds, role: role, epoch: process.settings.epoch, life: process.life),
      stores: LaneStores(snapshots: process.disk, epochs: world.epochs, writer: writer), limits: limits,
      journal: world.journal(log.id), clock: clock)
    dueAt = world.time.now
  }
}
