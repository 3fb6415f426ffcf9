import Foundation
import Testing

@testable import HealstreamCore

/// `HISTORIES=10000 swift test --filter RandomHistory` plays so many instead of a few.
struct RandomHistoryTests {
  static let count = ProcessInfo.processInfo.environment["HISTORIES"].flatMap { UInt64($0) } ?? 200
  static let batches = 8

  static func history(_ seed: UInt64) throws -> RandomHistory { try RandomHistory(seed: seed, steps: 400) }

  @Test(arguments: 0..<batches)
  func `nothing is done that may not be done, and everything is audited once`(batch: Int) throws {
    for seed in stride(from: UInt64(batch) + 1, through: RandomHistoryTests.count, by: RandomHistoryTests.batches) {
      try judge(seed, steps: 150)
    }
  }

  @Test(arguments: UInt64(1)...4)
  func `nor in a long history`(seed: UInt64) throws { try judge(seed, steps: 1000) }

  private func judge(_ seed: UInt64, steps: Int) throws {
    let isOvertaken = seed.isMultiple(of: 2)
    var watch = RandomHistoryWatch(isOvertaken: isOvertaken)
    for step in try RandomHistory(seed: seed, steps: steps, isOvertaken: isOvertaken).steps { watch.judge(step) }
    if let first = watch.violations.first {
      Issue.record("seed \(seed), \(steps) steps: \(watch.violations.count) violations, first \(first)")
    }
  }

  @Test func `the histories do try all of it`() throws {
    let all = try (UInt64(1)...40).flatMap { try RandomHistoryTests.history($0).stage.all }
    let deeds = all.actions.deeds
    for strategy in Strategy.allCases { #expect(deeds.contains("\(strategy.rawValue) issued")) }
    #expect(deeds.contains("REPLAY_RECENT canary"))
    #expect(deeds.contains("REPLAY_RECENT proposed"))
    #expect(deeds.count { $0 == "REPLAY_RECENT issued" } > 20)
    #expect(Set(all.refusals.compactMap { $0["meta"]?["guardrail"]?.string }).count > 10)
    #expect(Set(all.audit.compactMap(\.action)).isSuperset(of: ["command.accepted", "command.rejected"]))
  }

  /// And those of cycles that an operator rehearsed beside them.
  @Test(arguments: UInt64(1)...20)
  func `the reports count every refusal`(seed: UInt64) throws {
    let history = try RandomHistoryTests.history(seed)
    let skipped = history.stage.all.reports.reduce(0) { $0 + Int($1["meta"]?["actions_skipped"]?.integer ?? 0) }
    #expect(skipped + history.stage.governor.report.actionsSkipped >= history.stage.governor.counters.actionsSkipped)
  }

  @Test(arguments: UInt64(1)...8)
  func `the same signals give the same bytes, and a copy folds on equally`(seed: UInt64) throws {
    let first = try RandomHistoryTests.history(seed)
    let second = try RandomHistoryTests.history(seed)
    #expect(first.stage.all.map(\.text) == second.stage.all.map(\.text))
    #expect(first.stage.all.map(\.id) == second.stage.all.map(\.id))
    var copy = first.stage
    var original = first.stage
    for _ in 0..<20 { #expect(copy.pass(30).map(\.text) == original.pass(30).map(\.text)) }
  }
}
