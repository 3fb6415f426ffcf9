import Foundation
import Testing

@testable import EmbeddedBroker

@Suite struct FuzzTests {
  /// A valid request of each kind, as fuel.
  static let valid: [ArraySlice<UInt8>] = {
    let records = Records.batch(["a", "b"], producerID: 1, epoch: 0, sequence: 0)
    let place = [Fields("t", [Int32(0)])]
    let producer = Producer(id: 1, epoch: 0)
    let none: String? = nil
    let newTopic = Fields("new", Int32(3), Int16(1), [Int32](), [Fields("retention.ms", "1")])
    let offsets = [Fields("t", [Fields(Int32(0), Int64(5), Int32(-1), none)])]
    return [
      BrokerUnderTest.frame(.apiVersions, "client", "1"),
      BrokerUnderTest.frame(.metadata, ["t"], true),
      BrokerUnderTest.frame(.produce, none, Int16(-1), Int32(1), [Fields("t", [Fields(Int32(0), records)])]),
      BrokerUnderTest.fetch(from: 0),
      BrokerUnderTest.frame(.listOffsets, Int32(-1), true, [Fields("t", [Fields(Int32(0), Int64(5))])]),
      BrokerUnderTest.frame(
        .joinGroup, "g", Int32(10_000), Int32(10_000), "", none, "consumer", [Fields("range", [1, 2][...])]),
      BrokerUnderTest.frame(.syncGroup, "g", Int32(1), "m", none, [Fields("m", [3][...])]),
      BrokerUnderTest.frame(.heartbeat, "g", Int32(1), "m", none),
      BrokerUnderTest.frame(.leaveGroup, "g", "m"),
      BrokerUnderTest.frame(.offsetCommit, "g", Int32(-1), "", none, offsets),
      BrokerUnderTest.frame(.offsetFetch, "g", place, true),
      BrokerUnderTest.frame(.findCoordinator, "g", Int8(0)),
      BrokerUnderTest.frame(.createTopics, [newTopic], Int32(1), false),
      BrokerUnderTest.frame(.deleteTopics, ["new"], Int32(1)),
      BrokerUnderTest.frame(.initProducerID, "x", Int32(1_000), Int64(-1), Int16(-1)),
      BrokerUnderTest.frame(.addPartitionsToTxn, "x", producer, place),
      BrokerUnderTest.frame(.addOffsetsToTxn, "x", producer, "g"),
      BrokerUnderTest.frame(.txnOffsetCommit, "x", "g", producer, Int32(-1), "", none, offsets),
      BrokerUnderTest.frame(.endTxn, "x", producer, true),
      BrokerUnderTest.frame(.describeConfigs, [Fields(Int8(2), "t", [String]?.none)]),
      BrokerUnderTest.frame(.deleteRecords, [Fields("t", [Fields(Int32(0), Int64(-1))])], Int32(1)),
      BrokerUnderTest.frame(.deleteGroups, ["g"]),
      BrokerUnderTest.frame(
        .incrementalAlterConfigs, [Fields(Int8(2), "t", [Fields("retention.ms", Int8(0), "1" as String?)])], false),
    ]
  }()

  @Test func `every valid request is understood`() throws {
    var under = BrokerUnderTest()
    for frame in Self.valid { #expect(throws: Never.self) { try under.send(frame) } }
  }

  @Test(arguments: UInt64(1)...8)
  func `no bytes trap, and the broker serves on`(seed: UInt64) throws {
    var random = SeededGenerator(state: seed &* 0x9e37_79b9_7f4a_7c15)
    var under = BrokerUnderTest()
    for round in 0..<3_000 {
      var frame = Array(Self.valid.randomElement(using: &random) ?? [])
      switch round % 4 {
      case 0:
        frame = (0..<Int.random(in: 0...80, using: &random)).map { _ in UInt8.random(in: 0...255, using: &random) }
      case 1: frame.removeLast(Int.random(in: 0...frame.count, using: &random))
      case 2:
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          frame[Int.random(in: 4..<frame.count, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
        }
      default:
        let at = Int.random(in: 8...max(8, frame.count - 4), using: &random)
        for index in at..<min(at + 4, frame.count) { frame[index] = index == at ? 0x7f : 0xff }
      }
      _ = try? under.broker.handle(frame[...], from: round, now: under.now)
      under.now += Int64.random(in: 0...50, using: &random)
      under.broker.advance(to: under.now)
      _ = under.broker.takeResponses()
      if round % 50 == 0 { under.broker.clean(now: under.now) }
    }
    #expect(try under.createTopic("after", partitions: 1) == 0)
    #expect(try under.produce(Records.batch(["value"]), to: "after") == (0, 0))
  }

  @Test(arguments: UInt64(1)...4)
  func `records that are noise under a good checksum are kept and searched without harm`(seed: UInt64) throws {
    var random = SeededGenerator(state: seed &* 0x9e37_79b9_7f4a_7c15)
    var log = PartitionLog()
    for _ in 0..<500 {
      var bytes = Array(Records.batch(["one", "two", "three"]))
      for index in 61..<bytes.count { bytes[index] = UInt8.random(in: 0...255, using: &random) }
      // Half of them begin with a record of 12 bytes whose timestamp delta is as large as can be.
      if Bool.random(using: &random) {
        bytes.replaceSubrange(61..<73, with: [24, 0] + Array(repeating: 0xfe, count: 9) + [1])
      }
      for index in 27..<35 { bytes[index] = UInt8.random(in: 0...255, using: &random) }  // the base timestamp
      let checksum = CRC32C.checksum(bytes.span.extracting(21...))
      for index in 0..<4 { bytes[17 + index] = UInt8(truncatingIfNeeded: checksum >> UInt32(24 - 8 * index)) }
      let offset = try log.append(try Records.parsed(bytes[...]), appendTime: nil)
      let found = try Records.parsed(bytes[...]).firstRecord(
        from: Int64.random(in: .min ... .max, using: &random), at: 0)
      #expect((0..<3).contains(found.offset))
      #expect(offset == log.endOffset - 3)
    }
  }
}
