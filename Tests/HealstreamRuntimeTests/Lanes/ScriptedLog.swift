import HealstreamCore

@testable import HealstreamRuntime

/// A log of a few partitions in memory. What it does at a transaction or a poll can be scripted; what is committed can be looked at.
final class ScriptedLog: Log {
  enum TransactionScript {
    case fails(LogFailure)
    /// Becomes visible, but the lane is told that nobody knows.
    case succeedsUnknown
  }

  var records: [Partition: [[UInt8]]] = [:]
  var events: [LogEvent] = []
  var transactionScript: [TransactionScript] = []

  private(set) var positions: [Partition: Position] = [:]
  /// The outputs that readers see, in order.
  private(set) var visible: [String] = []
  private(set) var visibleDeadLetters: [DeadLetter] = []
  private(set) var fences = 0
  var bursts = 0
  var assignments: [[Start]] = []
  /// How long each poll was ready to wait, in milliseconds.
  var waits: [Int] = []

  private var reading: [(partition: Partition, next: Int64)] = []

  var committedOffsets: [Partition: Int64] { positions.mapValues(\.offset) }

  /// What governed up to what is committed.
  func history(_ partition: Partition) -> EpochHistory? { positions[partition].flatMap { EpochHistory($0.metadata) } }

  /// Somebody else has committed so far, under one epoch from the beginning on.
  func commitElsewhere(_ partition: Partition, _ offset: Int64, under epoch: Epoch = SumFolds.epoch(times: 1)) {
    var history = EpochHistory()
    history.append(.init(epoch.id, EpochTerms(offset: 0)))
    positions[partition] = Position(offset, metadata: history.text)
  }

  /// What happened so far is of no interest.
  func forget() {
    bursts = 0
    assignments = []
    waits = []
  }

  /// Another program has set the offset, or it has expired.
  func set(_ partition: Partition, _ position: Position?) { positions[partition] = position }

  func fence() { fences += 1 }
  func subscribe() { reading = [] }
  func close() {}

  func poll(
    maxRecords: Int, timeoutMillis: Int, ahead: (_ slot: Int, _ record: borrowing InputRecord) -> Void,
    _ body: (_ slot: Int, _ record: borrowing InputRecord, _ headers: () -> [RecordHeader]) -> Void
  ) -> [LogEvent] {
    waits.append(timeoutMillis)
    var room = maxRecords
    var ends: [LogEvent] = []
    for slot in reading.indices {
      let (partition, _) = reading[slot]
      let values = records[partition] ?? []
      while room > 0, reading[slot].next < values.count {
        let offset = reading[slot].next
        let value = values[Int(offset)]
        let record = InputRecord(
          partition: partition.index, offset: offset, timestamp: Timestamp(millis: 1000 + offset), key: nil,
          value: value.span)
        body(slot, record) { [RecordHeader(name: "trace", value: [1])] }
        reading[slot].next += 1
        room -= 1
      }
      if reading[slot].next == values.count { ends.append(.end(partition, next: Int64(values.count))) }
    }
    defer { events = [] }
    return ends + events
  }

  func committed(_ partitions: [Partition]) -> [Position?] { partitions.map { positions[$0] } }

  /// What retention has left.
  var beginnings: [Partition: Int64] = [:]

  func bounds(of partition: Partition) -> Range<Int64> {
    (beginnings[partition] ?? 0)..<Int64(records[partition]?.count ?? 0)
  }

  /// Markers of transactions behind the last record.
  var markers: Int64 = 0

  func knownEnd(of partition: Partition) -> Int64? { records[partition].map { Int64($0.count) + markers } }

  func assign(_ starts: [Start]) {
    assignments.append(starts)
    reading = starts.map { ($0.partition, $0.offset) }
  }

  func unassign() { reading = [] }

  /// Nothing of a dead process reaches the log.
  var isAlive: () -> Bool = { true }

  func transact(_ burst: Burst) throws(LogFailure) {
    guard isAlive() else { throw .fatal("the process is dead") }
    bursts += 1
    guard !transactionScript.isEmpty else { return show(burst) }
    switch transactionScript.removeFirst() {
    case .fails(let failure): throw failure
    case .succeedsUnknown:
      show(burst)
      throw .unknownOutcome("the answer was lost")
    }
  }

  private func show(_ burst: Burst) {
    for outputs in burst.outputs {
      visible += outputs.records.map { String(decoding: outputs.value(of: $0), as: UTF8.self) }
    }
    visibleDeadLetters += burst.deadLetters
    for (partition, position) in burst.positions { positions[partition] = position }
  }
}
