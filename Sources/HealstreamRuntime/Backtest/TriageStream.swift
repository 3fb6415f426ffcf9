import Foundation
import HealstreamCore

/// Reads deliveries line by line and hands on one verdict a failed attempt, as it goes.
package struct TriageStream {
  private var triager: Triager
  /// Stands in for the record's timestamp where a delivery does not say when it happened.
  private let readAt: Timestamp
  private var outputs = Outputs()

  package init(_ configuration: Configuration) throws(ConfigurationError) {
    triager = Triager(try FoldFactory.triage(configuration))
    readAt = Timestamp.wallClock
  }

  /// - Parameter write: takes whole lines, as many as there are before more input is waited for.
  package mutating func run(
    _ lines: inout LineReader, write: ([UInt8]) throws -> Void,
    onRejection: (_ lineNumber: Int, _ reason: String) throws -> Void
  ) throws {
    var verdicts: [UInt8] = []
    try lines.forEachLine { number, line in
      let record = InputRecord(
        partition: 0, offset: Int64(number - 1), timestamp: readAt, key: nil, value: line)
      if case .rejected(let rejection) = triager.fold(record, into: &outputs) {
        try onRejection(number, "\(rejection.code.rawValue) at byte \(rejection.byte): \(rejection.message)")
      }
      for output in outputs.records { verdicts += outputs.value(of: output) + [0x0A] }
      outputs.removeAll()
    } pause: {
      try write(verdicts)
      verdicts.removeAll(keepingCapacity: true)
    }
  }
}
