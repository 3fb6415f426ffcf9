import Foundation
import Testing

@testable import EmbeddedBroker

@Suite struct FuzzTests {
  /// Xorshift64*; the seed is in the test's name.
  private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state ^= state >> 12
      state ^= state << 25
      state ^= state >> 27
      return state &* 0x2545_f491_4f6c_dd1d
    }
  }

  /// A valid request of most kinds, as fuel.
  private static let valid: [ArraySlice<UInt8>] = {
    let records = Records.batch(["a", "b"], producerID: 1, epoch: 0, sequence: 0)
    let place = [PartitionsByTopic(topic: "t", partitions: [Int32(0)])]
    return [
      BrokerUnderTest.frame(18, 3) {
        $0.string("client"); $0.string("1")
      },
      BrokerUnderTest.frame(3, 4) {
        $0.array(["t"]) { $0.string($1) }; $0.bool(true)
      },
      BrokerUnderTest.frame(0, 7) { writer in
        writer.string(nil)
        writer.int16(-1)
        writer.int32(1)
        writer.topics(place) {
          $0.int32($1); $0.bytes(Array(records))
        }
      },
      BrokerUnderTest.fetch(from: 0),
      BrokerUnderTest.frame(2, 2) {
        $0.int32(-1); $0.int8(1);
        $0.topics(place) {
          $0.int32($1); $0.int64(5)
        }
      },
      BrokerUnderTest.frame(11, 5) { writer in
        writer.string("g")
        writer.int32(10_000)
        writer.int32(10_000)
        for _ in 0..<1 { writer.string("") }
        writer.string(nil)
        writer.string("consumer")
        writer.array(["range"]) {
          $0.string($1); $0.bytes([1, 2])
        }
      },
      BrokerUnderTest.frame(14, 3) { writer in
        writer.string("g")
        writer.int32(1)
        writer.string("m")
        writer.string(nil)
        writer.array(["m"]) {
          $0.string($1); $0.bytes([3])
        }
      },
      BrokerUnderTest.frame(12, 3) {
        $0.string("g"); $0.int32(1); $0.string("m"); $0.string(nil)
      },
      BrokerUnderTest.frame(13, 1) {
        $0.string("g"); $0.string("m")
      },
      BrokerUnderTest.frame(8, 7) { writer in
        writer.string("g")
        writer.int32(-1)
        writer.string("")
        writer.string(nil)
        writer.topics(place) {
          $0.int32($1); $0.int64(5); $0.int32(-1); $0.string("meta")
        }
      },
      BrokerUnderTest.frame(9, 7) { writer in
        writer.string("g")
        writer.array(["t"]) {
          $0.string($1); $0.array([0]) { $0.int32($1) }; $0.noTags()
        }
        writer.bool(true)
      },
      BrokerUnderTest.frame(19, 4) { writer in
        writer.array(["new"]) { writer, name in
          writer.string(name)
          writer.int32(3)
          writer.int16(1)
          writer.array([Int32]()) { $0.int32($1) }
          writer.array(["retention.ms"]) {
            $0.string($1); $0.string("1")
          }
        }
        writer.int32(1)
        writer.bool(false)
      },
      BrokerUnderTest.frame(20, 1) {
        $0.array(["new"]) { $0.string($1) }; $0.int32(1)
      },
      BrokerUnderTest.frame(22, 4) {
        $0.string("x"); $0.int32(1_000); $0.int64(-1); $0.int16(-1)
      },
      BrokerUnderTest.frame(24, 0) {
        $0.string("x"); $0.int64(1); $0.int16(0); $0.topics(place) { $0.int32($1) }
      },
      BrokerUnderTest.frame(25, 0) {
        $0.string("x"); $0.int64(1); $0.int16(0); $0.string("g")
      },
      BrokerUnderTest.frame(28, 3) { writer in
        for name in ["x", "g"] { writer.string(name) }
        writer.int64(1)
        writer.int16(0)
        writer.int32(-1)
        writer.string("")
        writer.string(nil)
        writer.topics(place) {
          $0.int32($1); $0.int64(5); $0.int32(-1); $0.string(nil)
        }
      },
      BrokerUnderTest.frame(26, 1) {
        $0.string("x"); $0.int64(1); $0.int16(0); $0.bool(true)
      },
      BrokerUnderTest.frame(32, 1) {
        $0.array(["t"]) {
          $0.int8(2); $0.string($1); $0.nullArray()
        }
      },
      BrokerUnderTest.frame(37, 0) {
        $0.array(["t"]) {
          $0.string($1); $0.int32(2); $0.nullArray()
        }; $0.int32(1); $0.bool(false)
      },
      BrokerUnderTest.frame(15, 4) {
        $0.array(["g"]) { $0.string($1) }; $0.bool(false)
      },
      BrokerUnderTest.frame(16, 4) { $0.array([String]()) { $0.string($1) } },
      BrokerUnderTest.frame(42, 1) { $0.array(["g"]) { $0.string($1) } },
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
      let found = try Records.parsed(bytes[...]).firstRecord(from: Int64.random(in: .min ... .max, using: &random))
      #expect((0..<3).contains(found.offset))
      #expect(offset == log.endOffset - 3)
    }
  }
}
