import HealstreamCore

/// What the recording itself shows, whatever is decided about it: attempts and failures over time, by endpoint and by tenant.
///
/// Attempts that heal actions made count like any other here.
struct TrafficTally: Sendable {
  /// The series' columns.
  enum Column {
    static let delivered = 0
    static let failed = 1
    static let count = 2
  }

  private(set) var series = AdaptiveSeries(columns: Column.count)
  private(set) var endpoints = FailureRanking()
  private(set) var tenants = FailureRanking()
  /// Event times.
  private(set) var first: Timestamp?
  private(set) var last: Timestamp?
  private(set) var deadLetterCount = 0
  private(set) var replayCount = 0

  /// - Returns: whether it failed and is one of whom no name is known: see `name`.
  mutating func add(_ facts: AttemptFacts) -> Bool {
    guard facts.status != .pending else { return false }
    let failed = facts.status != .delivered
    first = min(first ?? facts.at, facts.at)
    last = max(last ?? facts.at, facts.at)
    if facts.status == .deadLetter { deadLetterCount += 1 }
    if facts.isReplay { replayCount += 1 }
    series.add(facts.at, column: failed ? Column.failed : Column.delivered)
    endpoints.add(facts.endpointHash, failed: failed)
    tenants.add(facts.tenantHash, failed: failed)
    return failed && !(endpoints.isNamed(facts.endpointHash) && tenants.isNamed(facts.tenantHash))
  }

  mutating func name(_ facts: AttemptFacts, _ tenantID: String, _ endpoint: String) {
    endpoints.name(facts.endpointHash, tenantID: tenantID, endpoint: endpoint)
    tenants.name(facts.tenantHash, tenantID: tenantID, endpoint: nil)
  }
}
