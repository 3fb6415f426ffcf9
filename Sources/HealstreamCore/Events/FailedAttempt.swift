/// What triage reads of a failed attempt. Its buffers are meant to be reused from record to record.
package struct FailedAttempt: Sendable {
  package struct Header: Equatable, Sendable {
    /// Lower case.
    package var name: [UInt8]
    package var value: [UInt8]
    package init(name: [UInt8], value: [UInt8]) {
      self.name = name
      self.value = value
    }
  }

  /// `nil`: there was no answer, or none was recorded.
  package var httpStatus: Int?
  /// What the sender's HTTP client said, unescaped UTF-8; empty where there was nothing.
  package var error: [UInt8] = []
  /// The answer's body, unescaped UTF-8; of one longer than `maxBodyBytes` the start and the end, with ` | ` between:
  /// style sheets stand before the words of a page, and the cause below a stack trace.
  package var body: [UInt8] = []
  /// Only the headers that tell of limits, retries and causes, in the record's order.
  package var headers: [Header] = []
  /// Event time of the attempt, to which a relative `Retry-After` is added.
  package var occurredAt = Timestamp(millis: 0)

  package static let maxBodyBytes = 8192
  /// Of a longer text, so many bytes are its end.
  package static let maxTailBytes = 2048

  package init() {}
}
