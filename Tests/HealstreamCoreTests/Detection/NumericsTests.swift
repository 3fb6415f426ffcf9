import Testing

@testable import HealstreamCore

@Suite struct NumericsTests {
  @Test(
    arguments: [
      (1e-300, -690.7755278982137), (1e-05, -11.512925464970229), (0.1, -2.3025850929940455),
      (0.5, -0.6931471805599453),
      (0.999999, -1.000000500029089e-06), (1.0, 0.0), (1.0000001, 9.999999505838704e-08), (2.0, 0.6931471805599453),
      (10.0, 2.302585092994046), (12345.678, 9.421061321291832), (1e+300, 690.7755278982137),
    ] as [(Double, Double)])
  func `the logarithm is right to the last place but one`(x: Double, expected: Double) {
    let error = (Numerics.log(x) - expected).magnitude
    #expect(error <= 2 * expected.ulp)
  }

  @Test(
    arguments: [
      (0.5, 0.5723649429247004), (1.0, 0.0), (1.5, -0.12078223763524543), (2.0, 0.0), (3.0, 0.693147180559945),
      (10.0, 12.801827480081467), (100.5, 361.4355404677776), (1e5, 1051287.7089736566), (1e9, 19723265827.503716),
    ] as [(Double, Double)])
  func `the logarithm of the gamma function is right to twelve places`(x: Double, expected: Double) {
    #expect((Numerics.logGamma(x) - expected).magnitude <= 1e-12 * max(1, expected.magnitude))
  }

  // Exact values by rational arithmetic.
  @Test(
    arguments: [
      (4, 5, 1.0 / 100, -16.81927500321553), (30, 100, 1.0 / 13, -23.70323893968734),
      (200, 1000, 1.0 / 13, -79.67709998916871), (5, 5, 1.0 / 2, -3.4657359027997265),
      (8, 100, 1.0 / 13, -0.6785897089803541),
    ] as [(Int, Int, Double, Double)])
  func `a binomial tail is its sum`(k: Int, n: Int, p: Double, expected: Double) {
    let tail = Numerics.logBinomialTail(atLeast: k, of: n, p: p)
    #expect((tail - expected).magnitude < 1e-9 * max(1, expected.magnitude))
    #expect(Numerics.logBinomialTailFloor(atLeast: k, of: n, p: p) <= tail)
  }

  @Test func `at or below the mean a tail is all`() {
    #expect(Numerics.logBinomialTail(atLeast: 10, of: 100, p: 0.1) == 0)
    #expect(Numerics.logBinomialTail(atLeast: 0, of: 0, p: 0.1) == 0)
    #expect(Numerics.logBinomialTail(atLeast: 3, of: 2, p: 0.1) == -.infinity)
  }

  @Test func `a power takes bounded steps`() {
    #expect(Numerics.pow(0.5, 10) == 1.0 / 1024)
    #expect(Numerics.pow(0.99, 0) == 1)
    #expect(Numerics.pow(0.99, .max) == 0)
  }
}
