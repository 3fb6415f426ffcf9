/// When the sender of deliveries tries again by itself, as far as it is known.
///
/// A delivery that is replayed while its sender will try again anyway may arrive twice, and the replay proves nothing.
package struct SenderSchedule: Equatable, Sendable {
  /// The pause after the first failed attempt, the second, and so on; none: the schedule is unknown.
  package var retryDelaysMillis: [Int64] = []
  /// By which share of it a pause may be longer, 0–1.
  package var jitter = 0.0
  /// How long after its time a retry's outcome may still be on its way: the request's own time-out, and the lag of its record.
  package var graceMillis: Int64 = 120_000

  package init() {}

  /// Until when the outcome of a retry of the sender's own may come; `nil`: none will, or nobody knows.
  func retryIsDueBy(_ candidate: LevelStatement.Candidate) -> Timestamp? {
    let attempt = Int(candidate.attempt)
    guard !candidate.isLast, attempt >= 1, attempt <= retryDelaysMillis.count else { return nil }
    let delay = Double(retryDelaysMillis[attempt - 1]) * (1 + jitter)
    return candidate.failedAt + Int64(delay) + graceMillis
  }

  /// - Parameter streamTime: of the candidate's partition: before it has come so far, the retry's outcome may lie ahead.
  func isRetryPending(_ candidate: LevelStatement.Candidate, at streamTime: Timestamp) -> Bool {
    retryIsDueBy(candidate).map { streamTime <= $0 } ?? false
  }
}
