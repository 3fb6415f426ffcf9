import HealstreamCore
import HealstreamRuntime

/// Everything that a seed decides: a cluster, its disks, the processes, and what happens to them.
///
/// One thread, one order: the same seed gives the same run. A process that waits inside a call, or is stopped there, lets the
/// others run inside that call.
final class World {
  var random: SplitMix64
  var plan: Plan
  let time = SimulatedTime()
  let trace: Trace
  let cluster: Cluster
  let oracle: Oracle
  /// Every process there ever was.
  private(set) var processes: [SimulatedProcess] = []
  private(set) var slots: [Slot]
  private(set) var turnsTaken = 0
  private var depth = 0
  var realRecords = RealRecords()
  private let sharedDisk: Disk
  /// Every process can read these.
  let epochs: Disk

  /// A place for a process: one instance, its disk, and who runs there.
  struct Slot {
    let instance: String
    let disk: Disk
    var current: SimulatedProcess?
    var restartAt: Int64 = 0
    var settings = ToySettings(multiplier: 1)
    var incarnations = 0
    /// The operator has read why the last process would not go on.
    var acceptsLoss = false
    var refusals = 0
  }

  init(seed: UInt64, traced: Bool) {
    random = SplitMix64(seed: seed)
    plan = Plan(&random)
    trace = Trace(isOn: traced, time)
    cluster = Cluster(deliveryPartitions: plan.deliveryPartitions, time, trace)
    oracle = Oracle(cluster, plan.folds, trace)
    let disk = Disk(name: "disk", seed: random.next(), plan.disk)
    sharedDisk = disk
    epochs = Disk(name: "epochs", seed: random.next(), plan.disk)
    slots = []
    for index in 0..<plan.slots {
      let own = plan.sharesDisk ? disk : Disk(name: "disk-\(index)", seed: random.next(), plan.disk)
      slots.append(Slot(instance: "i\(index)", disk: own, restartAt: random.among(0...2000)))
    }
    let oracle = oracle
    cluster.didDecide = { oracle.judge($0) }
  }

  /// Those of snapshots.
  var disks: [Disk] { plan.sharesDisk ? [sharedDisk] : slots.map(\.disk) }

  func journal(_ lane: LaneID) -> Journal {
    guard trace.isOn else { return Journal(threshold: .error) { _ in } }
    let trace = trace
    return Journal(threshold: .debug) { line in
      // Without the machine's time, which is another in every run.
      let text = String(decoding: line.dropLast(), as: UTF8.self)
      trace.note("\(lane) \(text.drop { $0 != "," }.dropFirst())")
    }
  }

  // MARK: Turns

  /// Something happens: a fault, an input, or the step of whoever is due first.
  func turn() {
    turnsTaken += 1
    injectFaults()
    if random.chance(plan.input) { appendInputs() }
    switch nextDue() {
    case .start(let slot, let at):
      pass(to: at)
      start(slot)
    case .wake(let process, let at):
      pass(to: at)
      trace.note("\(process.name) wakes up")
      process.wakeUp()
    case .step(let process, let lane):
      pass(to: lane.dueAt)
      step(process, lane)
    case nil: pass(to: time.now + 1000)
    }
  }

  private enum Due {
    case start(slot: Int, at: Int64)
    case wake(SimulatedProcess, at: Int64)
    case step(SimulatedProcess, SimulatedLane)
  }

  private func nextDue() -> Due? {
    var best: (at: Int64, due: Due)?
    func offer(_ at: Int64, _ due: @autoclosure () -> Due) {
      if best.map({ at < $0.at }) ?? true { best = (at, due()) }
    }
    for (index, slot) in slots.enumerated() where slot.current == nil {
      offer(slot.restartAt, .start(slot: index, at: slot.restartAt))
    }
    for process in processes {
      switch process.state {
      case .paused(let until) where !process.isInCall: offer(until, .wake(process, at: until))
      case .running where !process.isInCall:
        for lane in process.lanes { offer(lane.dueAt, .step(process, lane)) }
      default: break
      }
    }
    return best?.due
  }

  func pass(to moment: Int64) {
    time.advance(to: moment)
    cluster.tick()
  }

  private func step(_ process: SimulatedProcess, _ lane: SimulatedLane) {
    process.isInCall = true
    defer { process.isInCall = false }
    do throws(LogFailure) {
      try lane.lane.step()
      guard !process.life.isOver else { return died(process) }
      let poll = lane.log.lastPoll
      let pause = poll.wasIdle ? Int64(poll.timeoutMillis) * random.among(1...plan.restlessness) : 0
      lane.dueAt = time.now + pause + random.among(0...10)
    } catch {
      ended(process, lane, error)
    }
  }

  // MARK: Moments inside calls

