/// A Bernoulli CUSUM over first attempts: evidence, in logarithms of likelihood, that an endpoint fails more than it normally does.
///
/// S ← min(h, max(0, S + ln(p₁/p₀))) at a failure, + ln((1 − p₁)/(1 − p₀)) at a success; the alarm is a failure that brings S to h
/// (Reynolds and Stoumbos, J. Quality Technology 31, 1999). Held at h, it takes about ten successes to come down again.
struct FailureStreak: Sendable, BitwiseCopyable {
  private var cellStart = Int64.min
  private var cellBase: Float = 0
  private(set) var score: Float = 0
  private(set) var limit: Float = 0
  /// The rate that is normal, p₀.
  private(set) var normalRate: Float = 0
  /// What a failure adds, what a success takes (at most 0), and by how much it may rise within a cell.
  private(set) var onFailure: Float = 0
  private(set) var onSuccess: Float = 0
  private(set) var maxRisePerCell: Float = 0

  /// Failures closer together than this are partly one event: a batch that fails as a whole.
  static let cellMillis: Int64 = 2000
  /// What counts as failing: half of the attempts, or halfway to all where a fifth and more is normal.
  private static let failingRate = 0.5
  private static let minFailuresToRaise = 3.1
  private static let minNormalRate = 0.005
  private static let minLimit = 9.0

  struct Calibration {
    /// The endpoint's failure rate, and its uncertainty.
    var rate: Double
    var standardError: Double
    /// ln of the attempts that may pass between two false alarms.
    var logRunLength: Double
    var isBursty: Bool
  }

  mutating func calibrate(_ calibration: Calibration) {
    let normal = min(max(Self.minNormalRate, calibration.rate + calibration.standardError), 0.95)
    let failing = normal > 0.2 ? (1 + normal) / 2 : Self.failingRate
    let rise = Numerics.log(failing / normal)
    normalRate = Float(normal)
    onFailure = Float(rise)
    onSuccess = Float(Numerics.log((1 - failing) / (1 - normal)))
    maxRisePerCell = (calibration.isBursty ? 1 : 3) * onFailure
    limit = Float(max(Self.minFailuresToRaise * rise, Self.minLimit, calibration.logRunLength))
    score = min(score, limit)
  }

  /// - Returns: Whether this is a failure that brings, or keeps, the score at its limit.
  mutating func observe(failed: Bool, at: Timestamp) -> Bool {
    if at.millis >= cellStart + Self.cellMillis || cellStart == .min {
      cellStart = at.millis
      cellBase = score
    }
    if failed {
      score = min(limit, score + onFailure, max(score, cellBase + maxRisePerCell))
    } else {
      score = max(0, score + onSuccess)
      cellBase = min(cellBase, score)
    }
    return failed && score >= limit
  }

  /// At most half the limit: the level of recovery.
  var isLow: Bool { score <= limit / 2 }

  mutating func reset() {
    score = 0
    cellBase = 0
  }

  var isSound: Bool {
    Timestamp(millis: cellStart).isMomentOrNever && score.isSound && limit.isSound && cellBase.isSound
      && normalRate >= 0 && normalRate < 1 && onFailure.isSound && onSuccess <= 0 && onSuccess.magnitude.isSound
      && maxRisePerCell.isSound
  }
}
