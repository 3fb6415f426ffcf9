/// After how many first attempts a Bernoulli CUSUM alarms when a share of them fails: the run length's distribution, by the Markov chain
/// of Brook and Evans (Biometrika 59, 1972).
///
/// The score from 0 to its limit is cut into states of equal width; an attempt moves the probability of each by the two increments,
/// shared between the nearest two states. It starts at 0, which real scores are at nearly always.
struct StreakLatency: Equatable, Sendable {
  /// `nil` where it takes more than `maxAttempts`.
  let meanAttempts: Double?
  let medianAttempts: Int?

  static let maxAttempts = 4000
  private static let stateCount = 160
  /// What may be left when the mean is taken.
  private static let negligible = 1e-4

  init(_ chart: BernoulliCUSUM, limit: Float, failing share: Double) {
    precondition(share >= 0 && share <= 1)
    let perState = Double(limit) / Double(Self.stateCount)
    var chain = Chain(up: Double(chart.onFailure) / perState, down: -Double(chart.onSuccess) / perState)
    var mean = 0.0
    var median: Int?
    for attempt in 1...Self.maxAttempts {
      // E N = Σ P(N > n)
      mean += chain.remaining
      chain.step(failing: share)
      if median == nil, chain.remaining <= 0.5 { median = attempt }
      if chain.remaining <= Self.negligible { break }
    }
    meanAttempts = chain.remaining <= Self.negligible ? mean : nil
    medianAttempts = median
  }

  private struct Chain {
    private let up: Double
    private let down: Double
    private var states = [Double](repeating: 0, count: StreakLatency.stateCount)
    private(set) var remaining = 1.0

    /// - Parameters: what an attempt adds or takes, in states.
    init(up: Double, down: Double) {
      self.up = up
      self.down = down
      states[0] = 1
    }

    mutating func step(failing share: Double) {
      var next = [Double](repeating: 0, count: states.count)
      for state in states.indices where states[state] > 1e-12 {
        move(states[state] * share, to: Double(state) + up, in: &next)
        move(states[state] * (1 - share), to: max(0, Double(state) - down), in: &next)
      }
      states = next
      remaining = next.reduce(0, +)
    }

    /// What reaches the last state's end is absorbed.
    private func move(_ probability: Double, to place: Double, in next: inout [Double]) {
      guard probability > 0, place < Double(next.count) else { return }
      let lower = Int(place)
      let fraction = place - Double(lower)
      next[lower] += probability * (1 - fraction)
      if lower + 1 < next.count { next[lower + 1] += probability * fraction }
    }
  }
}
