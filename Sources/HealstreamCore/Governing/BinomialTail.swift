/// P(X ≥ successes) for X of a binomial distribution, as −log10 of it: exact sums of products in IEEE arithmetic, hence the
/// same bits everywhere, and no underflow however unlikely.
///
/// - Parameter chance: of one success, above 0 and below 1.
/// - Complexity: O(trials).
func binomialTailSignificance(successes: Int, trials: Int, chance: Double) -> Double {
  precondition(chance > 0 && chance < 1 && successes <= trials)
  guard Double(successes) > Double(trials) * chance else { return 0 }  // likelier than about a half
  var probability = ScaledProduct()  // of exactly so many successes
  for index in 1...successes {
    probability.multiply(by: Double(trials - successes + index) / Double(index) * chance)
  }
  probability.multiply(by: 1 - chance, times: trials - successes)
  // Each further term is the one before times a factor that falls.
  var sum = 1.0
  var term = 1.0
  for count in successes..<trials {
    term *= Double(trials - count) / Double(count + 1) * chance / (1 - chance)
    guard term > sum * 1e-16 else { break }
    sum += term
  }
  probability.multiply(by: sum)
  return max(0, -probability.log10)
}

/// A product of positive numbers of any size: significand × 2^exponent.
private struct ScaledProduct {
  private var significand = 1.0
  private var exponent = 0

  mutating func multiply(by factor: Double) {
    let product = significand * factor
    significand = product.significand
    exponent += Int(product.exponent)
  }

  /// By repeated squaring.
  mutating func multiply(by factor: Double, times: Int) {
    var power = ScaledProduct()
    power.multiply(by: factor)
    var rest = times
    while rest > 0 {
      if rest % 2 == 1 { multiply(by: power) }
      power.multiply(by: power)
      rest /= 2
    }
  }

  private mutating func multiply(by other: ScaledProduct) {
    multiply(by: other.significand)
    exponent += other.exponent
  }

  /// ln(significand) by the series of the inverse hyperbolic tangent, whose argument is at most 1/3.
  var log10: Double {
    let argument = (significand - 1) / (significand + 1)
    var power = argument
    var sum = 0.0
    for odd in stride(from: 1, through: 29, by: 2) {
      sum += power / Double(odd)
      power *= argument * argument
    }
    return (2 * sum + Double(exponent) * 0.693_147_180_559_945_3) / 2.302_585_092_994_046
  }
}
