import HealstreamCore
import HealstreamRuntime

/// A lane's client of the simulated cluster. At every call, and between the requests inside one, its process may die or be
/// stopped while the others go on.
final class SimulatedLog: Log {
  private unowned let world: World
  private unowned let process: SimulatedProcess
  let id: LaneID
  let group: Group
  private let cluster: Cluster

  private var session: ProducerSession?
  private var memberID: Int?
  private var generation = 0
  /// The lane holds an assignment, or has been told of one.
  private var isAssigned = false
  private var positions: [Reading] = []

  /// What the last poll came to, for whoever decides when the next one is due.
  private(set) var lastPoll = (timeoutMillis: 0, wasIdle: false)

  private struct Reading {
    let log: PartitionLog
    var next: Int64
    var saidEnd: Int64 = -1
  }

  init(_ world: World, _ process: SimulatedProcess, _ role: Role) {
    self.world = world
    self.process = process
    cluster = world.cluster
    group = cluster.group(role)
    id = LaneID(role: role, process: process.name, epoch: process.epoch)
  }

  // MARK: The group

  func subscribe() throws(LogFailure) {
    try world.moment(process, "subscribe")
    join()
  }

  private func join() {
    let process = process
    memberID = group.join(at: world.time.now) { process.isSilentSince }
    generation = 0
  }

  func assign(_ starts: [Start]) throws(LogFailure) {
    try world.moment(process, "assign")
    positions = starts.map { Reading(log: cluster.log($0.partition), next: $0.offset) }
    world.trace.note("\(id) assigns \(starts.map { "\($0.partition)@\($0.offset)" })")
  }

  func unassign() throws(LogFailure) {
    try world.moment(process, "unassign")
    positions = []
    isAssigned = false
    rejoin()
  }

  private func rejoin() {
    if let memberID, group.member(memberID) != nil {
      group.rejoin(memberID, at: world.time.now)
    } else {
      join()
    }
  }

  func close() {
    guard !process.life.isOver else { return }
    group.leave(memberID, at: world.time.now)
  }

  /// What the heartbeats have brought.
  private func groupEvents() -> [LogEvent] {
    guard let member = group.member(memberID) else {
      guard isAssigned else {
        rejoin()
        return []
      }
      return [.revoked(isLost: true)]
    }
    guard !group.isRebalancing else {
      guard isAssigned else {
        rejoin()
        return []
      }
      return member.hasJoined ? [] : [.revoked(isLost: false)]
    }
    guard !isAssigned else { return [] }
    isAssigned = true
    generation = group.generation
    world.trace.note("\(id) is assigned \(member.assignment) in generation \(generation)")
    return [.assigned(member.assignment)]
  }

  /// The lane acts on an assignment that is not the last one.
  var isBehind: Bool { isAssigned && !group.accepts(memberID, generation: generation) }

  /// The lane holds what the group has given it last, and has nothing to do.
  var isAtRest: Bool {
    isAssigned && !group.isRebalancing && !group.hasSilentMembers && generation == group.generation && lastPoll.wasIdle
      && positions.allSatisfy { $0.next == $0.log.lastStable }
  }

  // MARK: Reading

  func poll(
    maxRecords: Int, timeoutMillis: Int, ahead: (_ slot: Int, _ record: borrowing InputRecord) -> Void,
    _ body: (_ slot: Int, _ record: borrowing InputRecord, _ headers: () -> [RecordHeader]) -> Void
  ) -> [LogEvent] {
    lastPoll = (timeoutMillis, true)
    do throws(LogFailure) { try world.moment(process, "poll") } catch { return [] }
    if maxRecords < 0 { world.oracle.fail("\(id) polls for \(maxRecords) records") }
    var events = fetch(maxRecords, ahead, body)
    if !world.random.chance(world.plan.slowRead / 2) { events += groupEvents() }
    if !events.isEmpty { lastPoll.wasIdle = false }
    return events
  }

  private func fetch(
    _ maxRecords: Int, _ ahead: (_ slot: Int, _ record: borrowing InputRecord) -> Void,
    _ body: (_ slot: Int, _ record: borrowing InputRecord, _ headers: () -> [RecordHeader]) -> Void
  ) -> [LogEvent] {
    guard !positions.isEmpty, !world.random.chance(world.plan.slowRead) else { return [] }
    var room = min(maxRecords, Int(world.random.among(1...world.plan.maxRecordsPerPoll)))
    var events: [LogEvent] = []
    let first = world.random.below(positions.count)
    for turn in positions.indices {
      let slot = (first + turn) % positions.count
      guard positions[slot].next >= positions[slot].log.start else {
        events.append(.failed(.fatal("\(positions[slot].log.partition): the position is not in the log any more")))
        continue
      }
      readAhead(slot, ahead)
      read(slot, &room, body)
      if let next = end(slot) { events.append(.end(positions[slot].log.partition, next: next)) }
    }
    return events
  }

  /// Some of the next records, whether or not their turn comes with this poll.
  private func readAhead(_ slot: Int, _ ahead: (_ slot: Int, _ record: borrowing InputRecord) -> Void) {
    let log = positions[slot].log
    let start = positions[slot].next
    for offset in start..<min(log.lastStable, start + Int64(world.random.below(8))) {
      log.visible(at: offset)?.withRecord(log.partition, offset) { ahead(slot, $0) }
    }
  }

