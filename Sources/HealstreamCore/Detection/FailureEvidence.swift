/// What is kept of an endpoint while it has failures to tell of, apart from its row, so that a quiet endpoint costs nothing of it.
struct FailureEvidence: Sendable {
  let endpoint: Int
  /// The endpoint's URL, shared by all candidates.
  let url: String
  var mix: FailureMix
  var candidates = CandidateList()
  private(set) var lastFailureAt: Timestamp
  private var failedIDs: [64 of UInt32] = .init(repeating: 0)
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
    let tag = Self.tag(hash)
    for index in failedIDs.indices where failedIDs[index] == tag { return true }
    return false
  }

  mutating func noteFailure(hash: UInt64, at: Timestamp) {
    lastFailureAt = max(lastFailureAt, at)
    guard !hasFailedLately(hash: hash) else { return }
    failedIDs[nextFailedID] = Self.tag(hash)
    nextFailedID = (nextFailedID + 1) % failedIDs.count
  }

  /// 0 stands for a free place.
  private static func tag(_ hash: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: hash) | 1 }
}
