/// How many lanes there are, and when one stops folding and makes visible what it has.
package struct LaneLimits: Equatable, Sendable {
  /// Of detection, in one process.
  package var count = 1
  /// Records in a burst while keeping up.
  package var maxRecords = 10_000
  /// Records in a burst while working off a backlog: more than half a second's, so that mostly the delay ends it.
  package var maxRecordsCatchingUp = 200_000
  package var maxDelayMillis: Int64 = 50
  package var maxOutputBytes = 16 << 20
  /// How often offsets alone are committed, where there is no output.
  package var offsetCommitMillis: Int64 = 1000
  /// How often an idle lane says that it is caught up; 0: never, as in tests that run faster than real time.
  package var idleStatementMillis: Int64 = 10_000
  /// Pause before a burst that was aborted goes out again; doubles up to `maxBackoffMillis`.
  package var backoffMillis: Int64 = 100
  package var maxBackoffMillis: Int64 = 5000

  /// How old a task's last snapshot may become before the next is made; 0: none are made but at an orderly end.
  package var snapshotMillis: Int64 = 60_000
  /// The largest dead letter, in bytes of key, value and headers; what is larger is cut, and says so.
  package var maxDeadLetterBytes = 900_000

  /// How long an orderly end waits for each snapshot to be written.
  package var snapshotPatienceMillis: Int64 = 3000
  /// Goes on where the state cannot be had exactly, with healing off.
  package var acceptsLoss = false

  package init() {}
}
