import Foundation
import Testing

@testable import EmbeddedBroker

/// A broker in a directory, let go without a word and taken up again: what a kill leaves, as nothing is kept back.
@Suite final class RecoveryTests {
  private let directory = FileManager.default.temporaryDirectory.appending(path: "embedded-broker-\(UUID().uuidString)")
  private var under: BrokerUnderTest

  init() throws {
    under = try BrokerUnderTest(in: directory.path())
    #expect(try under.createTopic("t") == 0)
  }

  deinit { try? FileManager.default.removeItem(at: directory) }

  private func restart() throws {
    let now = under.now
    under = BrokerUnderTest()
    under = try BrokerUnderTest(in: directory.path())
    under.now = now
  }

  private var log: URL { directory.appending(path: "logs/t-0/00000000000000000000.log") }
  private var journal: URL { directory.appending(path: "metadata.journal") }

  private func begin(_ id: String = "shop", groups: [String] = []) throws -> Producer {
    var reader = try under.ask(.initProducerID, id as String?, Int32(10_000), Int64(-1), Int16(-1))
    let (_, error, producer) = try reader.read(Int32.self, Int16.self, Producer.self)
    #expect(error == 0)
    _ = try under.ask(.addPartitionsToTxn, id, producer, [Fields("t", [Int32(0)])])
    for group in groups { _ = try under.ask(.addOffsetsToTxn, id, producer, group) }
    return producer
  }

  private func write(_ value: String, _ producer: Producer, sequence: Int32 = 0) throws -> Int16 {
    let records = Records.batch(
      [value], producerID: producer.id, epoch: producer.epoch, sequence: sequence, transactional: true)
    return try under.produce(records, transactionalID: "shop").error
  }

  private func end(_ producer: Producer, commit: Bool) throws -> Int16 {
    var reader = try under.ask(.endTxn, "shop", producer, commit)
    return try reader.read(Int32.self, Int16.self).1
  }

  private func committed(_ group: String = "g") throws -> (offset: Int64, error: Int16) {
    var reader = try under.ask(.offsetFetch, group, [Fields("t", [Int32(0)])], true)
    let (_, topics) = try reader.read(Int32.self, ByTopic<Fields<Int32, Int64, Int32, String, Int16>>.self)
    let (_, offset, _, _, error) = topics[0].values.1[0].values
    return (offset, error)
  }

  @Test func `records, topics and their settings are back`() throws {
    #expect(try under.createTopic("u", partitions: 3, configuration: ["max.message.bytes": "2000"]) == 0)
    for value in ["a", "b"] { _ = try under.produce(Records.batch([value])) }
    let before = try under.fetchNow(from: 0, committed: false)
    try restart()
    #expect(try under.fetchNow(from: 0, committed: false) == before)
    #expect(under.broker.topics["u"]?.partitions.count == 3)
    #expect(under.broker.topics["u"]?.configuration.maxMessageBytes == 2000)
    #expect(try under.produce(Records.batch(["c"])) == (0, 2))
  }

  @Test func `a batch sent again after the restart is still known, and a gap refused`() throws {
    func send(_ sequence: Int32) throws -> (error: Int16, offset: Int64) {
      try under.produce(Records.batch(["v"], producerID: 7, epoch: 0, sequence: sequence))
    }
    for sequence in Int32(0)..<3 { _ = try send(sequence) }
    try restart()
    #expect(try send(2) == (0, 2))
    #expect(try send(4).error == ErrorCode.outOfOrderSequenceNumber.rawValue)
    #expect(try send(3) == (0, 3))
  }

  @Test func `a producer id is never given twice`() throws {
    func id() throws -> Int64 {
      var reader = try under.ask(.initProducerID, String.null, Int32(10_000), Int64(-1), Int16(-1))
      return try reader.read(Int32.self, Int16.self, Producer.self).2.id
    }
    let before = try id()
    try restart()
    #expect(try id() > before)
  }

  @Test func `an open transaction stays open, and its producer ends it`() throws {
    let producer = try begin()
    #expect(try write("a", producer) == 0)
    try restart()
    #expect(try under.fetchNow(from: 0, committed: true).bytes == 0)
    #expect(try write("b", producer, sequence: 1) == 0)
    #expect(try end(producer, commit: true) == 0)
    #expect(try under.fetchNow(from: 0, committed: true).lastStableOffset == 3)
    try restart()
    #expect(try end(producer, commit: true) == 0)  // the answer to the first was lost
    #expect(try under.fetchNow(from: 0, committed: true).lastStableOffset == 3)
  }

