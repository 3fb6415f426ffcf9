import HealstreamRuntime

/// One seed's run, and what came of it.
package struct Simulation: Sendable {
  package let seed: UInt64
  /// What was wrong first; `nil`: everything held.
  package let failure: String?
  package let trace: [String]
  /// What was seen, for a figure of how much a number of seeds has covered.
  package let summary: Summary

  package struct Summary: Sendable {
    package var transactions = 0
    package var outputs = 0
    package var snapshots = 0
    package var boundaries = 0
    package var skips = 0
    package var innocentSkips = 0
    package var losses = 0
    package var heals = 0
    package var processes = 0
    package var turns = 0

    package init() {}
  }

  package init(seed: UInt64, traced: Bool = false) {
    self.seed = seed
    let world = World(seed: seed, traced: traced)
    world.run()
    failure = world.oracle.failure
    trace = world.trace.lines
    summary = world.summary
  }
}

extension World {
  /// Trouble, then calm until nothing is left to do, then a clean stop and one fresh process that takes over.
  func run() {
    repeatTurns(upTo: plan.turns) { false }
    calmDown()
    settle()
    guard !oracle.hasFailed else { return }
    handOver()
    settle()
    stopAll()
    oracle.judgeTopics()
  }

  private func repeatTurns(upTo count: Int, until isDone: () -> Bool) {
    let end = turnsTaken + count
    while turnsTaken < end, !oracle.hasFailed, !isDone() { turn() }
  }

  private func calmDown() {
    trace.note("calm after \(turnsTaken) turns")
    plan.calm()
    for disk in disks + [epochs] { disk.set(DiskFaults()) }
  }

  /// When faults end, the lag reaches 0 in bounded time.
  private func settle() {
    let deadline = time.now + Self.maxSettlingMillis
    repeatTurns(upTo: Self.maxSettlingTurns) { oracle.isDone || time.now > deadline }
    if !oracle.hasFailed, !oracle.isDone { oracle.fail("not everything is done by \(time.now): \(oracle.lags)") }
  }

  private static let longestWriteMillis: Int64 = 60_000
  /// A record that kills takes five deaths, each of which is noticed when the session expires.
  private static let maxSettlingMillis: Int64 = 1_200_000
  private static let maxSettlingTurns = 20_000
  private static let maxRestingTurns = 300

  /// - Returns: whether all of them could.
  @discardableResult
  private func stopAll() -> Bool {
    var isClean = true
    for process in processes where process.state != .ended {
      if !stop(process) { isClean = false }
    }
    return isClean
  }

  /// Every partition has an owner who knows, and has folded all of it.
  private var isAtRest: Bool {
    slots.allSatisfy { $0.current != nil }
      && processes.allSatisfy { $0.state == .ended || $0.lanes.allSatisfy(\.log.isAtRest) }
  }

  /// Everything stops, and what is there is on disk; then one process takes over, with what is there or with nothing.
  private func handOver() {
    trace.note("everything is done after \(turnsTaken) turns")
    plan.restlessness = 200
    let written = time.now + Self.longestWriteMillis
    repeatTurns(upTo: Self.maxRestingTurns) { time.now > written && isAtRest }
    let isClean = isAtRest && stopAll()
    guard !oracle.hasFailed else { return }
    if isClean, !disks.contains(where: \.hasFailed) { oracle.judgeCleanStop(disks) }
    if plan.startsWithoutDisk {
      trace.note("the disks are lost")
      for disk in disks { disk.lose() }
    }
    stopAll()
    plan.input = 1
    repeatTurns(upTo: 3) { false }
    plan.input = 0
  }

  var summary: Simulation.Summary {
    var summary = Simulation.Summary()
    let counts = oracle.counts
    summary.transactions = counts.transactions
    summary.outputs = counts.outputs
    summary.snapshots = counts.snapshots
    summary.boundaries = counts.boundaries
    summary.skips = counts.skips
    summary.innocentSkips = counts.innocentSkips
    summary.losses = counts.losses
    summary.heals = counts.heals
    summary.processes = processes.count
    summary.turns = turnsTaken
    return summary
  }
}
