/// A tally in Markdown, as docs/healing.md shows it.
enum Table {
  static func lines(of tally: Tally) -> [String] { troubles(tally) + [""] + conduct(tally) }

  static func percent(_ share: Double) -> String { "\((share * 1000).rounded() / 10) %" }

  // MARK: By trouble

  private static func troubles(_ tally: Tally) -> [String] {
    let conduct = tally.conduct
    let rows = (Trouble.Kind.allCases.map(Optional.some) + [nil]).map { kind in
      row(
        kind?.rawValue ?? "none", tally.losses[kind] ?? Losses(), conduct.canaries[kind] ?? Conduct.Replays(),
        conduct.afterCanary[kind] ?? Conduct.Replays())
    }
    return [
      "| trouble | deliveries | lost, healing off | lost, by hand | lost, healing on | spared | held back | canaries, arrived | later replays, arrived |",
      "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ] + rows + [row("**all**", tally.total, conduct.allCanaries, conduct.allAfterCanary)]
  }

  private static func row(
    _ name: String, _ losses: Losses, _ canaries: Conduct.Replays, _ later: Conduct.Replays
  ) -> String {
    let share = losses.withHealingOff == 0 ? 0 : Double(losses.spared) / Double(losses.withHealingOff)
    let cells = [
      name, "\(losses.deliveries)", "\(losses.withHealingOff)", "\(losses.byHand)", "\(losses.withHealingOn)",
      losses.spared == 0 ? "0" : "\(losses.spared) (\(percent(share)))", "\(losses.heldBack)", replays(canaries),
      replays(later),
    ]
    return "| \(cells.joined(separator: " | ")) |"
  }

  private static func replays(_ replays: Conduct.Replays) -> String {
    replays.sent == 0 ? "0" : "\(replays.sent), \(percent(replays.successShare))"
  }

  // MARK: Over all

  private static func conduct(_ tally: Tally) -> [String] {
    let conduct = tally.conduct
    let later = conduct.allAfterCanary
    let figures: [(String, String)] =
      [
        ("worlds", "\(tally.seeds)"),
        ("worlds that lost more with healing on", "\(tally.worse.count)"),
        ("replays after the canary that failed again", "\(later.sent - later.arrived) of \(later.sent)"),
        ("most replays an endpoint got within a minute; its budget", "\(conduct.mostInMinute); \(Tally.replayBudget)"),
        ("deliveries replayed twice", "\(conduct.askedTwice)"),
        ("asked to be replayed when they had just arrived, not sent", "\(conduct.askedInVain)"),
        ("held back by a throttle that would have arrived", "\(tally.total.heldBackThatArrive)"),
        ("heals in a fault of the platform, but for its first 30 s", "\(conduct.healsInPlatformFault)"),
      ]
      + conduct.actions.sorted { $0.key < $1.key }.map { ("`\($0.key)`", "\($0.value)") }
    return ["| | |", "| --- | ---: |"] + figures.map { "| \($0) | \($1) |" }
  }
}
