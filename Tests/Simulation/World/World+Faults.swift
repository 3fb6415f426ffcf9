import HealstreamCore
import HealstreamRuntime

extension World {
  /// What happens to processes and disks between two steps.
  func injectFaults() {
    if random.chance(plan.kill), let process = anyone() {
      trace.note("\(process.name) is killed")
      died(process)
    }
    if random.chance(plan.foldCrash), let process = anyone() {
      process.life.end(afterFolds: random.below(6))
    }
    if random.chance(plan.stop), let process = anyone() { stop(process) }
    if random.chance(plan.pause), let process = anyone() { pause(process) }
    if random.chance(plan.rebalance) { cluster.group(random.one(of: Role.allCases)).rebalance(at: time.now) }
    if random.chance(plan.loseDisk) {
      trace.note("a disk is lost")
      (random.chance(plan.loseEpochs) ? epochs : random.one(of: disks)).lose()
    }
    if random.chance(plan.retention) { deleteRecords() }
  }

  private func anyone() -> SimulatedProcess? {
    let candidates = processes.filter(\.isRunnable)
    return candidates.isEmpty ? nil : random.one(of: candidates)
  }

  /// For as long as it takes to be forgotten, or less; its place may be taken meanwhile.
  private func pause(_ process: SimulatedProcess) {
    let millis: Int64 = random.one(of: [1000, 8000, 30_000, 200_000])
    trace.note("\(process.name) is stopped for \(millis) ms")
    process.pause(until: time.now + millis)
    if random.chance(plan.replacePaused) { vacate(process) }
  }

  private func deleteRecords() {
    let log = random.one(of: cluster.inputs)
    let readers = Role.allCases.map { cluster.group($0) }.filter { $0.inputs.contains(log.partition) }
    let read = readers.map { $0.offsets[log.partition]?.offset ?? 0 }.min() ?? 0
    let limit = random.chance(plan.deleteUnread) ? log.lastStable : read
    guard limit > log.start else { return }
    log.deleteRecords(before: random.among(log.start...limit))
    trace.note("\(log.partition) begins at \(log.start)")
  }

  // MARK: Input

  /// Senders and executors append, most of them without a transaction.
  func appendInputs() {
    let log = random.chance(0.15) ? cluster.actionOutcomes : random.one(of: cluster.deliveries)
    let transaction = random.chance(plan.openInput) ? cluster.newTransaction() : nil
    for _ in 0..<random.among(1...6) { log.append(record(for: log), in: transaction) }
    guard let transaction else { return }
    if random.chance(0.5) {
      cluster.commit(transaction, markersAfter: random.one(of: [1, 500, 5000]))
    } else if random.chance(0.5) {
      cluster.abort(transaction)
    }  // else it times out
  }

  private func record(for log: PartitionLog) -> StoredRecord {
    var record = plan.folds == .toy ? toyRecord() : realRecord(for: log)
    if random.chance(plan.poison) { spoil(&record) }
    if plan.maxKillers > 0, random.chance(plan.killer) {
      plan.maxKillers -= 1
      record.key = DeadlyRecord.key
    }
    return record
  }

  private func realRecord(for log: PartitionLog) -> StoredRecord {
    guard log !== cluster.actionOutcomes else { return realRecords.outcome(at: time.appendTime, &random) }
    let late = random.chance(plan.late) ? random.among(0...100_000) : random.among(0...3000)
    return realRecords.delivery(log.partition.index, at: time.appendTime, lateMillis: late, &random)
  }

  private func toyRecord() -> StoredRecord {
    let id = UInt8(random.chance(plan.duplicate) ? random.among(1...3) : random.among(4...250))
    var record = StoredRecord(
      key: [1], value: [ToyRecord.plain, id, UInt8(random.among(0...255))], timestamp: time.appendTime)
    if random.chance(plan.late) { record.timestamp = record.timestamp - random.among(0...100_000) }
    return record
  }

  private func spoil(_ record: inout StoredRecord) {
    record.headers = [RecordHeader(name: "trace", value: [7])]
    switch random.below(5) {
    case 0: record.value = nil
    case 1: record.value = [UInt8](repeating: ToyRecord.poison, count: SimulatedLog.maxMessageBytes + 500)
    default: record.value = [ToyRecord.poison]
    }
  }
}
