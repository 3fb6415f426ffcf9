/// How much burstier a key's traffic is than a Poisson process, from differences against the same five minutes an hour before.
///
/// Hourly jobs and the rhythm of the day drop out of such differences, so that they cannot blow the factor up. The correction is
/// the quasi-Poisson scaling of outbreak detection (Farrington et al., J. R. Stat. Soc. A 159, 1996).
struct Dispersion: Sendable, BitwiseCopyable {
  private var variance: Float = 0
  private var mean: Float = 0
  /// Blocks that have been compared, but for pairs of empty ones, which tell nothing.
  private(set) var comparisonCount: UInt32 = 0

  /// A day's memory.
  private static let memoryBlocks = 288.0
  private static let keep = Float(1 - 1 / memoryBlocks)
  /// A single block counts at most 25 times its share, or a job once a day would blind the test for the rest of it.
  private static let maxShare: Float = 25
  /// The fleet's factor stands beside the key's own like so many comparisons, and at least so many attempts: a difference or two
  /// of a busy key are next to nothing, however many attempts they are of.
  private static let priorComparisons = 6.0
  private static let minPriorMean = 5.0
  static let range = 1.0...20.0

  /// - Returns: The block's own variance by its mean; `nil` where both blocks are empty.
  mutating func add(_ count: UInt32, anHourAgo before: UInt32, factor: Double) -> Double? {
    let difference = Float(count) - Float(before)
    let blockMean = (Float(count) + Float(before)) / 2
    let blockVariance = min(difference * difference / 2, Self.maxShare * Float(factor) * blockMean)
    variance = variance * Self.keep + blockVariance
    mean = mean * Self.keep + blockMean
    guard blockMean > 0 else { return nil }
    comparisonCount = comparisonCount == .max ? .max : comparisonCount + 1
    return Double(blockVariance / blockMean)
  }

  /// `blocks` empty blocks pass after an hour of empty ones.
  mutating func skip(blocks: Int64) {
    let kept = Float(Numerics.pow(Double(Self.keep), blocks))
    variance *= kept
    mean *= kept
  }

  /// The factor as it is known, with caution while the key is young.
  func factor(fleet: Double) -> Double {
    let caution = 1 + 3 / (Double(comparisonCount) + Self.priorComparisons).squareRoot()
    return min(max(estimate(fleet: fleet) * caution, Self.range.lowerBound), Self.range.upperBound)
  }

  /// Leans on the fleet's factor while the key is young.
  func estimate(fleet: Double) -> Double {
    let meanOfBlock = Double(mean) / min(max(Double(comparisonCount), 1), Self.memoryBlocks)
    let priorMean = max(Self.minPriorMean, Self.priorComparisons * meanOfBlock)
    return (Double(variance) + priorMean * fleet) / (Double(mean) + priorMean)
  }

  var isSound: Bool { variance.isSound && mean.isSound }
}
