import Foundation
import HealstreamCore

/// Records' values one behind the other, as a line each.
struct RecordBatch {
  private(set) var bytes: [UInt8] = []
  private var bounds: [Range<Int>] = []

  init() {}

  /// - Throws: what the system says where the file cannot be read.
  init(path: String) throws(Failure) {
    do {
      bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw Failure(description: "cannot read \(path): \(error.localizedDescription)")
    }
    for line in bytes.split(separator: UInt8(ascii: "\n")) { bounds.append(line.startIndex..<line.endIndex) }
  }

  var count: Int { bounds.count }
  var bytesPerRecord: Double { Double(bounds.reduce(0) { $0 + $1.count }) / Double(max(1, count)) }

  /// Forgets all, and keeps the memory.
  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: true)
    bounds.removeAll(keepingCapacity: true)
  }

  mutating func append(_ write: (inout [UInt8]) -> Void) {
    let start = bytes.count
    write(&bytes)
    bounds.append(start..<bytes.count)
    bytes.append(UInt8(ascii: "\n"))
  }

  mutating func append(_ count: Int, of traffic: inout DeliveryTraffic) {
    for _ in 0..<count { append { traffic.append(to: &$0) } }
  }

  /// Of the records from the first on, their copies.
  func copies(_ count: Int) -> [Data] { bounds.prefix(count).map { Data(bytes[$0]) } }

  @inline(__always)
  func forEach<Failure: Error>(_ body: (Span<UInt8>) throws(Failure) -> Void) throws(Failure) {
    let all = bytes.span
    for bounds in bounds { try body(all.extracting(bounds)) }
  }
}
