import HealstreamRuntime

/// What a seed's world is like and what goes wrong in it: each kind of fault in some of the worlds only, so that rare ones are
/// not drowned by frequent ones (Groce et al., "Swarm Testing", ISSTA 2012).
struct Plan {
  var folds = WorldFolds.toy
  var deliveryPartitions: Int32
  var slots: Int
  var turns: Int
  var limits = LaneLimits()

  // Chances at each moment inside a call to the log.
  var crash = 0.0
  var stall = 0.0
  // Chances for each transaction.
  var abort = 0.0
  var unknownDone = 0.0
  var unknownUndone = 0.0
  var unknownLate = 0.0
  var slowMarkers = 0.0
  /// Chance for each poll to give nothing although something is there.
  var slowRead = 0.0
  var maxRecordsPerPoll: Int64
  var restlessness: Int64

  // Chances for each turn.
  var kill = 0.0
  var foldCrash = 0.0
  var stop = 0.0
  var pause = 0.0
  var replacePaused = 0.0
  var rebalance = 0.0
  var loseDisk = 0.0
  /// Of those disks, how many hold epochs.
  var loseEpochs = 0.0
  var retention = 0.0
  var deleteUnread = 0.0

  // Of input records.
  var input = 0.0
  var poison = 0.0
  var killer = 0.0
  var maxKillers = 0
  var duplicate = 0.0
  var late = 0.0
  var openInput = 0.0

  /// Chance for a process that starts to have other settings than the one before.
  var newSettings = 0.0
  var sharesDisk: Bool
  var disk = DiskFaults()
  var startsWithoutDisk: Bool

  init(_ random: inout SplitMix64) {
    deliveryPartitions = Int32(random.among(1...3))
    slots = Int(random.among(1...3))
    turns = Int(random.among(40...240))
    maxRecordsPerPoll = random.one(of: [1, 3, 10, 100])
    restlessness = random.one(of: [1, 5, 40])
    sharesDisk = random.chance(0.7)
    startsWithoutDisk = random.chance(0.1)
    input = random.one(of: [0.05, 0.1, 0.25])
    setLimits(&random)
    setFaults(&random)
    setInputs(&random)
    if random.chance(0.04) { setRealFolds(&random) }
  }

  /// Nobody knows what such a fold is left with after a loss, and what it says when idle is no function of the records.
  private mutating func setRealFolds(_ random: inout SplitMix64) {
    folds = .real
    limits.idleStatementMillis = 0
    (loseEpochs, retention, disk.unreadable) = (0, 0, 0)
    input = random.one(of: [0.5, 0.9])
  }

  private mutating func setLimits(_ random: inout SplitMix64) {
    limits.maxRecords = random.one(of: [1, 2, 5, 20, 1000])
    limits.maxRecordsCatchingUp = limits.maxRecords * random.one(of: [1, 3])
    limits.maxDelayMillis = random.one(of: [0, 50, 1000])
    limits.offsetCommitMillis = random.one(of: [0, 1000, 5000])
    limits.snapshotMillis = random.one(of: [0, 1, 500, 5000, 20_000])
    limits.idleStatementMillis = random.chance(0.4) ? 10_000 : 0
    limits.maxDeadLetterBytes = 4000
  }

  private mutating func setFaults(_ random: inout SplitMix64) {
    func sometimes(_ share: Double, _ rates: [Double]) -> Double { random.chance(share) ? random.one(of: rates) : 0 }
    crash = sometimes(0.5, [0.002, 0.01])
    stall = sometimes(0.4, [0.003, 0.01])
    abort = sometimes(0.4, [0.03, 0.2])
    unknownDone = sometimes(0.4, [0.03, 0.2])
    unknownUndone = sometimes(0.4, [0.03, 0.2])
    unknownLate = sometimes(0.3, [0.03, 0.15])
    slowMarkers = sometimes(0.4, [0.1, 0.6])
    slowRead = sometimes(0.4, [0.1, 0.7])
    kill = sometimes(0.6, [0.005, 0.02])
    foldCrash = sometimes(0.4, [0.005, 0.02])
    stop = sometimes(0.5, [0.005, 0.02])
    pause = sometimes(0.4, [0.005, 0.02])
    replacePaused = random.one(of: [0, 0.5, 1])
    rebalance = sometimes(0.4, [0.005, 0.03])
    newSettings = sometimes(0.5, [0.2, 0.7])
    loseDisk = sometimes(0.2, [0.005, 0.01])
    // After a loss a state is no more than its snapshots, which all that run there must be able to read.
    loseEpochs = sharesDisk ? sometimes(0.3, [0.5]) : 0
    retention = sharesDisk ? sometimes(0.3, [0.01]) : 0
    deleteUnread = sometimes(0.15, [0.1])
    disk = DiskFaults(&random)
  }

  private mutating func setInputs(_ random: inout SplitMix64) {
    func sometimes(_ share: Double, _ rates: [Double]) -> Double { random.chance(share) ? random.one(of: rates) : 0 }
    poison = sometimes(0.5, [0.03, 0.2])
    killer = sometimes(0.2, [0.01, 0.03])
    maxKillers = random.below(3)
    duplicate = sometimes(0.5, [0.1])
    late = sometimes(0.5, [0.1])
    openInput = sometimes(0.3, [0.05, 0.2])
  }

  /// Nothing goes wrong any more, but that records which kill still do.
  mutating func calm() {
    (crash, stall, abort, unknownDone, unknownUndone, unknownLate) = (0, 0, 0, 0, 0, 0)
    (kill, foldCrash, stop, pause, rebalance, loseDisk, retention) = (0, 0, 0, 0, 0, 0, 0)
    (input, slowRead, slowMarkers, newSettings) = (0, 0, 0, 0)
    disk = DiskFaults()
    // Where idle lanes speak, somebody must be there to listen before the next one does.
    restlessness = limits.idleStatementMillis > 0 ? 5 : 60
    maxRecordsPerPoll = max(maxRecordsPerPoll, 10)
  }
}
