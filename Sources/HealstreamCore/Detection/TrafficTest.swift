/// Whether a key's last five minutes hold more first attempts than the last hour, this slot of the hour and this time of day explain.
///
/// The exact conditional test for two Poisson counts, the binomial of the recent among all (Cousins, Linnemann and Tucker,
/// Nucl. Instrum. Methods A 595, 2008), with both counts divided by the dispersion factor. The window is always charged as five full
/// minutes: a job that drops a hundred deliveries in its first two seconds is not "expected so far".
struct TrafficTest {
  /// ln of the probability at which it is an alarm.
  let logAlpha: Double
  /// Recent against baseline.
  let minRatio: Double

  private static let minExcess = 5.0
  private static let minBaselineAttempts = 30
  /// Of the window and the hour together, the window's part.
  private static let windowShare = 1.0 / 13
  private static let maxDispersionOfPeaks = 6.0

  /// The cheapest refusal, of nearly all events: few bytes are looked at.
  func mayAlarm(recent: Sums, hour: Sums) -> Bool {
    Double(recent.attempts) * 12 > minRatio * Double(hour.attempts) && Double(recent.attempts) >= Self.minExcess
  }

  /// ln of the probability that chance did this, where it is an alarm; `nil` where it is none. Cheap refusals come first.
  func alarm(_ history: KeyHistory, dispersion: Double) -> Double? {
    alarm(
      recent: history.windows.recent.attempts, history.cleanHour,
      peak: { history.peaks.expected(at: history.windows.minute) }, dispersion)
  }

  /// The same where so many came in the last five minutes, at a time whose known peak is `peak`.
  func alarm(recent: UInt32, _ hour: CleanHour, peak: () -> Double, _ dispersion: Double) -> Double? {
    guard mayAlarm(recent: Sums(attempts: recent), hour: hour.sum),
      Double(recent) >= hour.attemptsPerBlock + Self.minExcess, canJudge(hour),
      exceeds(peak(), Double(recent), dispersion)
    else { return nil }
    return logProbability(recent: recent, hour: hour.sum.attempts, dispersion: dispersion)
  }

  /// Whether there is enough of a clean hour to judge anything by.
  func canJudge(_ hour: CleanHour) -> Bool { hour.isFull && hour.sum.attempts >= Self.minBaselineAttempts }

  /// ln of the probability that so many of both come in the five minutes, where it is small enough for an alarm.
  func logProbability(recent: UInt32, hour: UInt32, dispersion: Double) -> Double? {
    let k = Int(Double(recent) / dispersion)
    let n = k + Int((Double(hour) / dispersion).rounded(.up))
    guard Numerics.logBinomialTailFloor(atLeast: k, of: n, p: Self.windowShare) < logAlpha else { return nil }
    let logProbability = Numerics.logBinomialTail(atLeast: k, of: n, p: Self.windowShare)
    return logProbability < logAlpha ? logProbability : nil
  }

  /// Both by ratio and by what two counts of that size may differ.
  private func exceeds(_ peak: Double, _ recent: Double, _ dispersion: Double) -> Bool {
    guard recent > minRatio * peak else { return false }
    let z = 2.25 + 0.15 * max(0, -13.7 - logAlpha)
    let deviation = ((recent + peak) * min(dispersion, Self.maxDispersionOfPeaks)).squareRoot()
    return recent - peak >= z * deviation
  }
}
