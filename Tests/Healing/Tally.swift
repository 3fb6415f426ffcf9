/// Many scenarios together.
package struct Tally: Sendable {
  package private(set) var seeds = 0
  package private(set) var losses: [Trouble.Kind?: Losses] = [:]
  package private(set) var conduct = Conduct()
  /// Seeds with which more was lost with healing on than off.
  package private(set) var worse: [UInt64] = []

  package init() {}

  package mutating func add(_ comparison: Comparison) {
    seeds += 1
    for (kind, losses) in comparison.losses { self.losses[kind, default: Losses()] += losses }
    conduct += comparison.conduct
    if comparison.isWorseWithHealing { worse.append(comparison.seed) }
  }

  package var total: Losses { losses.values.reduce(into: Losses()) { $0 += $1 } }

  /// What should hold, and does not.
  package var misses: [String] {
    var misses: [String] = []
    func expect(_ holds: Bool, _ miss: String) { if !holds { misses.append(miss) } }
    expect(total.spared > 0, "no fewer deliveries are lost with healing on")
    expect(worse.isEmpty, "more is lost with healing on with the seeds \(worse.sorted())")
    expect(
      conduct.allAfterCanary.successShare >= Self.leastSuccessShare,
      "\(Table.percent(conduct.allAfterCanary.successShare)) of the replays after the canary arrived, not 95 %")
    expect(
      conduct.mostInMinute <= Self.replayBudget, "an endpoint was sent \(conduct.mostInMinute) replays in a minute")
    expect(conduct.askedTwice == 0, "\(conduct.askedTwice) deliveries were to be replayed twice")
    expect(conduct.healsInPlatformFault == 0, "\(conduct.healsInPlatformFault) heals while the platform was at fault")
    return misses
  }

  static let leastSuccessShare = 0.95
  /// Replays a minute: a tenth of the live rate, but 5 at least, and no endpoint here has more than 50 a minute.
  static let replayBudget = 5
}
