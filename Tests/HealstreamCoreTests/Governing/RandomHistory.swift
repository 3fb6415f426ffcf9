@testable import HealstreamCore

/// A history of a few endpoints that fail, recover and flap, an executor that sometimes answers, operators who command, and
/// processes that come and go with other settings.
struct RandomHistory {
  struct Step {
    let at: Timestamp
    /// In force when it was said.
    let settings: GovernorSettings
    /// No time has passed for it.
    var isRestart = false
    var isAfterLoss = false
    /// What it told of deliveries, as `tenant id`: named as failed, or delivered.
    var named: Set<String> = []
    var delivered: Set<String> = []
    let said: [Stage.Said]
  }

  static let endpoints = (0..<6).map { (tenant: "tenant-\($0 % 3)", url: "https://\($0)/") }

  var stage: Stage
  private(set) var steps: [Step] = []
  var random: SeededGenerator
  private let isOvertaken: Bool
  private let laxen: (inout GovernorSettings) -> Void
  private var settings: GovernorSettings
  private var unanswered: [Stage.Said] = []
  private var lastSignal: LevelStatement?
  private var born = 0
  private var named: Set<String> = []
  private var delivered: Set<String> = []
  var commandCount = 0

  /// - Parameters:
  ///   - isOvertaken: whether the sender delivers by itself what was, or might be, replayed.
  ///   - disturb: what is done to the stage between two steps, without changing anything that is said.
  ///   - laxen: what the governor's settings differ in from those that it should keep to.
  init(
    seed: UInt64, steps count: Int, isOvertaken: Bool = true, disturb: (inout Stage) throws -> Void = { _ in },
    laxen: @escaping (inout GovernorSettings) -> Void = { _ in }
  ) throws {
    random = SeededGenerator(seed: seed)
    self.isOvertaken = isOvertaken
    self.laxen = laxen
    settings = GovernorSettings()
    settings.healing.requireApprovalForCritical = Bool.random(using: &random)
    settings.healing.maxHealsPerHour = Int.random(in: 3...12, using: &random)
    settings.healing.maxHealsAtOnce = Int.random(in: 1...5, using: &random)
    var governing = settings
    laxen(&governing)
    stage = Stage { [governing] in $0 = governing }
    for _ in 0..<count { try step(disturb) }
  }

  private mutating func step(_ disturb: (inout Stage) throws -> Void) throws {
    pass()
    if oneIn(80) { try restart() } else { try disturb(&stage) }
    let said =
      switch Int.random(in: 0..<20, using: &random) {
      case 0..<8: level()
      case 8..<13: answer()
      case 13: summary()
      case 14..<16: command()
      default: progress()
      }
    note(said)
  }

  private mutating func note(_ said: [Stage.Said], isRestart: Bool = false, isAfterLoss: Bool = false) {
    steps.append(
      Step(
        at: stage.now, settings: settings, isRestart: isRestart, isAfterLoss: isAfterLoss,
        named: exchange(&named, with: []), delivered: exchange(&delivered, with: []), said: said))
    unanswered += said.actions.filter { $0.event == "canary" || $0.event == "issued" }
  }

