/// Whether an endpoint fails more than it normally does, judged at each first attempt by two CUSUMs side by side.
///
/// Each is quickest for the rate that it is tuned to (Moustakides, Ann. Statist. 14, 1986): the one for most attempts failing finds an
/// outage by few failures, the other finds a smaller rise in much less time than the first would. They share the budget.
struct FailureStreak: Sendable, BitwiseCopyable {
  /// Tuned to half of the attempts, or halfway to all where a fifth and more is normal.
  private(set) var outage = BernoulliCUSUM()
  /// Tuned to a fifth of the attempts more than is normal.
  private(set) var partial = BernoulliCUSUM()
  /// The rate that is normal, p₀.
  private(set) var normalRate: Float = 0
  /// ln of the attempts that may pass between two false alarms.
  private var logRunLength: Float = 0
  /// Milliseconds, the lower half of them: they go round in 49 days.
  private var cellStart: UInt32

  /// Failures closer together than this are partly one event: a batch that fails as a whole.
  static let cellMillis: Int64 = 2000
  /// Records that are later than this are of a cell of their own.
  private static let maxLateMillis: Int32 = 3_600_000
  private static let failingRate = 0.5
  private static let partialRise = 0.2
  private static let minNormalRate = 0.005
  /// ln of a likelihood ratio: 55.
  private static let tellingScore: Float = 4
  /// ln of the attempts between two false alarms by e^h. By the chain of `StreakLatency` they are 6 and 13 times e^h where 2 to 10 %
  /// are normal, and more below. What is taken off divides the budget: 0.37 and 0.61 of it, which the two use together in part.
  private static let outageRunLength: Float = 1.79 - 1
  private static let partialRunLength: Float = 2.56 - 0.5

  init(minute: Int64) { cellStart = UInt32(truncatingIfNeeded: minute * 60_000) }

  struct Calibration {
    /// The endpoint's failure rate, and its uncertainty.
    var rate: Double
    var standardError: Double
    /// ln of the attempts that may pass between two false alarms.
    var logRunLength: Double
  }

  mutating func calibrate(_ calibration: Calibration) {
    let normal = min(max(Self.minNormalRate, calibration.rate + calibration.standardError), 0.95)
    let failing = normal > 0.2 ? (1 + normal) / 2 : Self.failingRate
    normalRate = Float(normal)
    logRunLength = Float(calibration.logRunLength)
    outage.tune(normal: normal, failing: failing)
    partial.tune(normal: normal, failing: min(normal + Self.partialRise, failing))
    outage.cap(at: outageLimit)
    partial.cap(at: partialLimit)
  }

  var outageLimit: Float { outage.limit(runLength: logRunLength - Self.outageRunLength) }
  var partialLimit: Float { partial.limit(runLength: logRunLength - Self.partialRunLength) }

  /// Failures that may raise a score within a cell.
  static func maxFailuresPerCell(isBursty: Bool) -> Float { isBursty ? 1 : 3 }

  /// - Returns: Whether this is a failure that brings, or keeps, a score at its limit.
  mutating func observe(failed: Bool, at: Timestamp, isBursty: Bool) -> Bool {
    let millis = UInt32(truncatingIfNeeded: at.millis)
    let ahead = Int32(truncatingIfNeeded: millis &- cellStart)
    if ahead >= Self.cellMillis || ahead < -Self.maxLateMillis {
      cellStart = millis
      outage.beginCell()
      partial.beginCell()
    }
    let maxFailures = Self.maxFailuresPerCell(isBursty: isBursty)
    let isOutage = outage.observe(failed: failed, limit: outageLimit, maxFailuresPerCell: maxFailures)
    let isPartial = partial.observe(failed: failed, limit: partialLimit, maxFailuresPerCell: maxFailures)
    return isOutage || isPartial
  }

  /// The one that is nearer to its limit.
  var stronger: (score: Float, limit: Float) {
    partial.score * outageLimit > outage.score * partialLimit
      ? (partial.score, partialLimit) : (outage.score, outageLimit)
  }

  /// At most half the limit of the one.
  private var isLowForOutage: Bool { outage.score <= outageLimit / 2 }

  /// The level of recovery: half the limit of the one; of the other as many successes below its limit as that takes.
  var isLow: Bool {
    isLowForOutage
      && (partialLimit - partial.score) * outage.onSuccess <= outageLimit / 2 * partial.onSuccess
  }

  /// What it adds to its tenant's score where it does: so much of it that the sum must stand without the worst endpoint.
  func scoreToPool(isFailing: Bool) -> Float {
    isFailing || !isLowForOutage ? min(outage.score, Float(FleetLevels.share) * outageLimit) : 0
  }

  /// Whether the present failures are more than the background's: the first of an endpoint that never fails, and the second in a row of one
  /// that does now and then.
  var isTelling: Bool { outage.score >= Self.tellingScore }

  /// It has recovered: what is left of the evidence is at most half of what raises it, or a single failure in the background would.
  mutating func settle() {
    outage.cap(at: outageLimit / 2)
    partial.cap(at: partialLimit / 2)
  }

  mutating func reset() {
    outage.reset()
    partial.reset()
  }

  var isSound: Bool {
    outage.isSound && partial.isSound && normalRate >= 0 && normalRate < 1 && logRunLength.isSound
  }
}
