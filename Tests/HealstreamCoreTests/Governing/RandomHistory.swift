@testable import HealstreamCore

/// A history of a few endpoints that fail, recover and flap, an executor that sometimes answers, and switches that are thrown.
struct RandomHistory {
  static let endpoints = (0..<6).map { (tenant: "tenant-\($0 % 3)", url: "https://\($0)/") }
  static let capPerHour = 12

  private(set) var stage: Stage
  /// What came out at each step, with the state of the kill switch.
  private(set) var steps: [(at: Timestamp, isEnabled: Bool, said: [Stage.Said])] = []
  private(set) var highestLiveHeals = 0
  private var random: SeededGenerator
  private var settings = GovernorSettings()
  private var unanswered: [Stage.Said] = []
  private var born = 0

  /// - Parameter disturb: what is done to the stage between two steps, without changing anything that is said.
  init(seed: UInt64, steps count: Int, disturb: (inout Stage) throws -> Void = { _ in }) throws {
    random = SeededGenerator(seed: seed)
    settings.healing.maxHealsPerHour = RandomHistory.capPerHour
    settings.healing.requireApprovalForCritical = Bool.random(using: &random)
    let settings = settings
    stage = Stage { $0 = settings }
    for _ in 0..<count { try step(disturb) }
  }

  private mutating func step(_ disturb: (inout Stage) throws -> Void) throws {
    stage.skip(Int.random(in: 0...20, using: &random))
    if Int.random(in: 0..<100, using: &random) == 0 {
      settings.autohealEnabled.toggle()
      try stage.restart(settings)
    } else {
      try disturb(&stage)
    }
    let said =
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<4: level()
      case 4..<7: answer()
      default: progress()
      }
    steps.append((stage.now, settings.autohealEnabled, said))
    unanswered += said.actions.filter { $0.event == "canary" || $0.event == "issued" }
    highestLiveHeals = max(highestLiveHeals, stage.governor.actions.liveHeals)
  }

  private mutating func level() -> [Stage.Said] {
    guard let place = RandomHistory.endpoints.randomElement(using: &random) else { return [] }
    let failures = Int.random(in: 0...70, using: &random)
    var statement = LevelStatement.anomalous(place.url, of: place.tenant, failures: failures, count: failures + 5)
    statement.raisedAt = stage.now - Int64.random(in: 0...90_000, using: &random)
    statement.level = [.anomalous, .anomalous, .recovering, .normal, .silent].randomElement(using: &random) ?? .normal
    statement.levelChanges = Int.random(in: 0...4, using: &random)
    statement.signatureShare = Double.random(in: 0.5...1, using: &random)
    if Bool.random(using: &random) { statement.conditions = [.trafficSpike, .failureStreak] }
    if Bool.random(using: &random) { statement.lastSuccessAt = stage.now }
    if Int.random(in: 0..<12, using: &random) == 0 {
      statement.scope = .tenant
      statement.endpoint = nil
    }
    let recent = max(0, born - 10)...born  // ids that come again
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      born += 1
      let number = Bool.random(using: &random) ? born : Int.random(in: recent, using: &random)
      statement.candidates.append(
        LevelStatement.Candidate(
          deliveryID: "d\(number)", endpoint: place.url,
          failedAt: stage.now - Int64.random(in: 0...700_000, using: &random),
          category: Category.allCases.randomElement(using: &random) ?? .unknown, score: 90))
    }
    statement.candidateCount = statement.candidates.count
    let lag = Int.random(in: 0..<20, using: &random) == 0 ? 100 : 0
    return stage.say(statement, lagSeconds: lag, partition: Int32.random(in: 0...1, using: &random))
  }

  private mutating func answer() -> [Stage.Said] {
    guard let index = unanswered.indices.randomElement(using: &random) else { return [] }
    let action = unanswered.remove(at: index)
    guard action.strategy == "REPLAY_RECENT" else {
      return stage.report(action, ActionOutcome.Outcome.allCases.randomElement(using: &random) ?? .done)
    }
    return stage.report(action, succeeded: Int.random(in: 0..<5, using: &random) > 0)
  }

  private mutating func progress() -> [Stage.Said] {
    stage.progress.streamTime = stage.now
    let isWide = Int.random(in: 0..<40, using: &random) == 0
    stage.progress.newlyFailingEndpoints = isWide ? 45 : 0
    stage.progress.newlyFailingTenants = isWide ? 6 : 0
    return stage.say(.progress(stage.progress), partition: Int32.random(in: 0...1, using: &random))
  }
}
