@testable import HealstreamCore

/// Plays statements to a governor and reads what it says. Time is in seconds after `Stage.start`, and append time is event time
/// unless a lag is given.
struct Stage {
  static let start = Timestamp(millis: 1_794_200_000_000 / 30_000 * 30_000)

  /// One record that came out.
  struct Said: CustomStringConvertible {
    let topic: OutputTopic
    let type: String
    let id: DerivedID
    let key: String
    let text: String
    let value: JSONValue

    var description: String { text }
    subscript(name: String) -> JSONValue? { value[name] }
    var event: String? { value["event"]?.string }
    var action: String? { value["action"]?.string }
    var strategy: String? { value["strategy"]?.string ?? value["meta"]?["strategy"]?.string }
  }

  var governor: Governor
  /// What each partition says of itself when time passes.
  var progress = Progress(streamTime: Stage.start)
  private(set) var all: [Said] = []
  private(set) var second = 0
  private var offset: Int64 = 0
  /// Of `signals`: the offset of the next record.
  private(set) var next: Int64 = 0

  init(_ configure: (inout GovernorSettings) -> Void = { _ in }) {
    var settings = GovernorSettings()
    configure(&settings)
    governor = Governor(settings: settings)
    progress.recentCount = 1000
    progress.recentFailures = 100
    progress.activeEndpoints = 100
    progress.activeTenants = 20
    progress.failureRate = 0.01
  }

  var now: Timestamp { Stage.start + Int64(second) * 1000 }

  /// Folds one statement, now.
  @discardableResult
  mutating func say(_ statement: Signal.Statement, lagSeconds: Int = 0, partition: Int32 = 0) -> [Said] {
    offset += 1
    let source = SignalSource(topic: "deliveries", partition: partition, offset: offset, index: 0)
    return fold(Signal(source: source, at: now - Int64(lagSeconds) * 1000, statement: statement))
  }

  @discardableResult
  mutating func say(_ level: LevelStatement, lagSeconds: Int = 0, partition: Int32 = 0) -> [Said] {
    say(.level(level), lagSeconds: lagSeconds, partition: partition)
  }

  @discardableResult
  mutating func fold(_ signal: Signal) -> [Said] {
    var outputs = Outputs()
    governor.apply(signal, offset: next, appendedAt: now, into: &outputs)
    next += 1
    let said = Stage.read(outputs)
    all += said
    return said
  }

  /// As a process does that comes up: a fresh governor takes over the state, and an epoch begins.
  ///
  /// - Parameter backlog: records that are there already.
  @discardableResult
  mutating func restart(
    _ settings: GovernorSettings? = nil, backlog: Int64 = 0, isAfterLoss: Bool = false
  ) throws -> [Said] {
    try reload(settings)
    return begin(EpochTerms(offset: next, healsFrom: next + backlog, isAfterLoss: isAfterLoss))
  }

  /// Other terms govern from here on.
  @discardableResult
  mutating func begin(_ terms: EpochTerms) -> [Said] {
    var outputs = Outputs()
    governor.begin(terms, into: &outputs)
    let said = Stage.read(outputs)
    all += said
    return said
  }

  /// Puts a fresh governor with the same state in the place of this one.
  mutating func reload(_ settings: GovernorSettings? = nil) throws {
    var state = StateWriter()
    governor.save(into: &state)
    var reader = StateReader(state.bytes)
    governor = Governor(settings: settings ?? governor.settings)
    try governor.load(from: &reader)
    try reader.finish()
  }

  var state: [UInt8] {
    var state = StateWriter()
    governor.save(into: &state)
    return state.bytes
  }

  /// Lets time pass, with a word of progress every 10 s.
  @discardableResult
  mutating func pass(_ seconds: Int) -> [Said] {
    var said: [Said] = []
    let end = second + seconds
    while second < end {
      second = min(second + 10, end)
      progress.streamTime = now
      said += say(.progress(progress))
    }
    return said
  }

  /// Lets time pass without a word.
  mutating func skip(_ seconds: Int) { second += seconds }

