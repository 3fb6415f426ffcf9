import Testing

@testable import EmbeddedBroker

@Suite struct WireTests {
  @Test(arguments: [false, true])
  func `what is written can be read`(flexible: Bool) throws {
    var writer = WireWriter(isFlexible: flexible)
    let (text, bytes, numbers): (String?, ArraySlice<UInt8>, [Int32]) = ("Grüße", [1, 2, 3], [5, 6])
    writer.write(Int8(-8), Int16(-16), Int32(-32), Int64.min, true)
    writer.write(text, String.null, bytes, numbers, [Int32]?.none, Fields("a", [Int8(1)]))
    for value in [0, -1, 63, -65, .max, .min] as [Int64] { writer.varint(value) }
    var reader = WireReader(writer.bytes[...])
    reader.isFlexible = flexible
    let fixed = try reader.read(Int8.self, Int16.self, Int32.self, Int64.self, Bool.self)
    #expect(fixed == (-8, -16, -32, .min, true))
    let sized = try reader.read(String.self, String?.self, ArraySlice<UInt8>.self, [Int32].self, [Int32]?.self)
    #expect(sized == ("Grüße", nil, bytes, numbers, nil))
    #expect(try Fields<String, [Int8]>(from: &reader).values == ("a", [1]))
    for value in [0, -1, 63, -65, .max, .min] as [Int64] { #expect(try reader.varint() == value) }
    #expect(reader.remaining == 0)
  }

  @Test func `a lying count is an error before anything is allocated`() {
    var fixed = WireReader([0x7f, 0xff, 0xff, 0xff, 1][...])
    #expect(throws: WireFailure.truncated(at: 4, needed: Int(Int32.max), left: 1)) {
      try [Int8](from: &fixed)
    }
    var compact = WireReader([0xff, 0xff, 0xff, 0xff, 0x0f, 1][...])
    compact.isFlexible = true
    #expect(throws: WireFailure.self) { try ArraySlice<UInt8>?(from: &compact) }
    var negative = WireReader([0xff, 0xfe][...])
    #expect(throws: WireFailure.invalidLength(at: 2, found: -2)) { try String(from: &negative) }
  }

  @Test func `text that is not UTF-8 is an error`() {
    var reader = WireReader([0, 2, 0xc3, 0x28][...])
    #expect(throws: WireFailure.invalidText(at: 2)) { try String(from: &reader) }
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
