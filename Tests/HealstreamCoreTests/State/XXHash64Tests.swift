import Testing

@testable import HealstreamCore

struct XXHash64Tests {
  /// By xxHash 0.8's own `xxhsum -H64`.
  @Test(
    arguments: [
      ("", 0xEF46_DB37_51D8_E999), ("abc", 0x44BC_2CF5_AD77_0999),
      ("Nobody inspects the spammish repetition", 0xFBCE_A83C_8A37_8BF1),
    ] as [(String, UInt64)])
  func `digests are those of xxHash`(text: String, digest: UInt64) {
    let bytes = Array(text.utf8)
    #expect(XXHash64.digest(bytes.span) == digest)
  }

  @Test func `one bit anywhere, or one byte less, is another digest`() {
    for count in [1, 7, 8, 31, 32, 33, 63, 100] {
      var bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) }
      let digest = XXHash64.digest(bytes.span)
      for bit in 0..<count * 8 {
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
        #expect(XXHash64.digest(bytes.span) != digest, "bit \(bit) of \(count) bytes")
        bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      }
      bytes.removeLast()
      #expect(XXHash64.digest(bytes.span) != digest)
    }
  }
}
