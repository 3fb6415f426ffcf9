import Testing

@testable import EmbeddedBroker

@Suite struct WireTests {
  @Test(arguments: [false, true])
  func `what is written can be read`(flexible: Bool) throws {
    var writer = WireWriter(isFlexible: flexible)
    writer.int8(-8)
    writer.int16(-16)
    writer.int32(-32)
    writer.int64(.min)
    writer.string("Grüße")
    writer.string(nil)
    writer.bytes([1, 2, 3])
    writer.array([5, 6]) { $0.int32($1) }
    writer.nullArray()
    writer.noTags()
    for value in [0, -1, 63, -65, .max, .min] as [Int64] { writer.varint(value) }
    var reader = WireReader(writer.bytes[...])
    reader.isFlexible = flexible
    #expect(try reader.int8() == -8)
    #expect(try reader.int16() == -16)
    #expect(try reader.int32() == -32)
    #expect(try reader.int64() == .min)
    #expect(try reader.string() == "Grüße")
    #expect(try reader.nullableString() == nil)
    #expect(try reader.bytes() == [1, 2, 3])
    #expect(try reader.array { reader throws(WireFailure) in try reader.int32() } == [5, 6])
    #expect(try reader.nullableArray { reader throws(WireFailure) in try reader.int32() } == nil)
    try reader.skipTags()
    for value in [0, -1, 63, -65, .max, .min] as [Int64] { #expect(try reader.varint() == value) }
    #expect(reader.remaining == 0)
  }

  @Test func `a lying count is an error before anything is allocated`() {
    var fixed = WireReader([0x7f, 0xff, 0xff, 0xff, 1][...])
    #expect(throws: WireFailure.truncated(at: 4, needed: Int(Int32.max), left: 1)) {
      try fixed.array { reader throws(WireFailure) in try reader.int8() }
    }
    var compact = WireReader([0xff, 0xff, 0xff, 0xff, 0x0f, 1][...])
    compact.isFlexible = true
    #expect(throws: WireFailure.self) { try compact.nullableBytes() }
    var negative = WireReader([0xff, 0xfe][...])
    #expect(throws: WireFailure.invalidLength(at: 2, found: -2)) { try negative.string() }
  }

  @Test func `text that is not UTF-8 is an error`() {
    var reader = WireReader([0, 2, 0xc3, 0x28][...])
    #expect(throws: WireFailure.invalidText(at: 2)) { try reader.string() }
  }

  @Test func `the checksum is CRC-32C at every length and alignment`() {
    #expect(CRC32C.checksum(Array("123456789".utf8).span) == 0xe306_9283)
    let bytes = (0..<40).map { UInt8(truncatingIfNeeded: $0 &* 37) }
    for length in 0...bytes.count {
      var crc = ~UInt32(0)
      for byte in bytes[..<length] {
        crc ^= UInt32(byte)
        for _ in 0..<8 { crc = crc >> 1 ^ (crc & 1 == 1 ? 0x82f6_3b78 : 0) }
      }
      #expect(CRC32C.checksum(bytes.span.extracting(..<length)) == ~crc)
    }
  }
}
