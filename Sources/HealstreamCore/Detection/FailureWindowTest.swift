/// How unlikely the failures of a key's last five minutes are by chance: for the words and the significance of what the CUSUM has raised.
///
/// Exposure is attempts, not time, so that jobs, floods and the rhythm of the day cancel out. Two exact tests, of which the weaker
/// counts: against the failures of the last clean hour (the conditional test of `TrafficTest`), and against the rate that is normal. Counts are
/// divided by the dispersion factor.
struct FailureWindowTest {
  /// Attempts at the normal rate that stand beside the clean hour's.
  private static let priorAttempts = 20.0

  /// −ln of the probability; 0 where there is nothing unlikely.
  static func evidence(_ history: KeyHistory, normalRate: Double, dispersion: Double) -> Double {
    let recent = history.windows.recent
    let hour = history.cleanHour.sum
    let failures = Int(Double(recent.failures) / dispersion)
    let attempts = max(failures, Int((Double(recent.attempts) / dispersion).rounded(.up)))
    guard failures > 0, normalRate > 0, normalRate < 1 else { return 0 }
    let byRate = Numerics.logBinomialTail(atLeast: failures, of: attempts, p: normalRate)
    let before = (Double(hour.failures) + priorAttempts * normalRate) / dispersion
    let share = Double(recent.attempts) / (Double(recent.attempts) + Double(hour.attempts) + priorAttempts)
    let byHour = Numerics.logBinomialTail(atLeast: failures, of: failures + Int(before.rounded(.up)), p: share)
    return -max(byRate, byHour)
  }
}
