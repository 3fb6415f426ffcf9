/// How much burstier a key's traffic is than a Poisson process, from differences against the same five minutes an hour before.
///
/// Hourly jobs and the rhythm of the day drop out of such differences, so that they cannot blow the factor up. The correction is
/// the quasi-Poisson scaling of outbreak detection (Farrington et al., J. R. Stat. Soc. A 159, 1996).
struct Dispersion: Sendable, BitwiseCopyable {
  private var variance: Float = 0
  private var mean: Float = 0
  private(set) var blockCount: UInt32 = 0

  /// A day's memory.
  private static let keep: Float = 1 - 1.0 / 288
  /// A single block counts at most 25 times its share, or a job once a day would blind the test for the rest of it.
  private static let maxShare: Float = 25
  private static let priorMean = 5.0
  static let range = 1.0...20.0

  /// A block passed for which there is nothing to compare with.
  mutating func pass() { blockCount = blockCount == .max ? .max : blockCount + 1 }

  /// - Returns: The block's own variance by its mean; `nil` where both blocks are empty.
  mutating func add(_ count: UInt32, anHourAgo before: UInt32, factor: Double) -> Double? {
    pass()
    let difference = Float(count) - Float(before)
    let blockMean = (Float(count) + Float(before)) / 2
    let blockVariance = min(difference * difference / 2, Self.maxShare * Float(factor) * blockMean)
    variance = variance * Self.keep + blockVariance
    mean = mean * Self.keep + blockMean
    return blockMean > 0 ? Double(blockVariance / blockMean) : nil
  }

  /// `blocks` empty blocks pass after an hour of empty ones.
  mutating func skip(blocks: Int64) {
    let kept = Float(Numerics.pow(Double(Self.keep), blocks))
    variance *= kept
    mean *= kept
    blockCount = UInt32(clamping: Int64(blockCount) + blocks)
  }

  /// Leans on the fleet's factor while the key is young, and is cautious then.
  func factor(fleet: Double) -> Double {
    let factor = (Double(variance) + Self.priorMean * fleet) / (Double(mean) + Self.priorMean)
    let caution = 1 + 3 / Double(max(blockCount, 1)).squareRoot()
    return min(max(factor * caution, Self.range.lowerBound), Self.range.upperBound)
  }

  var isSound: Bool { variance.isSound && mean.isSound }
}