  @Test func `an open transaction is fenced by a new producer, or ends at its time`() throws {
    var old = try begin()
    #expect(try write("a", old) == 0)
    try restart()
    let new = try begin()
    #expect(new.epoch == old.epoch + 1)
    #expect(try under.fetchNow(from: 0, committed: true).aborted == [0])
    #expect(try write("b", old, sequence: 1) == ErrorCode.invalidProducerEpoch.rawValue)
    old = new
    #expect(try write("c", old) == 0)
    try restart()
    under.now += 10_000
    under.broker.advance(to: under.now)
    #expect(try under.fetchNow(from: 0, committed: true).aborted == [0, 2])
    #expect(try write("d", old, sequence: 1) == ErrorCode.invalidProducerEpoch.rawValue)
  }

  @Test(arguments: [true, false])
  func `a transaction whose end is in the journal is ended where its marker is missing`(commit: Bool) throws {
    let producer = try begin()
    #expect(try write("a", producer) == 0)
    let size = try Data(contentsOf: log).count
    #expect(try end(producer, commit: commit) == 0)
    try truncate(log, to: size)
    try restart()
    let fetched = try under.fetchNow(from: 0, committed: true)
    #expect(fetched.lastStableOffset == 2)
    #expect(fetched.aborted == (commit ? [] : [0]))
    try restart()
    #expect(try under.fetchNow(from: 0, committed: true) == fetched)
  }

  @Test func `offsets are back, also those that wait for a transaction`() throws {
    func offsets(_ offset: Int64) -> Broker.OffsetsToCommit {
      [Fields("t", [Fields(Int32(0), offset, Int32(-1), "note")])]
    }
    _ = try under.ask(.offsetCommit, "g", Int32(-1), "", String.null, offsets(5))
    let producer = try begin(groups: ["g"])
    _ = try under.ask(.txnOffsetCommit, "shop", "g", producer, Int32(-1), "", String.null, offsets(9))
    try restart()
    #expect(try committed().error == ErrorCode.unstableOffsetCommit.rawValue)
    #expect(try end(producer, commit: true) == 0)
    try restart()
    #expect(try committed() == (9, 0))
  }

  @Test func `what was deleted stays deleted`() throws {
    _ = try under.produce(Records.batch(["old"]))
    _ = try under.ask(.deleteTopics, ["t"], Int32(1_000))
    try restart()
    #expect(under.broker.topics.isEmpty)
    #expect(try under.createTopic("t") == 0)
    #expect(try under.produce(Records.batch(["new"])) == (0, 0))
  }