  /// Something may happen to the process here, in the middle of a call to the log.
  func moment(_ process: SimulatedProcess, _ place: StaticString) throws(LogFailure) {
    guard !process.life.isOver else { throw .fatal("dead") }
    if random.chance(plan.crash) {
      trace.note("\(process.name) dies at \(place)")
      process.life.end()
      throw .fatal("dead")
    }
    guard random.chance(plan.stall) else { return }
    try wait(random.one(of: [100, 2000, 15_000, 90_000]), process)
  }

  /// Others run for a while; the process hears and says nothing, but its client's heartbeats go on where that is short.
  func wait(_ millis: Int64, _ process: SimulatedProcess) throws(LogFailure) {
    let until = time.now + millis
    let isStopped = millis > 500
    if isStopped {
      trace.note("\(process.name) is stopped for \(millis) ms")
      process.pause(until: until)
    }
    runOthers(until: until)
    pass(to: until)
    guard !process.life.isOver else { throw .fatal("dead") }
    if isStopped {
      trace.note("\(process.name) goes on")
      process.wakeUp()
    }
  }

  private func runOthers(until moment: Int64) {
    guard depth < 2 else { return }
    depth += 1
    defer { depth -= 1 }
    var turns = 0
    while time.now < moment, turns < 60, !oracle.hasFailed {
      turn()
      turns += 1
    }
  }

  // MARK: Processes come and go

  private func start(_ index: Int) {
    slots[index].incarnations += 1
    if random.chance(plan.newSettings) {
      slots[index].settings = ToySettings(multiplier: UInt64(random.among(1...4)))
    }
    let slot = slots[index]
    let process = SimulatedProcess(
      self, name: "\(slot.instance).\(slot.incarnations)", instance: slot.instance, settings: slot.settings,
      disk: slot.disk)
    trace.note("\(process.name) starts\(slot.acceptsLoss ? " and accepts loss" : ""), epoch \(process.epoch)")
    processes.append(process)
    slots[index].current = process
    slots[index].acceptsLoss = false
    process.isInCall = true
    defer { process.isInCall = false }
    do {
      try epochs.write(slot.settings.epoch)
      process.makeLanes(acceptsLoss: slot.acceptsLoss)
      for lane in process.lanes { try lane.lane.start() }
    } catch let failure as LogFailure {
      ended(process, nil, failure)
    } catch {
      ended(process, nil, .fatal("\(error)"))
    }
  }

  /// Death of itself or by our hand.
  func died(_ process: SimulatedProcess) {
    trace.note("\(process.name) is dead")
    oracle.vanished(process.name)
    process.die()
    vacate(process)
  }

  private func ended(_ process: SimulatedProcess, _ lane: SimulatedLane?, _ failure: LogFailure) {
    guard !process.life.isOver else { return died(process) }
    trace.note("\(process.name) ends: \(failure)")
    note(failure, process)
    do throws(LogFailure) { try process.stop(but: lane) } catch { trace.note("and could not stop: \(error)") }
    guard !process.life.isOver else { return died(process) }
    process.life.end()
    vacate(process)
  }

  private func note(_ failure: LogFailure, _ process: SimulatedProcess) {
    guard let index = slots.firstIndex(where: { $0.current === process }), "\(failure)".contains("To go on: ") else {
      return
    }
    slots[index].refusals += 1
    if !isRefusalJust(process) { oracle.fail("\(process.name) refuses without a reason: \(failure)") }
    // Once might be a read that failed; an operator looks twice.
    slots[index].acceptsLoss = slots[index].refusals.isMultiple(of: 3)
  }

  /// Something that a restore may need has been lost or could not be read, or the group has gone on while it was stopped in the
  /// middle of one.
  private func isRefusalJust(_ process: SimulatedProcess) -> Bool {
    cluster.inputs.contains { $0.start > 0 } || epochs.hasFailed || process.lanes.contains(where: \.log.isBehind)
  }

  /// - Returns: whether it could.
  @discardableResult
  func stop(_ process: SimulatedProcess) -> Bool {
    trace.note("\(process.name) is asked to stop")
    process.isInCall = true
    defer { process.isInCall = false }
    var isClean = true
    do throws(LogFailure) {
      try process.stop()
    } catch {
      trace.note("\(process.name) could not stop: \(error)")
      isClean = false
    }
    guard !process.life.isOver else {
      died(process)
      return false
    }
    process.life.end()
    vacate(process)
    return isClean
  }

  /// Somebody else may run in its place; where it was only stopped, it does not know.
  func vacate(_ process: SimulatedProcess) {
    for index in slots.indices where slots[index].current === process {
      slots[index].current = nil
      slots[index].restartAt = time.now + random.one(of: [0, 100, 3000, 20_000])
    }
  }
}
