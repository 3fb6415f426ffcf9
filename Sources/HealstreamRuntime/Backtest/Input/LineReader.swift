package import Foundation

/// Reads lines from a file or standard input, in large pieces and without a limit on the file's size.
package struct LineReader {
  /// A longer line is handed over cut to this length, and so fails to parse: it cannot exhaust memory.
  package static let maxLineBytes = 16 << 20

  private static let pieceBytes = 1 << 20

  private let file: FileHandle
  private var buffer: [UInt8] = []
  private var lineNumber = 0
  private var isSkipping = false

  package init(_ file: FileHandle) { self.file = file }

  /// - Throws: what Foundation says where the path cannot be opened.
  package init(path: String) throws {
    file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
  }

  /// Calls `body` with each line that is not blank, counted from 1, without its line feed.
  /// - Parameter pause: called when what has been read so far is handed over, before more is waited for, with how many bytes that
  ///   were.
  package mutating func forEachLine(
    _ body: (_ number: Int, _ line: Span<UInt8>) throws -> Void, pause: (_ byteCount: Int) throws -> Void = { _ in }
  ) throws {
    while let piece = try file.read(upToCount: Self.pieceBytes), !piece.isEmpty {
      let scanned = buffer.count
      buffer.append(contentsOf: piece)
      try handOverLines(scanned: scanned, body)
      try pause(piece.count)
    }
    if !buffer.isEmpty { try handOver(0..<buffer.count, body) }
    buffer = []
    try pause(0)
  }

  /// - Parameter scanned: bytes at the buffer's start that hold no line feed.
  private mutating func handOverLines(scanned: Int, _ body: (Int, Span<UInt8>) throws -> Void) throws {
    var start = 0
    var position = scanned
    while let end = buffer[position...].firstIndex(of: 0x0A) {
      try handOver(start..<end, body)
      start = end + 1
      position = start
    }
    buffer.removeSubrange(..<start)
    guard buffer.count > Self.maxLineBytes else { return }
    if !isSkipping { try handOver(0..<Self.maxLineBytes, body) }
    isSkipping = true
    buffer.removeAll(keepingCapacity: true)
  }

  private mutating func handOver(_ range: Range<Int>, _ body: (Int, Span<UInt8>) throws -> Void) throws {
    guard !isSkipping else {
      isSkipping = false
      return
    }
    lineNumber += 1
    let line = buffer.span.extracting(range)
    guard !Self.isBlank(line) else { return }
    try body(lineNumber, line)
  }

  private static func isBlank(_ line: Span<UInt8>) -> Bool {
    for index in line.indices where line[index] != 0x20 && line[index] != 0x09 && line[index] != 0x0D { return false }
    return true
  }
}