  mutating func oneIn(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

  /// Mostly seconds, sometimes minutes, and now and then a day.
  private mutating func pass() {
    switch Int.random(in: 0..<400, using: &random) {
    case 0: stage.skip(Int.random(in: 36_000...120_000, using: &random))
    case 1..<10: stage.skip(Int.random(in: 60...3_600, using: &random))
    default: stage.skip(Int.random(in: 0...20, using: &random))
    }
  }

  // MARK: Processes

  /// Another process takes over, sometimes with other settings, over a backlog, or after a loss.
  private mutating func restart() throws {
    if oneIn(3) {
      switch Int.random(in: 0..<5, using: &random) {
      case 0: settings.autohealEnabled.toggle()
      case 1: settings.isDryRun.toggle()
      case 2: settings.enforcementPercent = [0, 50, 100].randomElement(using: &random) ?? 100
      case 3: settings.healing.maxHealsPerHour = Int.random(in: 4...12, using: &random)
      default: settings.healing.maxHealsAtOnce = Int.random(in: 1...5, using: &random)
      }
    }
    let backlog: Int64 = oneIn(4) ? Int64.random(in: 1...20, using: &random) : 0
    var governing = settings
    laxen(&governing)
    let isAfterLoss = oneIn(20)
    let said = try stage.restart(governing, backlog: backlog, isAfterLoss: isAfterLoss)
    note(said, isRestart: true, isAfterLoss: isAfterLoss)
  }

  // MARK: Statements

  private mutating func level() -> [Stage.Said] {
    // What has been said comes again: late, and as news of another record.
    if let lastSignal, oneIn(15) { return say(lastSignal, lagSeconds: Int.random(in: 0...120, using: &random)) }
    guard let place = RandomHistory.endpoints.randomElement(using: &random) else { return [] }
    let failures = Int.random(in: 0...70, using: &random)
    var statement = LevelStatement.anomalous(place.url, of: place.tenant, failures: failures, count: failures + 5)
    statement.raisedAt = stage.now - Int64.random(in: 0...90_000, using: &random)
    statement.lastEventAt = statement.raisedAt
    statement.level = [.anomalous, .anomalous, .recovering, .normal, .silent].randomElement(using: &random) ?? .normal
    statement.levelChanges = Int.random(in: 0...4, using: &random)
    statement.signatureShare = Double.random(in: 0.5...1, using: &random)
    if Bool.random(using: &random) { statement.conditions = [.trafficSpike, .failureStreak] }
    if Bool.random(using: &random) { statement.lastSuccessAt = stage.now }
    if oneIn(12) {
      statement.scope = .tenant
      statement.endpoint = nil
    }
    for _ in 0..<Int.random(in: 0...20, using: &random) { statement.candidates.append(candidate(of: place.url)) }
    statement.candidateCount = statement.candidates.count
    lastSignal = statement
    let lag = oneIn(20) ? 100 : 0
    return say(statement, lagSeconds: lag, partition: Int32.random(in: 0...1, using: &random))
  }

  private mutating func say(_ statement: LevelStatement, lagSeconds: Int, partition: Int32 = 0) -> [Stage.Said] {
    named = Set(statement.candidates.map { "\(statement.tenantID) \($0.deliveryID)" })
    return stage.say(statement, lagSeconds: lagSeconds, partition: partition)
  }

  /// Half of them have been named before.
  private mutating func candidate(of endpoint: String) -> LevelStatement.Candidate {
    born += 1
    let number = Bool.random(using: &random) ? born : Int.random(in: max(0, born - 30)...born, using: &random)
    return LevelStatement.Candidate(
      deliveryID: "d\(number)", endpoint: endpoint,
      failedAt: stage.now - Int64.random(in: 0...700_000, using: &random),
      category: oneIn(4) ? Category.allCases.randomElement(using: &random) ?? .unknown : .transientEndpointDown,
      score: 90)
  }

  private mutating func summary() -> [Stage.Said] {
    var summary = FailureSummary(
      tenantID: RandomHistory.endpoints.randomElement(using: &random)?.tenant ?? "",
      minute: Timestamp(millis: stage.now.millis / 60_000 * 60_000))
    let recent = max(0, born - 30)...born
    guard isOvertaken else { return stage.say(.failures(summary)) }
    summary.delivered = (0..<3).map { _ in "d\(Int.random(in: recent, using: &random))" }
    delivered = Set(summary.delivered.map { "\(summary.tenantID) \($0)" })
    return stage.say(.failures(summary))
  }

  private mutating func answer() -> [Stage.Said] {
    guard let any = unanswered.indices.randomElement(using: &random) else { return [] }
    let index = oneIn(3) ? any : unanswered.count - 1
    let action = unanswered[index]
    if !oneIn(10) { unanswered.remove(at: index) }  // else it is answered twice
    guard action.strategy == "REPLAY_RECENT", !oneIn(10) else {
      return stage.report(action, ActionOutcome.Outcome.allCases.randomElement(using: &random) ?? .done)
    }
    let count = action["plan"]?["deliveries"]?.array?.count ?? 0
    let delivered = oneIn(4) ? Int.random(in: 0...count, using: &random) : count
    return stage.report(action, succeeded: true, only: delivered) + stage.report(action, succeeded: false)
  }

  private mutating func progress() -> [Stage.Said] {
    stage.progress.streamTime = stage.now
    let isWide = oneIn(40)
    stage.progress.newlyFailingEndpoints = isWide ? 45 : 0
    stage.progress.newlyFailingTenants = isWide ? 6 : 0
    return stage.say(.progress(stage.progress), partition: Int32.random(in: 0...1, using: &random))
  }
}