  static func read(_ outputs: Outputs) -> [Said] {
    outputs.records.map { record in
      let text = String(decoding: outputs.value(of: record), as: UTF8.self)
      let value = (try? JSONValue(text)) ?? .null
      return Said(
        topic: record.topic, type: "\(record.type)", id: record.id,
        key: String(decoding: outputs.key(of: record), as: UTF8.self), text: text, value: value)
    }
  }
}

extension [Stage.Said] {
  var incidents: [Stage.Said] { filter { $0.topic == .incidents } }
  var actions: [Stage.Said] { filter { $0.topic == .healActions } }
  var audit: [Stage.Said] { filter { $0.topic == .audit } }
  var refusals: [Stage.Said] { audit.filter { $0.action == "heal.refused" } }
  var reports: [Stage.Said] { audit.filter { $0.action == "cycle.completed" } }
  /// `opened`, `resolved` …
  var lives: [String] { incidents.compactMap(\.event) }
  /// `REPLAY_RECENT canary` …
  var deeds: [String] { actions.map { "\($0.strategy ?? "") \($0.event ?? "")" } }
  var reasons: [String] { refusals.compactMap { $0["reason"]?.string } }
  func first(_ event: String) -> Stage.Said? { first { $0.event == event } }
}

// MARK: Statements in one line

let hooks = "https://api.customer.com/webhook"

extension LevelStatement {
  /// An endpoint that fails for a passing reason.
  static func anomalous(
    _ endpoint: String? = hooks, of tenant: String = "tenant-acme", scope: Scope = .endpoint, failures: Int = 8,
    count: Int = 10, raisedAt: Timestamp = Stage.start, category: Category = .transientEndpointDown,
    _ change: (inout LevelStatement) -> Void = { _ in }
  ) -> LevelStatement {
    var statement = LevelStatement(
      scope: scope, tenantID: tenant, endpoint: endpoint, level: .anomalous, type: .failureStreak, raisedAt: raisedAt,
      lastEventAt: raisedAt)
    statement.conditions = [.failureStreak]
    statement.recentCount = count
    statement.recentFailures = failures
    statement.triage[category] = failures
    statement.liveRatePerMinute = 2
    change(&statement)
    return statement
  }

  /// With as many candidates, which failed one a second before `at`, the last one just then.
  func with(candidates count: Int, failedBefore at: Timestamp = Stage.start, prefix: String = "d") -> LevelStatement {
    var statement = self
    statement.candidates = (0..<count).map { index in
      Candidate(
        deliveryID: "\(prefix)\(index)", endpoint: endpoint ?? hooks, failedAt: at - Int64(count - 1 - index) * 1000,
        category: .transientEndpointDown, score: 90)
    }
    statement.candidateCount = count
    return statement
  }

  func with(_ level: Level) -> LevelStatement {
    var statement = self
    statement.level = level
    if level != .anomalous { statement.conditions = [] }
    return statement
  }

  func changed(_ change: (inout LevelStatement) -> Void) -> LevelStatement {
    var statement = self
    change(&statement)
    return statement
  }
}

extension Stage {
  /// Reports how every delivery of the last step of an action went.
  @discardableResult
  mutating func report(_ action: Said?, succeeded: Bool, only count: Int = .max) -> [Said] {
    let deliveries = action?["plan"]?["deliveries"]?.array?.compactMap(\.string) ?? []
    return deliveries.prefix(count).flatMap { report($0, of: action, succeeded: succeeded) }
  }

  @discardableResult
  mutating func report(_ delivery: String, of action: Said?, succeeded: Bool) -> [Said] {
    say(
      .replayOutcome(
        ReplayOutcome(
          actionID: action?["action_id"]?.string ?? "", deliveryID: delivery,
          tenantID: action?["tenant_id"]?.string ?? "", endpoint: action?["endpoint"]?.string ?? "",
          succeeded: succeeded)))
  }

  @discardableResult
  mutating func report(_ action: Said?, _ outcome: ActionOutcome.Outcome) -> [Said] {
    say(.actionOutcome(ActionOutcome(actionID: action?["action_id"]?.string ?? "", outcome: outcome, detail: "")))
  }
}
