import Testing

@testable import HealstreamCore

@Suite struct KeyTableTests {
  @Test func `keys are numbered in the order of first sight`() {
    var table = KeyTable()
    for round in 0..<2 {
      for number in 0..<5000 {
        let (index, isNew) = table.intern(Array("key-\(number)".utf8).span)
        #expect(index == number)
        #expect(isNew == (round == 0))
      }
    }
    #expect(table.count == 5000)
    #expect(table.text(of: 4321) == "key-4321")
  }

  @Test(arguments: ["", "a", "1234567", "12345678", "123456789", "https://é.example/päth"])
  func `a key is given back as it was`(key: String) {
    var table = KeyTable()
    #expect(table.intern(Array(key.utf8).span).index == 0)
    #expect(table.text(of: 0) == key)
  }

  @Test func `the same bytes of two owners are two keys`() {
    var table = KeyTable()
    let bytes = Array("https://a.example".utf8)
    #expect(table.intern(bytes.span, owner: 1).index == 0)
    #expect(table.intern(bytes.span, owner: 2).index == 1)
    #expect(table.intern(bytes.span, owner: 1).index == 0)
  }

  @Test func `zeros at the end tell keys apart`() {
    var table = KeyTable()
    #expect(table.intern(([1, 0] as [UInt8]).span).index == 0)
    #expect(table.intern(([1] as [UInt8]).span).index == 1)
  }

  // Written down once: an index in a snapshot or an id that derives from it must never change.
  @Test func `the hash is the same for ever`() {
    #expect(KeyTable.hash(Array("tenant-acme".utf8).span) == 7_080_343_947_994_632_496)
  }
}
