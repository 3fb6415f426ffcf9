/// Failed deliveries that an operator may want to have sent again: each tenant's, as the detectors named them.
///
/// Of more than there is room for, those of a tenant with too many are not taken up, and the longest known of all give way.
struct RecentFailures: Sendable {
  static let maxPerTenant = 1000
  static let maxFailures = 50_000
  /// In stream time.
  static let maxAgeMillis: Int64 = 24 * 3_600_000

  struct Failure: Equatable, Sendable {
    let tenantID: String
    let candidate: LevelStatement.Candidate
    let source: SourceID
  }

  private struct Key: Hashable {
    let tenantID: String
    let deliveryID: String
  }

  private var failures = OrderedTable<Key, Failure>()
  /// Looked up, never walked.
  private var counts: [String: Int] = [:]

  var count: Int { failures.count }

  mutating func fold(_ summary: FailureSummary, from source: SourceID) {
    for candidate in summary.candidates {
      insert(Failure(tenantID: summary.tenantID, candidate: candidate, source: source))
    }
    for delivery in summary.delivered { remove(Key(tenantID: summary.tenantID, deliveryID: delivery)) }
  }

  /// Forgets what is too old.
  mutating func pass(to streamTime: Timestamp) {
    while let first = failures.first, streamTime - first.value.candidate.failedAt > Self.maxAgeMillis {
      remove(first.key)
    }
  }

  /// Those of these ids, oldest first.
  ///
  /// - Parameter tenantID: `nil`: of any tenant.
  func find(_ deliveryIDs: [String], of tenantID: String?) -> [Failure] {
    let wanted = Set(deliveryIDs)  // looked up, never walked
    return sorted { wanted.contains($0.candidate.deliveryID) && (tenantID == nil || $0.tenantID == tenantID) }
  }

  /// Oldest first.
  func all(of tenantID: String) -> [Failure] {
    counts[tenantID] == nil ? [] : sorted { $0.tenantID == tenantID }
  }

  private func sorted(where isWanted: (Failure) -> Bool) -> [Failure] {
    failures.values.filter(isWanted).sorted { left, right in
      (left.candidate.failedAt, left.candidate.deliveryID, left.tenantID)
        < (right.candidate.failedAt, right.candidate.deliveryID, right.tenantID)
    }
  }

  private mutating func insert(_ failure: Failure) {
    let key = Key(tenantID: failure.tenantID, deliveryID: failure.candidate.deliveryID)
    if failures[key] == nil {
      guard counts[failure.tenantID, default: 0] < Self.maxPerTenant else { return }
      counts[failure.tenantID, default: 0] += 1
    }
    failures[key] = failure
    while failures.count > Self.maxFailures, let first = failures.first { remove(first.key) }
  }

  private mutating func remove(_ key: Key) {
    guard failures[key] != nil else { return }
    failures[key] = nil
    counts[key.tenantID, default: 1] -= 1
    if counts[key.tenantID] == 0 { counts[key.tenantID] = nil }
  }
}

// MARK: State

extension RecentFailures.Failure: StateValue {
  func write(to state: inout StateWriter) { state.write(tenantID, candidate, source) }

  init(from state: inout StateReader) throws(StateError) {
    tenantID = try state.read()
    candidate = try state.read()
    source = try state.read()
  }
}

extension RecentFailures: StateValue {
  func write(to state: inout StateWriter) { state.write(failures.values) }

  init(from state: inout StateReader) throws(StateError) {
    let found = try state.read([Failure].self)
    for failure in found { insert(failure) }
    guard failures.count == found.count else {
      throw state.error("at most \(Self.maxFailures) failures, each once", found: "\(found.count)")
    }
  }
}
