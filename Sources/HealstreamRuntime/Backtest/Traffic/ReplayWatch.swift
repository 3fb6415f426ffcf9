import HealstreamCore

/// What the recording says of the deliveries that a policy would have sent again: which of them the sender brought home by itself
/// later, and which never arrived.
///
/// A recording cannot say how a replay would have gone; it says whether one was needed.
struct ReplayWatch: Sendable {
  /// Deliveries watched at once; of those beyond it nothing is said.
  static let maxWatched = 200_000
  /// Delays kept for the median.
  private static let maxDelays = 100_000

  /// By the delivery's hash: when it was to be sent again first.
  private var asked: [UInt64: Timestamp] = [:]
  private(set) var askedCount = 0
  private var delays: [Int64] = []
  private(set) var arrivedCount = 0
  private(set) var unwatchedCount = 0

  mutating func ask(_ deliveryID: String, at: Timestamp) {
    let hash = AttemptFacts.hash(ofDelivery: Array(deliveryID.utf8))
    guard asked[hash] == nil else { return }
    guard asked.count < Self.maxWatched else { return unwatchedCount += 1 }
    asked[hash] = at
    askedCount += 1
  }

  mutating func note(_ facts: AttemptFacts) {
    guard !asked.isEmpty, facts.status == .delivered, !facts.isReplay, let at = asked[facts.deliveryHash],
      facts.at >= at
    else { return }
    asked[facts.deliveryHash] = nil
    arrivedCount += 1
    if delays.count < Self.maxDelays { delays.append(facts.at - at) }
  }

  /// Not seen to arrive by the end of the recording.
  var missingCount: Int { askedCount - arrivedCount }
  /// From the decision to the sender's own success.
  var medianDelayMillis: Int64? { delays.sorted().quantile(0.5) }
}

extension [Int64] {
  /// The nearest rank of sorted numbers; `nil` of none.
  func quantile(_ share: Double) -> Int64? {
    guard !isEmpty else { return nil }
    let rank = Int((Double(count) * share).rounded(.up))
    return self[Swift.min(count, Swift.max(1, rank)) - 1]
  }
}
