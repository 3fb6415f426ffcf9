import HealstreamCore
import Testing

@Suite struct DerivedIDTests {
  private func id(_ kind: StaticString, _ parts: String...) -> DerivedID {
    var builder = DerivedID.Builder(kind)
    for part in parts { builder.add(part) }
    return builder.finish()
  }

  /// Ids stand in topics for ever: no change of the code may change these.
  @Test func `ids never change`() {
    #expect(id("incident").hex == "f4dedb5e4c6b0a5e772e920030325269")
    var builder = DerivedID.Builder("incident")
    builder.add("tenant-acme")
    builder.add(Array("https://api.customer.com/webhook".utf8))
    builder.add(Timestamp(millis: 1_794_187_572_000))
    #expect(builder.finish().hex == "b1a90bb0a60de3461ac12925e24fdfcc")
    builder.add(Int64(-1))
    #expect(builder.finish().hex == "8cd67b7c0ff62b9d15362c948fa03de8")
  }

  @Test func `parts do not run into each other`() {
    let ids = [
      id("k", "ab", "c"), id("k", "a", "bc"), id("k", "abc"), id("ka", "bc"), id("k", "abc", ""), id("k", "", "abc"),
      id("k", "abc\0"),
      id("k", "abcdefgh"), id("k", "abcdefgh\0"), id("k", "abcdefgh", ""), id("k"), id(""),
    ]
    #expect(Set(ids).count == ids.count)
    var number = DerivedID.Builder("k")
    number.add(Int64(0x61))
    #expect(number.finish() != id("k", "a"))
  }

  @Test func `bytes, text and spans of the same are the same part`() {
    var bytes = DerivedID.Builder("k")
    bytes.add(Array("ünïcode and more".utf8))
    var span = DerivedID.Builder("k")
    span.add(Array("ünïcode and more".utf8).span)
    #expect(bytes.finish() == id("k", "ünïcode and more"))
    #expect(span.finish() == id("k", "ünïcode and more"))
  }

  @Test func `finishing an id does not end its builder`() {
    var builder = DerivedID.Builder("k")
    let before = builder.finish()
    #expect(builder.finish() == before)
    builder.add("x")
    #expect(builder.finish() == id("k", "x"))
  }

  @Test func `each bit of a part changes about half of the id's bits`() {
    let part = Array("tenant-acme/https://x".utf8)
    var changes = [Int](repeating: 0, count: 128)
    let before = id("k", String(decoding: part, as: UTF8.self))
    for bit in 0..<part.count * 8 {
      var flipped = part
      flipped[bit / 8] ^= 1 << UInt8(bit % 8)
      var builder = DerivedID.Builder("k")
      builder.add(flipped)
      let after = builder.finish()
      let (high, low) = (before.high ^ after.high, before.low ^ after.low)
      #expect((30...98).contains(high.nonzeroBitCount + low.nonzeroBitCount), "bit \(bit)")
      for index in 0..<64 {
        changes[index] += Int(high >> UInt64(index) & 1)
        changes[64 + index] += Int(low >> UInt64(index) & 1)
      }
    }
    for (index, count) in changes.enumerated() {
      #expect((part.count * 2...part.count * 6).contains(count), "bit \(index)")
    }
  }

  @Test func `the text is 32 digits, leading zeros too`() {
    let id = DerivedID(high: 0x1, low: 0xABCD_EF01_2345_6789)
    #expect(id.hex == "0000000000000001abcdef0123456789")
    var bytes = Array("id:".utf8)
    id.append(to: &bytes)
    #expect(bytes == Array("id:0000000000000001abcdef0123456789".utf8))
  }
}
