import Testing

@testable import HealstreamCore

struct RandomHistoryTests {
  /// Played once, for all tests.
  static let seeds = Array(UInt64(1)...20)
  static let histories = seeds.map { seed in Result { try RandomHistory(seed: seed, steps: 400) } }

  static func history(_ seed: UInt64) throws -> RandomHistory { try histories[Int(seed) - 1].get() }

  struct Heal {
    let at: Timestamp
    let strategy: String
    let subject: String
    let tenant: String
    let step: Int64
    let deliveries: [String]

    init(_ said: Stage.Said, at: Timestamp) {
      self.at = at
      strategy = said.strategy ?? ""
      tenant = said["tenant_id"]?.string ?? ""
      subject = tenant + " " + (said["endpoint"]?.string ?? "")
      step = said["plan"]?["step"]?.integer ?? 1
      deliveries = said["plan"]?["deliveries"]?.array?.compactMap(\.string) ?? []
    }
  }

  static func heals(_ history: RandomHistory) -> [Heal] {
    history.steps.flatMap { step in
      step.said.actions.filter { ($0.event == "canary" || $0.event == "issued") && $0.isHeal }.map {
        Heal($0, at: step.at)
      }
    }
  }

  @Test(arguments: seeds)
  func `no cap, cooldown, budget or ledger is exceeded`(seed: UInt64) throws {
    let history = try RandomHistoryTests.history(seed)
    let heals = RandomHistoryTests.heals(history)
    let begun = heals.filter { $0.step == 1 }
    #expect(history.highestLiveHeals <= 5, "seed \(seed)")
    for heal in begun {
      let within = begun.count { $0.at <= heal.at && heal.at - $0.at < 3_600_000 }
      #expect(within <= RandomHistory.capPerHour, "seed \(seed)")
      let before = begun.last { $0.at < heal.at && $0.strategy == heal.strategy && $0.subject == heal.subject }
      if let before { #expect(heal.at - before.at >= 300_000, "seed \(seed): \(heal)") }
    }
    let replays = heals.filter { $0.strategy == "REPLAY_RECENT" }
    let ids = replays.flatMap { heal in heal.deliveries.map { heal.tenant + " " + $0 } }
    #expect(Set(ids).count == ids.count, "seed \(seed): an id was replayed twice")
    for heal in replays {
      let inMinute = replays.filter { $0.subject == heal.subject && $0.at <= heal.at && heal.at - $0.at < 60_000 }
      #expect(inMinute.reduce(0) { $0 + $1.deliveries.count } <= 5, "seed \(seed)")
    }
  }

  @Test func `the histories do try all of it`() throws {
    let deeds = try RandomHistoryTests.seeds.flatMap { try RandomHistoryTests.history($0).stage.all.deeds }
    for strategy in Strategy.allCases { #expect(deeds.contains("\(strategy.rawValue) issued")) }
    #expect(deeds.contains("REPLAY_RECENT canary"))
    #expect(deeds.contains("REPLAY_RECENT proposed"))
    #expect(deeds.count { $0 == "REPLAY_RECENT issued" } > 20)
  }

  @Test(arguments: seeds)
  func `with the kill switch off nothing is issued`(seed: UInt64) throws {
    let history = try RandomHistoryTests.history(seed)
    for step in history.steps where !step.isEnabled {
      #expect(!step.said.actions.contains { ["canary", "issued", "proposed"].contains($0.event) }, "seed \(seed)")
    }
  }

  @Test(arguments: seeds)
  func `every incident change and every action is in the audit exactly once, and the reports count all`(seed: UInt64)
    throws
  {
    let history = try RandomHistoryTests.history(seed)
    let all = history.stage.all
    let expected =
      all.actions.map { "heal.\($0.event ?? "") \($0["action_id"]?.string ?? "") \($0["plan"]?["step"]?.integer ?? 0)" }
      + all.incidents.map { "incident.\($0.event ?? "") \($0["incident_id"]?.string ?? "") 0" }
    let found = all.audit.filter { $0.action != "heal.refused" }
      .filter { $0.action?.hasPrefix("heal.") == true || $0.action?.hasPrefix("incident.") == true }
      .map { "\($0.action ?? "") \($0["resource_id"]?.string ?? "") \($0["meta"]?["step"]?.integer ?? 0)" }
    #expect(expected.sorted() == found.sorted(), "seed \(seed)")
    #expect(Set(all.map(\.id)).count == all.count, "seed \(seed): an id twice")
    #expect(all.audit.compactMap { $0["meta"]?["sequence"]?.integer } == Array(0..<Int64(all.audit.count)))
    let skipped = all.reports.reduce(0) { $0 + Int($1["meta"]?["actions_skipped"]?.integer ?? 0) }
    #expect(skipped + history.stage.governor.report.actionsSkipped == history.stage.governor.counters.actionsSkipped)
  }

  @Test(arguments: seeds.prefix(8))
  func `the same signals give the same bytes, and a copy folds on equally`(seed: UInt64) throws {
    let first = try RandomHistoryTests.history(seed)
    let second = try RandomHistory(seed: seed, steps: 400)
    #expect(first.stage.all.map(\.text) == second.stage.all.map(\.text))
    #expect(first.stage.all.map(\.id) == second.stage.all.map(\.id))
    var copy = first.stage
    var original = first.stage
    for _ in 0..<20 { #expect(copy.pass(30).map(\.text) == original.pass(30).map(\.text)) }
  }
}

extension Stage.Said {
  var isHeal: Bool { strategy.flatMap(Strategy.init(rawValue:))?.isHeal ?? false }
}