  private func read(
    _ slot: Int, _ room: inout Int,
    _ body: (_ slot: Int, _ record: borrowing InputRecord, _ headers: () -> [RecordHeader]) -> Void
  ) {
    let log = positions[slot].log
    while positions[slot].next < log.lastStable {
      let offset = positions[slot].next
      if let record = log.visible(at: offset) {
        guard room > 0 else { return }
        room -= 1
        lastPoll.wasIdle = false
        record.withRecord(log.partition, offset) { body(slot, $0) { record.headers } }
      }
      positions[slot].next = offset + 1
    }
  }

  /// An end is said once each time it is reached.
  private func end(_ slot: Int) -> Int64? {
    let next = positions[slot].next
    guard next == positions[slot].log.lastStable, positions[slot].saidEnd != next else { return nil }
    positions[slot].saidEnd = next
    return next
  }

  func committed(_ partitions: [Partition]) throws(LogFailure) -> [Position?] {
    try world.moment(process, "committed")
    let deadline = world.time.now + Self.patienceMillis
    while group.isUnstable(partitions) {
      guard world.time.now < deadline else { throw .fatal(Self.unstable) }
      try world.wait(500, process)
    }
    return partitions.map { group.offsets[$0] }
  }

  func bounds(of partition: Partition) throws(LogFailure) -> Range<Int64> {
    try world.moment(process, "bounds")
    let log = cluster.log(partition)
    world.oracle.sawEnd(log.lastStable, of: partition, by: id)
    return log.start..<log.lastStable
  }

  static let unstable = "offsets stay unstable"
  private static let patienceMillis: Int64 = 120_000

  // MARK: Writing

  func fence() throws(LogFailure) {
    try world.moment(process, "fence")
    session = cluster.initialise("\(group.role.rawValue)-\(process.instance)-0")
    try world.moment(process, "fenced")
  }

  func transact(_ burst: Burst) throws(LogFailure) {
    guard let session else { preconditionFailure("a log is fenced before it is written to") }
    try world.moment(process, "transact")
    let transaction = try cluster.transaction(of: session)
    transaction.owner = id
    try produce(burst, transaction, session)
    try world.moment(process, "produced")
    if world.random.chance(world.plan.unknownUndone) { throw .unknownOutcome("its offsets were not sent") }
    try sendOffsets(burst, transaction, session)
    try world.moment(process, "offsets sent")
    try end(transaction, session)
    try world.moment(process, "committed")
  }

  private func produce(_ burst: Burst, _ transaction: Transaction, _ session: ProducerSession) throws(LogFailure) {
    for outputs in burst.outputs {
      for record in outputs.records {
        let written = WrittenOutput(
          topic: record.topic, id: record.id, key: Array(outputs.key(of: record)),
          value: Array(outputs.value(of: record)))
        transaction.outputs.append(written)
        cluster.log(record.topic).append(
          StoredRecord(key: written.key, value: written.value, timestamp: world.time.appendTime), in: transaction)
      }
    }
    for letter in burst.deadLetters {
      guard (letter.value?.count ?? 0) <= Self.maxMessageBytes else {
        cluster.abort(transaction)
        throw .tooLarge("a dead letter of \(letter.value?.count ?? 0) bytes")
      }
      transaction.letters.append(letter)
      cluster.deadLetters.append(
        StoredRecord(key: letter.key, value: letter.value, timestamp: world.time.appendTime), in: transaction)
    }
  }

  private func sendOffsets(_ burst: Burst, _ transaction: Transaction, _ session: ProducerSession) throws(LogFailure) {
    try cluster.require(session)
    guard !burst.positions.isEmpty else { return }
    guard group.accepts(memberID, generation: generation) else {
      cluster.abort(transaction)
      throw .staleGeneration("generation \(generation), the group has \(group.generation)")
    }
    let owned = group.member(memberID)?.assignment ?? []
    for (partition, _) in burst.positions where !owned.contains(partition) {
      world.oracle.fail("\(id) commits \(partition), which it does not own")
    }
    group.add(burst.positions.map { ($0.partition, $0.position) }, in: transaction)
  }

  private func end(_ transaction: Transaction, _ session: ProducerSession) throws(LogFailure) {
    try cluster.require(session)
    let plan = world.plan
    if world.random.chance(plan.abort) {
      cluster.abort(transaction)
      throw .aborted("for no reason")
    }
    if world.random.chance(plan.unknownUndone) { throw .unknownOutcome("it was not done") }
    if world.random.chance(plan.unknownLate) {
      cluster.commitLater(transaction, session, at: world.time.now + world.random.among(0...5000))
      throw .unknownOutcome("it is still under way")
    }
    let markersAfter = world.random.chance(plan.slowMarkers) ? world.random.among(1...3000) : 0
    cluster.commit(transaction, markersAfter: markersAfter)
    if world.random.chance(plan.unknownDone) { throw .unknownOutcome("it was done") }
  }

  static let maxMessageBytes = 2000
}

/// One role's lane in one process.
struct LaneID: Equatable, Sendable, CustomStringConvertible {
  let role: Role
  let process: String
  /// What governs in that process.
  let epoch: EpochID

  var description: String { "\(process)/\(role.rawValue)" }
}
