package import HealstreamCore

/// Reads deliveries line by line and explains the verdict on each failed attempt, as it goes.
package struct ExplanationStream {
  private var explainer: AttemptExplainer
  /// Stands in for the record's timestamp where a delivery does not say when it happened.
  private let readAt: Timestamp

  package init(_ configuration: Configuration, readAt: Timestamp = .wallClock) throws(ConfigurationError) {
    explainer = AttemptExplainer(try FoldFactory.triage(configuration))
    self.readAt = readAt
  }

  package mutating func run(
    _ lines: inout LineReader, explained: (ExplainedAttempt) throws -> Void,
    onRejection: (_ lineNumber: Int, _ reason: String) throws -> Void
  ) throws {
    try lines.forEachLine { number, line in
      let record = InputRecord(partition: 0, offset: Int64(number - 1), timestamp: readAt, key: nil, value: line)
      let attempt: ExplainedAttempt?
      do throws(Rejection) {
        attempt = try explainer.explain(record)
      } catch {
        return try onRejection(number, "\(error.code.rawValue) at byte \(error.byte): \(error.message)")
      }
      if let attempt { try explained(attempt) }
    }
  }
}
