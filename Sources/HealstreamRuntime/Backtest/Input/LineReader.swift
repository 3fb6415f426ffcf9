package import Foundation

/// Reads lines from a file or standard input, in large pieces and without a limit on the file's size.
package struct LineReader {
  /// A longer line is handed over cut to this length, and so fails to parse: it cannot exhaust memory.
  package static let maxLineBytes = 16 << 20

  private static let pieceBytes = 1 << 19

  private let file: FileHandle
  /// The start of a line whose end has not been read.
  private var rest: [UInt8] = []
  private var lineNumber = 0
  /// Of a line that was cut, what is left is passed over.
  private var isSkipping = false
  private(set) var bytesRead: Int64 = 0

  package init(_ file: FileHandle) { self.file = file }

  /// - Throws: what Foundation says where the path cannot be opened.
  package init(path: String) throws {
    file = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
  }

  /// Calls `body` with each line that is not blank, counted from 1, without its line feed.
  /// - Parameter pause: called when what has been read so far is handed over, before more is waited for.
  package mutating func forEachLine(
    _ body: (_ number: Int, _ line: Span<UInt8>) throws -> Void, pause: () throws -> Void = {}
  ) throws {
    var bytes: [UInt8] = []
    var lines: [(number: Int, range: Range<Int>)] = []
    while try next(into: &bytes, { lines.append(($0, $1)) }) {
      for line in lines { try body(line.number, bytes.span.extracting(line.range)) }
      lines.removeAll(keepingCapacity: true)
      try pause()
    }
  }

  /// Reads another piece, and finds the lines that end in it; at the end of the file the last line needs no line feed.
  /// - Parameters:
  ///   - bytes: replaced by what the lines stand in.
  ///   - body: gets each line that is not blank, by its number from 1 and its place in `bytes`.
  /// - Returns: `false` at the end.
  mutating func next(into bytes: inout [UInt8], _ body: (_ number: Int, _ line: Range<Int>) -> Void) throws -> Bool {
    bytes.removeAll(keepingCapacity: true)
    bytes += rest
    let scanned = rest.count
    rest.removeAll(keepingCapacity: true)
    let added = try file.read(Self.pieceBytes, appendingTo: &bytes)
    guard added > 0 else {
      if !bytes.isEmpty { endLine(0..<bytes.count, in: bytes, body) }
      return !bytes.isEmpty
    }
    bytesRead += Int64(added)
    let end = endLines(of: bytes, scanned: scanned, body)
    if bytes.count - end > Self.maxLineBytes {
      if !isSkipping { endLine(end..<end + Self.maxLineBytes, in: bytes, body) }
      isSkipping = true
    } else {
      rest.append(contentsOf: bytes[end...])
    }
    return true
  }

  /// - Parameter scanned: bytes at the start that hold no line feed.
  /// - Returns: where the line begins that does not end.
  private mutating func endLines(
    of bytes: [UInt8], scanned: Int, _ body: (Int, Range<Int>) -> Void
  ) -> Int {
    var start = 0
    var position = scanned
    while let end = Self.lineFeed(in: bytes, from: position) {
      endLine(start..<end, in: bytes, body)
      start = end + 1
      position = start
    }
    return start
  }

  private mutating func endLine(_ range: Range<Int>, in bytes: [UInt8], _ body: (Int, Range<Int>) -> Void) {
    guard !isSkipping else {
      isSkipping = false
      return
    }
    lineNumber += 1
    let isVisible = range.first.map { bytes[$0] > 0x20 } ?? false
    if isVisible || !Self.isBlank(bytes[range]) { body(lineNumber, range) }
  }

  private static func lineFeed(in bytes: [UInt8], from start: Int) -> Int? {
    unsafe bytes.withUnsafeBytes { bytes in
      guard start < bytes.count, let base = bytes.baseAddress,
        let found = unsafe memchr(base + start, 0x0A, bytes.count - start)
      else { return nil }
      return unsafe UnsafeRawPointer(found) - base
    }
  }

  private static func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
    line.allSatisfy { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
  }
}

extension FileHandle {
  /// Reads straight into an array, up to `count` bytes or the end: Foundation's own reading takes two copies more.
  /// - Returns: how many they were; 0 at the end.
  fileprivate func read(_ count: Int, appendingTo bytes: inout [UInt8]) throws(POSIXError) -> Int {
    let start = bytes.count
    bytes.append(contentsOf: repeatElement(0, count: count))
    var end = start
    while end < bytes.count {
      let added = unsafe bytes.withUnsafeMutableBytes { buffer in
        unsafe Foundation.read(fileDescriptor, buffer.baseAddress! + end, buffer.count - end)
      }
      if added == 0 { break }
      if added > 0 {
        end += added
      } else if errno != EINTR {
        throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO)
      }
    }
    bytes.removeLast(bytes.count - end)
    return end - start
  }
}
