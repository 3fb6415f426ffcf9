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

  static let vacant = FailureEvidence(endpoint: 0, url: "", at: Timestamp(millis: 0), minute: 0)

  /// Whether a delivery with this hash of its id failed lately: then its "first" attempt is a retry of a sender that does not number
  /// its attempts, or a record sent twice.
  func hasFailedLately(hash: UInt64) -> Bool {
    failedIDs.contains(UInt32(truncatingIfNeeded: hash))
  }

  /// Of all deliveries that are kept here.
  var filter: FailureFilter {
    var filter = candidates.filter
    for id in failedIDs { filter.insert(hash: UInt64(id)) }
    return filter
  }

  /// Loads what each attempt is looked for in.
  @inline(__always)
  func touch(hash: UInt64) -> UInt64 { hasFailedLately(hash: hash) || candidates.contains(hash: hash) ? 1 : 0 }

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

  // MARK: State

  func write(to state: inout StateWriter) {
    state.write(endpoint, lastFailureAt, mix, nextFailedID)
    state.write(bulk: failedIDs.span)
    candidates.write(to: &state)
  }

  /// - Parameter urls: by the number of the endpoint.
  init(from state: inout StateReader, urls: KeyTable) throws(StateError) {
    endpoint = try state.number(in: urls)
    url = urls.text(of: endpoint)
    lastFailureAt = try state.moment()
    mix = try state.read()
    guard mix.isSound else { throw state.error("the failures of minutes that can be", found: "others") }
    nextFailedID = try state.integer(in: 0...Self.maxFailedIDs - 1)
    failedIDs = try state.read(bulk: UInt32.self)
    guard failedIDs.count <= Self.maxFailedIDs, nextFailedID == 0 || failedIDs.count == Self.maxFailedIDs else {
      throw state.error("up to \(Self.maxFailedIDs) failed deliveries", found: "\(failedIDs.count)")
    }
    candidates = try CandidateList(from: &state, endpoint: url)
  }
}

extension StateReader {
  /// A number that is in use.
  mutating func number(in keys: KeyTable) throws(StateError) -> Int {
    let number = try read(Int.self)
    guard keys.indices.contains(number), keys.contains(number) else {
      throw error("one of \(keys.count) keys", found: "\(number)")
    }
    return number
  }
}
