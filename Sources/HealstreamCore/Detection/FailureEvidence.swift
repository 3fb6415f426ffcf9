/// What is kept of an endpoint while it has failures to tell of, apart from its row, so that a quiet endpoint costs nothing of it.
struct FailureEvidence: Sendable {
  let endpoint: Int
  /// The endpoint's URL, shared by all candidates.
  let url: String
  var mix: FailureMix
  var candidates = CandidateList()
  private(set) var lastFailureAt: Timestamp
  /// Hashes of the deliveries that failed last.
  private var failedIDs: [UInt32] = []
  private static let maxFailedIDs = 64
  private var nextFailedID = 0

  init(endpoint: Int, url: String, at: Timestamp, minute: Int64) {
    self.endpoint = endpoint
    self.url = url
    lastFailureAt = at
    mix = FailureMix(minute: minute)
  }

  /// Whether a delivery with this hash of its id failed lately: then its "first" attempt is a retry of a sender that does not number
  /// its attempts, or a record sent twice.
  func hasFailedLately(hash: UInt64) -> Bool {
    failedIDs.contains(UInt32(truncatingIfNeeded: hash))
  }

  mutating func noteFailure(hash: UInt64, at: Timestamp) {
    lastFailureAt = max(lastFailureAt, at)
    guard !hasFailedLately(hash: hash) else { return }
    if failedIDs.count < Self.maxFailedIDs {
      failedIDs.append(UInt32(truncatingIfNeeded: hash))
    } else {
      failedIDs[nextFailedID] = UInt32(truncatingIfNeeded: hash)
      nextFailedID = (nextFailedID + 1) % Self.maxFailedIDs
    }
  }
}
