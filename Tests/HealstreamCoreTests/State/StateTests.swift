import Testing

@testable import HealstreamCore

struct StateTests {
  private struct Sample: StateValue, Equatable {
    var count: Int32
    var rate: Double
    var name: String
    var at: Timestamp?
    var parts: [String]
    var flag: Bool

    func write(to state: inout StateWriter) { state.write(count, rate, name, at, parts, flag) }

    init(from state: inout StateReader) throws(StateError) {
      count = try state.read()
      rate = try state.read()
      name = try state.read()
      at = try state.read()
      parts = try state.read()
      flag = try state.read()
    }

    init(count: Int32, name: String, at: Timestamp?, parts: [String]) {
      (self.count, self.name, self.at, self.parts) = (count, name, at, parts)
      rate = -0.5
      flag = true
    }
  }

  private func bytes(_ write: (inout StateWriter) -> Void) -> [UInt8] {
    var state = StateWriter()
    write(&state)
    return state.bytes
  }

  private let samples = [
    Sample(count: -7, name: "Zürich", at: Timestamp(millis: 12), parts: ["", "a"]),
    Sample(count: .max, name: "", at: nil, parts: []),
  ]

  @Test func `what is written is read again`() throws {
    var reader = StateReader(bytes { $0.write(samples) })
    #expect(try reader.read([Sample].self) == samples)
    try reader.finish()
  }

  @Test func `words stand with their lowest byte first and without padding`() {
    #expect(bytes { $0.write(true, UInt16(0x0102), UInt32(3)) } == [1, 2, 1, 3, 0, 0, 0])
  }

  @Test func `words in bulk are their count and their bytes`() throws {
    let words: [UInt16] = [1, 0x0203]
    let written = bytes { $0.write(bulk: words.span) }
    #expect(written == [2, 0, 0, 0, 0, 0, 0, 0, 1, 0, 3, 2])
    var reader = StateReader(written)
    #expect(try reader.read(bulk: UInt16.self) == words)
  }

  @Test func `a count beyond the bytes is refused before anything is allocated`() {
    for count in [Int.max, Int.max / 8, -1, 1 << 40] {
      var reader = StateReader(bytes { $0.write(count) })
      #expect(throws: StateError.self) { try reader.read(bulk: UInt64.self) }
      var other = StateReader(bytes { $0.write(count) })
      #expect(throws: StateError.self) { try other.read([String].self) }
    }
  }

  @Test func `an error tells what was expected, what was found, and where`() {
    var reader = StateReader([7, 2])
    _ = try? reader.read(UInt8.self)
    let error = #expect(throws: StateError.self) { try reader.read(Bool.self) }
    #expect(error?.description == "expected 0 or 1 at byte 2, found 2")
  }

  @Test func `no damage to the bytes makes reading trap`() {
    let good = bytes { $0.write(samples) }
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<2000 {
      var bad = good
      for _ in 0..<Int.random(in: 1...4, using: &generator) {
        bad[Int.random(in: bad.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
      bad.removeLast(Int.random(in: 0...bad.count, using: &generator))
      var reader = StateReader(bad)
      _ = try? reader.read([Sample].self)
    }
  }
}
