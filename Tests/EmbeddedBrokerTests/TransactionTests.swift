import Testing

@testable import EmbeddedBroker

@Suite struct TransactionTests {
  private let place = TopicPartition(topic: "t", partition: 0)
  private var transaction = Transaction(producerID: 5, timeoutMillis: 1_000)

  @Test mutating func `an end names what was added, once`() throws {
    try transaction.add([place], by: Producer(id: 5, epoch: 0), now: 10)
    try transaction.add(groups: ["g"], by: Producer(id: 5, epoch: 0), now: 20)
    #expect(transaction.deadline == 1_010)
    let ending = try transaction.end(.committed, by: Producer(id: 5, epoch: 0))
    #expect(
      ending == .init(outcome: .committed, producer: Producer(id: 5, epoch: 0), partitions: [place], groups: ["g"]))
    #expect(try transaction.end(.committed, by: Producer(id: 5, epoch: 0)) == nil)
    #expect(throws: ErrorCode.invalidTxnState) { try transaction.end(.aborted, by: Producer(id: 5, epoch: 0)) }
    try transaction.add([], by: Producer(id: 5, epoch: 0), now: 30)
    #expect(try transaction.end(.aborted, by: Producer(id: 5, epoch: 0))?.partitions == [])
  }

  @Test mutating func `nothing can end before anything was added`() {
    #expect(throws: ErrorCode.invalidTxnState) { try transaction.end(.committed, by: Producer(id: 5, epoch: 0)) }
  }

  @Test mutating func `a new producer aborts under a higher epoch and fences the old one`() throws {
    try transaction.add([place], by: Producer(id: 5, epoch: 0), now: 0)
    let ending = try transaction.initialise(claimed: nil, timeoutMillis: 1_000, freshID: 6)
    #expect(ending == .init(outcome: .aborted, producer: Producer(id: 5, epoch: 1), partitions: [place], groups: []))
    #expect(throws: ErrorCode.invalidProducerEpoch) {
      try transaction.add([place], by: Producer(id: 5, epoch: 0), now: 0)
    }
    #expect(throws: ErrorCode.invalidProducerEpoch) { try transaction.end(.committed, by: Producer(id: 5, epoch: 0)) }
    #expect(throws: ErrorCode.invalidProducerIDMapping) {
      try transaction.add([place], by: Producer(id: 4, epoch: 1), now: 0)
    }
    #expect(throws: Never.self) { try transaction.add([place], by: Producer(id: 5, epoch: 1), now: 0) }
  }

  @Test mutating func `a producer that goes on after an error keeps its id, and may ask twice`() throws {
    _ = try transaction.initialise(claimed: Producer(id: 5, epoch: 0), timeoutMillis: 1_000, freshID: 6)
    #expect(transaction.producer.epoch == 1)
    _ = try transaction.initialise(claimed: Producer(id: 5, epoch: 0), timeoutMillis: 1_000, freshID: 6)
    #expect(transaction.producer.epoch == 1)
    _ = try transaction.initialise(claimed: nil, timeoutMillis: 1_000, freshID: 6)
    #expect(throws: ErrorCode.producerFenced) {
      try transaction.initialise(claimed: Producer(id: 5, epoch: 1), timeoutMillis: 1_000, freshID: 6)
    }
  }

  @Test mutating func `used up epochs bring a fresh producer id`() throws {
    for _ in 0..<Int(Int16.max) { _ = try transaction.initialise(claimed: nil, timeoutMillis: 1_000, freshID: 6) }
    #expect(transaction.producer == Producer(id: 6, epoch: 0))
  }

  @Test mutating func `a time-out in the last epoch brings a fresh producer id, too`() throws {
    for _ in 1..<Int(Int16.max) { _ = try transaction.initialise(claimed: nil, timeoutMillis: 1_000, freshID: 6) }
    #expect(transaction.producer == Producer(id: 5, epoch: .max - 1))
    try transaction.add([place], by: Producer(id: 5, epoch: .max - 1), now: 0)
    #expect(transaction.expire(now: 1_000)?.producer.epoch == .max)
    _ = try transaction.initialise(claimed: nil, timeoutMillis: 1_000, freshID: 6)
    #expect(transaction.producer == Producer(id: 6, epoch: 0))
  }

  @Test mutating func `a transaction left open is aborted at its time, and its producer fenced`() throws {
    try transaction.add([place], by: Producer(id: 5, epoch: 0), now: 0)
    #expect(transaction.expire(now: 999) == nil)
    #expect(transaction.expire(now: 1_000)?.producer.epoch == 1)
    #expect(transaction.expire(now: 5_000) == nil)
    #expect(throws: ErrorCode.invalidProducerEpoch) { try transaction.end(.committed, by: Producer(id: 5, epoch: 0)) }
  }

  @Test mutating func `writes and offsets need an open transaction that names them`() throws {
    #expect(throws: ErrorCode.invalidTxnState) { try transaction.checkWrite(to: place, by: Producer(id: 5, epoch: 0)) }
    try transaction.add([place], by: Producer(id: 5, epoch: 0), now: 0)
    #expect(throws: Never.self) { try transaction.checkWrite(to: place, by: Producer(id: 5, epoch: 0)) }
    #expect(throws: ErrorCode.invalidTxnState) { try transaction.checkOffsets(of: "g", by: Producer(id: 5, epoch: 0)) }
  }

  @Test func `held offsets count from the commit on, and are unstable before`() throws {
    var offsets = GroupOffsets()
    let (old, new) = (CommittedOffset(offset: 1, metadata: "old"), CommittedOffset(offset: 2, metadata: "new"))
    offsets.set(old, for: place, producerID: nil)
    offsets.set(new, for: place, producerID: 5)
    #expect(try offsets.offset(place, stable: false) == old)
    #expect(throws: ErrorCode.unstableOffsetCommit) { try offsets.offset(place, stable: true) }
    var aborted = offsets
    aborted.endTransaction(.aborted, producerID: 5)
    #expect(try aborted.offset(place, stable: true) == old)
    offsets.endTransaction(.committed, producerID: 5)
    #expect(try offsets.offset(place, stable: true) == new)
  }
}
