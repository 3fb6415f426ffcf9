/// Logarithms and binomial tails from + − × ÷ and bit operations alone, so that a level crossed on one machine is crossed on every one.
enum Numerics {
  private static let ln2 = 0.693_147_180_559_945_309_417
  static let ln10 = 2.302_585_092_994_045_684_018

  /// The natural logarithm of a positive, finite, normal number; within 2 units in the last place, or 2e-16 near 1.
  ///
  /// x = m · 2^e with m in √½…√2, and ln m = 2 artanh s = 2 (s + s³/3 + s⁵/5 + …) for s = (m − 1)/(m + 1), |s| ≤ 0.1716.
  static func log(_ x: Double) -> Double {
    precondition(x.isNormal && x > 0, "the logarithm of what is not a positive normal number")
    var exponent = Int(x.bitPattern >> 52) - 1023
    var mantissa = Double(bitPattern: x.bitPattern & 0x000F_FFFF_FFFF_FFFF | 0x3FF0_0000_0000_0000)
    if mantissa > 1.414_213_562_373_095_1 {
      mantissa /= 2
      exponent += 1
    }
    let s = (mantissa - 1) / (mantissa + 1)
    let square = s * s
    var series = 0.0
    var divisor = 23.0
    while divisor > 0 {
      series = series * square + 1 / divisor
      divisor -= 2
    }
    return Double(exponent) * ln2 + 2 * s * series
  }

  /// base^power by repeated squaring; a bounded number of steps whatever the power.
  static func pow(_ base: Double, _ power: Int64) -> Double {
    precondition(power >= 0)
    var result = 1.0
    var square = base
    var rest = power
    while rest > 0 {
      if rest & 1 == 1 { result *= square }
      square *= square
      rest >>= 1
    }
    return result
  }

  /// ln Γ(x) for x > 0 by Stirling's series (Abramowitz and Stegun 6.1.41), after lifting x above 10 with Γ(x + 1) = x Γ(x).
  static func logGamma(_ x: Double) -> Double {
    precondition(x > 0 && x.isFinite)
    var lifted = x
    var product = 1.0
    while lifted < 10 {
      product *= lifted
      lifted += 1
    }
    let inverse = 1 / lifted
    let square = inverse * inverse
    var correction = -691.0 / 360_360
    for term in [1.0 / 1188, -1.0 / 1680, 1.0 / 1260, -1.0 / 360, 1.0 / 12] { correction = correction * square + term }
    let halfLogTwoPi = 0.918_938_533_204_672_741_780
    return (lifted - 0.5) * log(lifted) - lifted + halfLogTwoPi + correction * inverse - log(product)
  }

  /// ln P(X ≥ k) for X ~ Binomial(n, p); 0 (that is P = 1) where k is at or below the mean, which no test here asks about.
  ///
  /// The sum begins at its largest term and stops where terms no longer count: about √n terms.
  static func logBinomialTail(atLeast k: Int, of n: Int, p: Double) -> Double {
    precondition(k >= 0 && n >= 0 && p > 0 && p < 1)
    guard Double(k) > Double(n) * p else { return 0 }
    guard k <= n else { return -.infinity }
    var term = 1.0
    var sum = 1.0
    let odds = p / (1 - p)
    var j = k
    while j < n {
      term *= Double(n - j) / Double(j + 1) * odds
      sum += term
      if term < sum * 1e-17 { break }
      j += 1
    }
    return logBinomialTerm(k, of: n, p: p) + log(sum)
  }

  /// A lower bound of `logBinomialTail`, from the divergence of k/n from p (Ash, Information Theory, lemma 4.7.2): logarithms only.
  static func logBinomialTailFloor(atLeast k: Int, of n: Int, p: Double) -> Double {
    guard k > 0, k < n else { return -.infinity }
    let share = Double(k) / Double(n)
    guard share > p else { return 0 }
    let divergence = share * log(share / p) + (1 - share) * log((1 - share) / (1 - p))
    return -Double(n) * divergence - log(8 * Double(k) * (1 - share)) / 2
  }

  private static func logBinomialTerm(_ k: Int, of n: Int, p: Double) -> Double {
    let choices = logGamma(Double(n) + 1) - logGamma(Double(k) + 1) - logGamma(Double(n - k) + 1)
    return choices + Double(k) * log(p) + Double(n - k) * log(1 - p)
  }
}
