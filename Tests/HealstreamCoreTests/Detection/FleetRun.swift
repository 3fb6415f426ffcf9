@testable import HealstreamCore

/// A fleet that is fed, and what it said.
struct FleetRun {
  var fleet: Fleet
  private(set) var statements: [(at: Timestamp, statement: Signal.Statement)] = []
  private var attempt = Attempt()
  private var fresh: [Signal.Statement] = []

  init(_ settings: DetectorSettings = DetectorSettings()) { fleet = Fleet(settings: settings) }

  mutating func feed(_ traffic: Traffic, seed: UInt64) {
    let names = traffic.endpoints.indices.map { Array("https://e\($0).example/hook".utf8) }
    let tenants = traffic.endpoints.map { Array("tenant-\($0.tenant)".utf8) }
    for event in traffic.events(seed: seed) {
      attempt.name(
        tenantID: tenants[event.endpoint], endpoint: names[event.endpoint],
        deliveryID: Array("d\(event.delivery)".utf8))
      attempt.at = event.at
      attempt.number = event.attempt
      attempt.status = event.failed ? .failed : .delivered
      fold(attempt)
    }
  }

  /// One attempt at the endpoint `name` of the tenant `tenant`.
  mutating func deliver(
    _ status: DeliveryFields.Status, at seconds: Double, id: String? = nil, number: Int32 = 1, name: String = "e",
    tenant: String = "t", category: HealstreamCore.Category = .transientEndpointDown, replayOf: String? = nil,
    action: String? = nil
  ) {
    var attempt = Attempt()
    attempt.name(
      tenantID: Array(tenant.utf8), endpoint: Array(name.utf8), deliveryID: Array((id ?? "\(name)-\(seconds)").utf8),
      replayOf: Array((replayOf ?? "").utf8), healActionID: Array((action ?? "").utf8))
    attempt.at = Traffic.start + Int64(seconds * 1000)
    attempt.number = number
    attempt.status = status
    attempt.isReplay = replayOf != nil || action != nil
    fold(attempt, category)
  }

  /// Something far away happens, so that time passes.
  mutating func pass(to seconds: Double) {
    fleet.advance(to: Traffic.start + Int64(seconds * 1000), into: &fresh)
    keep()
  }

  private mutating func fold(_ attempt: Attempt, _ category: HealstreamCore.Category = .transientEndpointDown) {
    let hasFailed = attempt.status == .failed || attempt.status == .deadLetter
    let verdict = Verdict(category: category, score: 90, rule: "test", reason: "test", signature: 7)
    let now = max(attempt.at, fleet.now ?? attempt.at)
    fleet.advance(to: now, into: &fresh)
    fleet.observe(attempt, hasFailed ? verdict : nil, into: &fresh)
    keep()
  }

  private mutating func keep() {
    guard !fresh.isEmpty, let now = fleet.now else { return }
    for statement in fresh { statements.append((now, statement)) }
    fresh.removeAll(keepingCapacity: true)
  }

  /// Goes on with a fleet that was loaded from the state of this one.
  mutating func restart(_ settings: DetectorSettings? = nil) throws(StateError) {
    let state = fleet.saved
    fleet = Fleet(settings: settings ?? fleet.settings)
    var reader = StateReader(state)
    try fleet.load(from: &reader)
    try reader.finish()
  }

  var levels: [LevelStatement] {
    statements.compactMap { if case .level(let level) = $0.statement { level } else { nil } }
  }

  /// One statement for each alarm: the one that raised it.
  var raised: [(at: Timestamp, level: LevelStatement)] {
    var seen: Set<String> = []
    return statements.compactMap { at, statement in
      guard case .level(let level) = statement, level.level == .anomalous,
        seen.insert("\(level.tenantID) \(level.endpoint ?? "") \(level.raisedAt.millis)").inserted
      else { return nil }
      return (at, level)
    }
  }
}

extension Fleet {
  var saved: [UInt8] {
    var writer = StateWriter()
    save(into: &writer)
    return writer.bytes
  }
}
