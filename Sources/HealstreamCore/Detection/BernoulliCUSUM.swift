/// A Bernoulli CUSUM over first attempts: evidence, in logarithms of likelihood, that failures come at a rate p₁ rather than at p₀.
///
/// S ← min(h, max(0, S + ln(p₁/p₀))) at a failure, + ln((1 − p₁)/(1 − p₀)) at a success; the alarm is a failure that brings S to h
/// (Reynolds and Stoumbos, J. Quality Technology 31, 1999). Held at h, so that recovery takes the same whatever came before.
struct BernoulliCUSUM: Sendable, BitwiseCopyable {
  private(set) var score: Float = 0
  private var cellBase: Float = 0
  /// What a failure adds, and what a success takes (at most 0).
  private(set) var onFailure: Float = 0
  private(set) var onSuccess: Float = 0

  private static let minFailuresToRaise: Float = 3.1
  private static let minLimit: Float = 9

  mutating func tune(normal: Double, failing: Double) {
    onFailure = Float(Numerics.log(failing / normal))
    onSuccess = Float(Numerics.log((1 - failing) / (1 - normal)))
  }

  /// h: what the run length asks for, but never so little that a few failures would do.
  /// - Parameter runLength: ln of what e^h is to be.
  func limit(runLength: Float) -> Float { max(Self.minFailuresToRaise * onFailure, Self.minLimit, runLength) }

  mutating func cap(at limit: Float) { score = min(score, limit) }

  /// From here on the score may rise as far as the failures of one cell may raise it.
  mutating func beginCell() { cellBase = score }

  /// - Returns: Whether this is a failure that brings, or keeps, the score at its limit.
  mutating func observe(failed: Bool, limit: Float, maxFailuresPerCell: Float) -> Bool {
    if failed {
      score = min(limit, score + onFailure, max(score, cellBase + maxFailuresPerCell * onFailure))
    } else {
      score = max(0, score + onSuccess)
      cellBase = min(cellBase, score)
    }
    return failed && score >= limit
  }

  mutating func reset() {
    score = 0
    cellBase = 0
  }

  var isSound: Bool {
    score.isSound && cellBase.isSound && onFailure.isSound && onSuccess <= 0 && onSuccess.magnitude.isSound
  }
}
