/// A tally in Markdown, as docs/healing.md shows it.
enum Table {
  static func lines(of tally: Tally) -> [String] {
    losses(tally) + [""] + conduct(tally)
  }

  static func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }

  private static func losses(_ tally: Tally) -> [String] {
    let rows = Trouble.Kind.allCases.map { ($0.rawValue, tally.losses[$0]) } + [("none", tally.losses[nil])]
    return [
      "| trouble | deliveries | lost, healing off | lost, healing on | spared | held back by a throttle |",
      "| --- | ---: | ---: | ---: | ---: | ---: |",
    ] + rows.map { row($0, $1 ?? Losses()) } + [row("**all**", tally.total)]
  }

  private static func row(_ name: String, _ losses: Losses) -> String {
    let spared = losses.withHealingOff - losses.withHealingOn
    let share = losses.withHealingOff == 0 ? "" : " (\(percent(Double(spared) / Double(losses.withHealingOff))))"
    return
      "| \(name) | \(losses.deliveries) | \(losses.withHealingOff) | \(losses.withHealingOn) | \(spared)\(share) | \(losses.heldBack) |"
  }

  private static func conduct(_ tally: Tally) -> [String] {
    let conduct = tally.conduct
    let later = conduct.afterCanary
    let figures: [(String, String)] =
      [
        ("worlds", "\(tally.seeds)"),
        ("worlds that lost more with healing on", "\(tally.worse.count)"),
        ("canaries sent, of which arrived", replays(conduct.canaries)),
        ("replays after the canary, of which arrived", replays(later)),
        (
          "replays after the canary that failed again",
          "\(later.sent - later.arrived) (\(percent(1 - later.successShare)))"
        ),
        ("most replays an endpoint got within a minute (budget: \(Tally.replayBudget))", "\(conduct.mostInMinute)"),
        ("replays of what was replayed before or had arrived", "\(conduct.duplicates)"),
        ("heals while the platform was at fault", "\(conduct.healsInPlatformFault)"),
        ("replays that the hostile tenants got, of which arrived", replays(conduct.toHostile)),
      ]
      + conduct.actions.sorted { $0.key < $1.key }.map { ("`\($0.key)`", "\($0.value)") }
    return ["| | |", "| --- | ---: |"] + figures.map { "| \($0) | \($1) |" }
  }

  private static func replays(_ replays: Conduct.Replays) -> String {
    "\(replays.sent), \(replays.arrived) (\(percent(replays.successShare)))"
  }
}
