import HealstreamCore

/// Verdicts on failed attempts, against a plain sequence of searches.
enum TriageBench: Bench {
  static let name = "triage"
  static let summary = "verdicts on failed attempts, against searches one after the other"

  private static let defaultEvents = 50_000
  /// The searches take so much longer.
  private static let plainShare = 20

  static func run(_ options: BenchOptions, _ say: (String) -> Void) throws -> [[BenchFigure]] {
    let texts = FailureTexts.all
    let attempts = texts.map(\.attempt)
    let plain = try PlainTriage()
    var triage = try Triage()
    let repeats = max(1, (options.events ?? defaultEvents) / texts.count)
    let plainRepeats = max(1, repeats / plainShare)
    say("judging \(repeats * texts.count) failed attempts, \(options.rounds) times")
    let rounds = try Rounds(
      options.rounds,
      [
        { measure(repeats, attempts) { triage.verdict(for: $0).category } },
        { measure(plainRepeats, texts) { plain.category(of: $0) } },
      ])
    let cost = rounds.cost(of: 0)
    let bytes = Double(texts.reduce(0) { $0 + $1.byteCount }) / Double(texts.count)
    return [
      [
        BenchFigure("events", Double(repeats * texts.count), "failed attempts"),
        BenchFigure("bytes_per_event", bytes, "bytes of error and body"),
      ] + .cost(cost) + [BenchFigure("ns_per_byte", cost.median / bytes, "ns")]
        + .speed(rounds.ratio(of: 1, to: 0), baseline: rounds.cost(of: 1), "searches")
    ]
  }

  /// - Returns: nanoseconds of the processor's for one verdict.
  private static func measure<Text>(_ repeats: Int, _ texts: [Text], _ judge: (Text) -> HealstreamCore.Category)
    -> Double
  {
    var known = 0
    let time = Duration.processorTime {
      for _ in 0..<repeats {
        for text in texts where judge(text) != .unknown { known += 1 }
      }
    }
    precondition(known > 0, "some causes are known")
    return time.nanoseconds / Double(repeats * texts.count)
  }
}
