import HealstreamCore
import Testing

@testable import HealstreamRuntime

struct ComparisonTests {
  private let outage = Lines.hour(failing: 30..<45)

  @Test func `the same configuration twice differs in nothing`() throws {
    let comparison = try #require(try Lines.run(outage, comparedWith: Configuration()).result.comparison)
    #expect(!comparison.incidents.pairs.isEmpty)
    #expect(comparison.incidents.onlyInA.isEmpty && comparison.incidents.onlyInB.isEmpty)
    #expect(
      comparison.incidents.changed.isEmpty && comparison.incidents.earlier.isEmpty && comparison.incidents.later.isEmpty
    )
    #expect(
      comparison.actions.onlyInA.isEmpty && comparison.actions.onlyInB.isEmpty && comparison.actions.changed.isEmpty)
    #expect(comparison.verdicts.changed == 0)
    #expect(comparison.verdicts.compared == 15)
  }

  @Test func `what only one of them notices is only in that one`() throws {
    let passive = try Lines.configuration(("detection.passive", "true"))
    let forth = try #require(try Lines.run(outage, comparedWith: passive).result.comparison)
    #expect(forth.incidents.onlyInA.count == 1 && forth.incidents.onlyInB.isEmpty)
    let back = try #require(try Lines.run(outage, passive, comparedWith: Configuration()).result.comparison)
    #expect(back.incidents.onlyInA.isEmpty && back.incidents.onlyInB.count == 1)
    #expect(back.actions.onlyInB.count == forth.actions.onlyInA.count)
  }

  @Test func `a stricter budget opens the same incident later`() throws {
    let strict = try Lines.configuration(("detection.false_incidents_per_day", "0.001"))
    let run = try Lines.run(Lines.hour(failing: 20..<58), comparedWith: strict)
    let comparison = try #require(run.result.comparison)
    #expect(comparison.incidents.later.count == 1)
    #expect(comparison.incidents.later[0].earlierMillis < 0)
    #expect(comparison.words.contains { $0.contains("later in B: https://a.example/hook (t), by") })
    let back = try Lines.run(Lines.hour(failing: 20..<58), strict, comparedWith: Configuration())
    #expect(back.result.comparison?.incidents.earlier.count == 1)
  }

  @Test func `verdicts that a rule changes are counted by category and rule`() throws {
    let rules = #"[{name:"own",statuses:[503],category:"rate_limited",reason:"r",examples:[{http_status:503}]}]"#
    let own = try Lines.configuration(("triage.rules", rules))
    let comparison = try #require(try Lines.run(outage, comparedWith: own).result.comparison)
    #expect(comparison.verdicts.changed == 15)
    #expect(comparison.verdicts.categoryMoves.map(\.a) == ["transient_endpoint_down"])
    #expect(comparison.verdicts.categoryMoves.map(\.b) == ["rate_limited"])
    #expect(comparison.verdicts.moves.first?.move.b?.rule == "own")
    #expect(comparison.verdicts.moves.first?.example?.endpoint == "https://a.example/hook")
  }

  @Test func `heals that one of them may not do are in the balance`() throws {
    let off = try Lines.configuration(("healing.autoheal_enabled", "false"))
    let run = try Lines.run(outage, comparedWith: off)
    func value(_ name: String, _ side: BacktestSide?) -> Int64? {
      side?.balance.entries.first { "\($0.name)" == name }?.value
    }
    #expect(value("incidents", run.result.a) == 1 && value("incidents", run.result.b) == 1)
    let acts = ["escalations", "replays", "silences", "deferrals"]
    #expect(acts.reduce(0) { $0 + (value($1, run.result.a) ?? 0) } > 0)
    #expect(acts.reduce(0) { $0 + (value($1, run.result.b) ?? 0) } == 0)
    #expect(try #require(run.result.comparison).words.contains { $0.hasPrefix("What it comes to:") })
  }
}
