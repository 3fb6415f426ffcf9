import Foundation
import HealstreamCore

/// Writes records to standard output, a line each, and notices when nobody reads it any more.
struct TailOutput {
  private(set) var isClosed = false
  private let isRaw: Bool
  private let ink: Ink
  private var buffer = Data()

  init(isRaw: Bool, ink: Ink) {
    self.isRaw = isRaw
    self.ink = ink
  }

  mutating func add(_ record: ReadRecord) {
    if isRaw {
      guard let value = record.value else { return }
      buffer.append(contentsOf: value)
    } else {
      buffer.append(contentsOf: (ink(time(of: record), .dim) + "  " + RecordLine(record: record, ink: ink).text).utf8)
    }
    buffer.append(0x0A)
  }

  mutating func flush() {
    guard !buffer.isEmpty, !isClosed else { return }
    do {
      try StandardOutput.write(buffer)
    } catch {
      isClosed = true
    }
    buffer.removeAll(keepingCapacity: true)
  }

  /// `2026-11-21 14:03:12`
  private func time(of record: ReadRecord) -> String {
    String(record.at.rfc3339.prefix(19).replacing("T", with: " "))
  }
}
