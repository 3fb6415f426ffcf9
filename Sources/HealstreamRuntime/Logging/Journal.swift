import Foundation
import HealstreamCore

/// The process's own log: one JSON object a line on standard error.
///
/// ```
/// {"at":"2026-11-09T01:26:12.345Z","level":"info","event":"partition_restoring","lane":"detect-0","partition":"deliveries[3]"}
/// ```
package struct Journal: Sendable {
  package enum Level: String, CaseIterable, Comparable, Sendable {
    case debug, info, warning, error

    package static func < (left: Self, right: Self) -> Bool {
      left.order < right.order
    }

    private var order: Int {
      switch self {
      case .debug: 0
      case .info: 1
      case .warning: 2
      case .error: 3
      }
    }
  }

  package typealias Field = (name: String, text: String)

  private let threshold: Level
  private let context: [Field]
  private let write: @Sendable (_ line: [UInt8]) -> Void

  /// - Parameter write: takes one whole line with its line feed; lines of several threads must not mix.
  package init(
    threshold: Level = .info, context: [Field] = [],
    write: @escaping @Sendable ([UInt8]) -> Void = { try? FileHandle.standardError.write(contentsOf: Data($0)) }
  ) {
    self.threshold = threshold
    self.context = context
    self.write = write
  }

  /// The same journal, every line of which also carries `field`.
  package func with(_ field: Field) -> Journal {
    Journal(threshold: threshold, context: context + [field], write: write)
  }

  package func debug(_ event: String, _ fields: Field...) { log(.debug, event, fields) }
  package func info(_ event: String, _ fields: Field...) { log(.info, event, fields) }
  package func warning(_ event: String, _ fields: Field...) { log(.warning, event, fields) }
  package func error(_ event: String, _ fields: Field...) { log(.error, event, fields) }

  private func log(_ level: Level, _ event: String, _ fields: [Field]) {
    guard level >= threshold else { return }
    var line = JSONWriter()
    line.object { line in
      line.member("at", Timestamp.wallClock)
      line.member("level", level.rawValue)
      line.member("event", event)
      for field in context + fields {
        line.key(field.name)
        line.value(field.text)
      }
    }
    write(line.bytes + [0x0A])
  }
}
