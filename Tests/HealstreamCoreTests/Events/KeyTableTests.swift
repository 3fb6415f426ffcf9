import Testing

@testable import HealstreamCore

@Suite struct KeyTableTests {
  @Test func `keys are numbered in the order of first sight`() {
    var table = KeyTable()
    for round in 0..<2 {
      for number in 0..<5000 {
        let key = Array("key-\(number)".utf8)
        #expect(table.index(of: key.span) == (round == 0 ? nil : number))
        if round == 0 { #expect(table.insert(key.span) == number) }
      }
    }
    #expect(table.count == 5000)
    #expect(table.text(of: 4321) == "key-4321")
  }

  @Test(arguments: ["", "a", "1234567", "12345678", "123456789", "https://é.example/päth"])
  func `a key is given back as it was`(key: String) {
    var table = KeyTable()
    #expect(table.insert(Array(key.utf8).span) == 0)
    #expect(table.text(of: 0) == key)
  }

  @Test func `the same bytes of two owners are two keys`() {
    var table = KeyTable()
    let bytes = Array("https://a.example".utf8)
    #expect(table.insert(bytes.span, owner: 1) == 0)
    #expect(table.index(of: bytes.span, owner: 2) == nil)
    #expect(table.insert(bytes.span, owner: 2) == 1)
    #expect(table.index(of: bytes.span, owner: 1) == 0)
  }

  @Test func `zeros at the end tell keys apart`() {
    var table = KeyTable()
    _ = table.insert(([1, 0] as [UInt8]).span)
    #expect(table.index(of: ([1] as [UInt8]).span) == nil)
  }

  /// Keys as a dictionary holds them, numbers as they were given.
  @Test(arguments: UInt64(1)...4)
  func `keys that come and go are found as in a dictionary`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var table = KeyTable()
    var model: [[UInt8]: Int] = [:]
    for _ in 0..<20_000 {
      let key = Array("k\(random.next() % 700)".utf8) + Array(repeating: 7, count: Int(random.next() % 3) * 400)
      if let number = model[key] {
        #expect(table.index(of: key.span) == number)
        guard random.chance(0.5) else { continue }
        table.remove(at: number)
        model[key] = nil
        #expect(!table.contains(number))
      } else {
        #expect(table.index(of: key.span) == nil)
        model[key] = table.insert(key.span)
      }
      #expect(table.count == model.count)
    }
    #expect(Set(model.values).count == model.count)
    for (key, number) in model { #expect(table.text(of: number) == String(decoding: key, as: UTF8.self)) }
    #expect(table.indices.count <= 2100 && table.byteCount < 2_500_000, "room is used again")
  }

  // Written down once: an index in a snapshot or an id that derives from it must never change.
  @Test func `the hash is the same for ever`() {
    #expect(KeyTable.hash(Array("tenant-acme".utf8).span) == 7_080_343_947_994_632_496)
  }
}

extension KeyTable {
  fileprivate func index(of bytes: Span<UInt8>, owner: UInt32 = 0) -> Int? {
    index(of: bytes, hash: Self.hash(bytes, owner: owner), owner: owner)
  }

  fileprivate mutating func insert(_ bytes: Span<UInt8>, owner: UInt32 = 0) -> Int {
    insert(bytes, hash: Self.hash(bytes, owner: owner), owner: owner)
  }
}
