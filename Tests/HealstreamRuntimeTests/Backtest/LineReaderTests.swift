import Foundation
import Testing

@testable import HealstreamRuntime

struct LineReaderTests {
  /// What the reader hands over of these bytes, read from a file.
  private func lines(_ bytes: [UInt8]) throws -> [(number: Int, line: [UInt8])] {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("lines-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(bytes).write(to: file)
    var reader = try LineReader(path: file.path)
    var lines: [(Int, [UInt8])] = []
    try reader.forEachLine { number, line in lines.append((number, line.bytes())) }
    return lines
  }

  @Test func `blank lines count but are not handed over, and the last needs no line feed`() throws {
    let found = try lines(Array("a\n\n \t\r\nb".utf8))
    #expect(found.map(\.number) == [1, 4])
    #expect(found.map(\.line) == [[0x61], [0x62]])
  }

  @Test func `an empty file has no line`() throws {
    #expect(try lines([]).isEmpty)
    #expect(try lines([0x0A]).isEmpty)
  }

  @Test func `lines across the pieces that are read come whole`() throws {
    let line = [UInt8](repeating: 0x78, count: 700_000)
    let found = try lines(Array((0..<5).map { _ in line }.joined(separator: [0x0A])))
    #expect(found.count == 5)
    #expect(found.allSatisfy { $0.line == line })
  }

  @Test func `a line beyond the limit is handed over cut, and the next one is whole`() throws {
    let long = [UInt8](repeating: 0x78, count: LineReader.maxLineBytes + 3_000_000)
    let found = try lines(long + [0x0A, 0x61, 0x0A])
    #expect(found.map(\.line.count) == [LineReader.maxLineBytes, 1])
    #expect(found.map(\.number) == [1, 2])
  }
}