  @Test func `append time does not go back with the clock`() throws {
    #expect(try under.createTopic("u", configuration: ["message.timestamp.type": "LogAppendTime"]) == 0)
    _ = try under.produce(Records.batch(["a"]), to: "u")
    let time = under.now
    try restart()
    under.now -= 5_000
    _ = try under.produce(Records.batch(["b"]), to: "u")
    let log = try #require(under.broker.topics["u"]?[0])
    let found = try log.firstRecord(from: 0, isolation: .readUncommitted)
    #expect(found?.timestamp == time)
    #expect(log.segments[0].maxTimestamp == time)
    #expect(log.lastAppendTime == time)
    #expect(
      try log.read(from: 1, isolation: .readUncommitted, maxBytes: .max, always: true).batches.map {
        try RecordBatch(stored: $0[...]).maxTimestamp
      } == [time])
  }

  @Test func `segments that follow one another are one log`() throws {
    #expect(try under.createTopic("u", configuration: ["segment.bytes": "200"]) == 0)
    for index in 0..<20 { _ = try under.produce(Records.batch(["\(index)"], baseTimestamp: Int64(index)), to: "u") }
    try restart()
    let log = try #require(under.broker.topics["u"]?[0])
    #expect(log.segments.count > 5)
    var offset: Int64 = 0
    while offset < log.endOffset {
      let read = try log.read(from: offset, isolation: .readCommitted, maxBytes: 100, always: true)
      #expect(read.batches.count == 1)
      offset += 1
    }
    #expect(offset == 20)
    #expect(try log.firstRecord(from: 13, isolation: .readCommitted)?.offset == 13)
  }

  @Test func `the journal is written anew when it has grown`() throws {
    let metadata = String(repeating: "m", count: 100_000)
    for offset in Int64(0)..<200 {
      try under.broker.record(
        .offsets(
          group: "g", producerID: nil,
          [Fields(TopicPartition(topic: "t", partition: 0), CommittedOffset(offset: offset, metadata: metadata))]))
    }
    #expect(try Data(contentsOf: journal).count < 10_000_000)
    try restart()
    #expect(try committed().offset == 199)
    #expect(under.broker.topics.keys.sorted() == ["t"])
  }

  @Test func `a second broker on the directory is refused`() {
    #expect(throws: BrokerError.dataInUse(path: directory.path())) { try BrokerUnderTest(in: directory.path()) }
  }

  // MARK: A disk that refuses

  private func withoutLogs(_ body: () throws -> Void) throws {
    let (logs, away) = (directory.appending(path: "logs"), directory.appending(path: "away"))
    try FileManager.default.moveItem(at: logs, to: away)
    try body()
    try FileManager.default.moveItem(at: away, to: logs)
  }

  @Test func `records that cannot be written are refused, and nothing of them is kept`() throws {
    try withoutLogs { () throws in
      #expect(try under.produce(Records.batch(["lost"])) == (ErrorCode.kafkaStorageError.rawValue, -1))
    }
    #expect(try under.produce(Records.batch(["kept"])) == (0, 0))
    try withoutLogs { () throws in
      #expect(try under.fetchNow(from: 0, committed: false).error == ErrorCode.kafkaStorageError.rawValue)
    }
  }

  @Test func `a marker that cannot be written is written before the next transaction, or when logs are cleaned`() throws
  {
    let producer = try begin()
    for round in Int32(0)..<2 {
      _ = try under.ask(.addPartitionsToTxn, "shop", producer, [Fields("t", [Int32(0)])])
      #expect(try write("a", producer, sequence: round) == 0)
      try withoutLogs { () throws in
        #expect(try end(producer, commit: true) == 0)
        #expect(try end(producer, commit: true) == ErrorCode.kafkaStorageError.rawValue)
      }
      #expect(try under.fetchNow(from: Int64(2 * round), committed: true).bytes == 0)
      if round == 0 { #expect(try end(producer, commit: true) == 0) } else { under.broker.clean(now: under.now) }
      #expect(try under.fetchNow(from: 0, committed: true).lastStableOffset == Int64(2 * round + 2))
    }
  }

  // MARK: Damage

  private func truncate(_ file: URL, to size: Int) throws {
    try FileHandle(forUpdating: file).truncate(atOffset: UInt64(size))
  }

  @Test func `a write that was interrupted is cut off, in the log and in the journal`() throws {
    _ = try under.produce(Records.batch(["kept"]))
    let whole = try Data(contentsOf: log).count
    _ = try under.produce(Records.batch(["torn"]))
    let journalSize = try Data(contentsOf: journal).count
    #expect(try under.createTopic("torn") == 0)
    for left in [whole + 1, whole + 60, whole + 61, whole + 65] {
      try truncate(log, to: left)
      if left == whole + 1 { try truncate(journal, to: journalSize + 13) }
      try restart()
      #expect(try under.fetchNow(from: 0, committed: false).endOffset == 1)
      #expect(under.broker.topics.keys.sorted() == ["t"])
      #expect(try under.produce(Records.batch(["torn"])) == (0, 1))
    }
  }

  @Test func `a changed byte is refused with the place`() throws {
    _ = try under.produce(Records.batch(["value"]))
    for file in [log, journal] {
      var bytes = try Data(contentsOf: file)
      bytes[bytes.count - 1] ^= 1
      try bytes.write(to: file)
      #expect(throws: BrokerError.self) { try restart() }
      under = BrokerUnderTest()
      bytes[bytes.count - 1] ^= 1
      try bytes.write(to: file)
    }
    #expect(throws: Never.self) { try restart() }
  }

  @Test(arguments: UInt64(1)...6)
  func `no bytes in the files trap`(seed: UInt64) throws {
    var random = SeededGenerator(state: seed &* 0x9e37_79b9_7f4a_7c15)
    let producer = try begin(groups: ["g"])
    for sequence in Int32(0)..<5 { _ = try write("value \(sequence)", producer, sequence: sequence) }
    _ = try end(producer, commit: true)
    let good = try [log, journal].map { ($0, try Data(contentsOf: $0)) }
    for round in 0..<150 {
      under = BrokerUnderTest()
      for (file, bytes) in good {
        var bytes = bytes
        switch (round + Int(seed)) % 3 {
        case 0: bytes = bytes.prefix(Int.random(in: 0...bytes.count, using: &random))
        case 1: bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
        default: bytes = Data(bytes.map { _ in UInt8.random(in: 0...255, using: &random) })
        }
        try? FileManager.default.createDirectory(at: log.deletingLastPathComponent(), withIntermediateDirectories: true)
        try bytes.write(to: file)
      }
      do {
        try restart()
        _ = try under.fetchNow(from: 0, committed: true)
      } catch let error as BrokerError { #expect(error.description.contains(directory.path())) }
    }
  }
}
