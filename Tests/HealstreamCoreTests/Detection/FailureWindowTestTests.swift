import Testing

@testable import HealstreamCore

@Suite struct FailureWindowTestTests {
  /// An hour and a quarter of ten attempts a minute of which `before` of a hundred fail, then five minutes of which `now` do.
  static func history(before: Int, now: Int, flood: Int = 1) -> KeyHistory {
    var history = KeyHistory(minute: 0)
    for minute in Int64(0)..<80 {
      _ = history.advance(to: minute, fleetDispersion: 1)
      for number in 0..<(10 * (minute >= 75 ? flood : 1)) {
        let failing = minute >= 75 ? now : before
        history.add(failed: (Int(minute) * 10 + number) * 37 % 100 < failing, atMinute: minute)
      }
    }
    return history
  }

  private func evidence(_ history: KeyHistory) -> Double {
    FailureWindowTest.evidence(history, normalRate: 0.05, dispersion: 1)
  }

  @Test func `failures as usual tell nothing, many tell much`() {
    #expect(evidence(Self.history(before: 5, now: 5)) < 3)
    #expect(evidence(Self.history(before: 5, now: 60)) > 30)
  }

  @Test func `a flood that fails as often as before tells nothing`() {
    #expect(evidence(Self.history(before: 5, now: 5, flood: 10)) < 5)
  }

  @Test func `what the last hour explains tells little, whatever the normal rate`() {
    #expect(evidence(Self.history(before: 40, now: 45)) < 5)
  }
}
