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

  private(set) var committedOffsets: [Partition: Int64] = [:]
  /// The outputs that readers see, in order.
  private(set) var visible: [String] = []
  private(set) var visibleDeadLetters: [DeadLetter] = []
  private(set) var fences = 0
  private(set) var bursts = 0
  private(set) var assignments: [[Start]] = []
  /// How long each poll was ready to wait, in milliseconds.
  private(set) var waits: [Int] = []

  private var positions: [(partition: Partition, next: Int64)] = []

  /// Somebody else has committed so far.
  func commitElsewhere(_ partition: Partition, _ offset: Int64) { committedOffsets[partition] = offset }

  func fence() { fences += 1 }
  func subscribe() { positions = [] }
  func close() {}

  func poll(
    maxRecords: Int, timeoutMillis: Int,
    _ body: (_ slot: Int, _ record: borrowing InputRecord, _ headers: () -> [RecordHeader]) -> Void
  ) -> [LogEvent] {
    waits.append(timeoutMillis)
    var room = maxRecords
    var ends: [LogEvent] = []
    for slot in positions.indices {
      let (partition, _) = positions[slot]
      let values = records[partition] ?? []
      while room > 0, positions[slot].next < values.count {
        let offset = positions[slot].next
        let value = values[Int(offset)]
        let record = InputRecord(
          partition: partition.index, offset: offset, timestamp: Timestamp(millis: 1000 + offset), key: nil,
          value: value.span)
        body(slot, record) { [RecordHeader(name: "trace", value: [1])] }
        positions[slot].next += 1
        room -= 1
      }
      if positions[slot].next == values.count { ends.append(.end(partition, next: Int64(values.count))) }
    }
    defer { events = [] }
    return ends + events
  }

  func committed(_ partitions: [Partition]) -> [Int64?] { partitions.map { committedOffsets[$0] } }

  /// What retention has left.
  var beginnings: [Partition: Int64] = [:]

  func beginning(of partition: Partition) -> Int64 { beginnings[partition] ?? 0 }

  func assign(_ starts: [Start]) {
    assignments.append(starts)
    positions = starts.map { ($0.partition, $0.offset ?? beginning(of: $0.partition)) }
  }

  func unassign() { positions = [] }

  func transact(_ burst: Burst) throws(LogFailure) {
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
    for (partition, offset) in burst.offsets { committedOffsets[partition] = offset }
  }
}
