/// A long-run failure rate with two days' memory, by blocks of five minutes.
struct DecayedRate: Sendable, BitwiseCopyable {
  private(set) var attempts = 0.0
  private(set) var failures = 0.0
  /// Blocks remembered, each by what is left of it.
  private var weight: Float = 0
  private var block: Int32

  private static let keep = 1 - 1.0 / 576
  private static let blocksPerDay = 288.0

  init(block: Int64) { self.block = Int32(clamping: block) }

  /// Adds what `newBlocks` blocks up to `block` held.
  mutating func add(_ sums: Sums, upTo block: Int64) {
    decay(to: block)
    attempts += Double(sums.attempts)
    failures += Double(sums.failures)
  }

  /// Time passes; backwards never.
  mutating func decay(to later: Int64) {
    guard later > Int64(block) else { return }
    let kept = Numerics.pow(Self.keep, later - Int64(block))
    attempts *= kept
    failures *= kept
    weight = Float(Double(weight) * kept + (1 - kept) / (1 - Self.keep))
    block = Int32(clamping: later)
  }

  /// Time passes that is not to be learnt from, nor to be forgotten over.
  mutating func pass(to later: Int64) { block = max(block, Int32(clamping: later)) }

  var attemptsPerDay: Double { weight > 0 ? attempts / Double(weight) * Self.blocksPerDay : 0 }

  /// The rate, leaning on `prior` by as many attempts as `priorAttempts`.
  func rate(prior: Double, priorAttempts: Double) -> Double {
    (failures + priorAttempts * prior) / (attempts + priorAttempts)
  }

  /// The same without what `part` has contributed.
  func rate(without part: DecayedRate, prior: Double, priorAttempts: Double) -> Double {
    let otherAttempts = max(0, attempts - part.attempts)
    let otherFailures = min(max(0, failures - part.failures), otherAttempts)
    return (otherFailures + priorAttempts * prior) / (otherAttempts + priorAttempts)
  }
}

extension DecayedRate: StateWord {
  var isSound: Bool { attempts.isSound && failures >= 0 && failures <= attempts && weight.isSound }
}
