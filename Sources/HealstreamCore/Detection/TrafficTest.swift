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
  /// Blocks beside those of an hour before: what a key of a bursty fleet may differ by is known only then.
  private static let minComparisons: UInt32 = 3
  /// Of the window and the hour together, the window's part.
  private static let windowShare = 1.0 / 13
  private static let maxDispersionOfPeaks = 6.0
  /// Recent against a known peak that chance explains; and how many standard deviations above such a one, and a job's.
  private static let minRatioToChance = 1.4
  private static let minDeviationsToChance = 1.75
  private static let minDeviationsToJob = 2.25

  /// The cheapest refusal, of nearly all events: few bytes are looked at.
  @inline(__always)
  func mayAlarm(recent: Sums, hour: Sums) -> Bool {
    hour.attempts >= Self.minBaselineAttempts && Double(recent.attempts) >= Self.minExcess
      && Double(recent.attempts) * 12 > minRatio * Double(hour.attempts)
  }

  /// ln of the probability that chance did this, where it is an alarm; `nil` where it is none. Cheap refusals come first.
  func alarm(_ history: KeyHistory, dispersion: Double) -> Double? {
    alarm(
      recent: history.windows.recent.attempts, history,
      peak: { history.peaks.expected(at: history.windows.minute) }, dispersion)
  }

  /// The same where so many came in the last five minutes, at a time whose known peak is `peak`.
  func alarm(recent: UInt32, _ history: KeyHistory, peak: () -> Double, _ dispersion: Double) -> Double? {
    let hour = history.cleanHour
    guard mayAlarm(recent: Sums(attempts: recent), hour: hour.sum),
      Double(recent) >= hour.attemptsPerBlock + Self.minExcess, canJudge(history),
      exceeds(peak(), Double(recent), usual: hour.attemptsPerBlock, min(dispersion, Self.maxDispersionOfPeaks))
    else { return nil }
    return logProbability(recent: recent, hour: hour.sum.attempts, dispersion: dispersion)
  }

  /// Whether there is enough to judge anything by.
  func canJudge(_ history: KeyHistory) -> Bool {
    knowsTraffic(history) && history.cleanHour.sum.attempts >= Self.minBaselineAttempts
  }

  /// Whether there has been a clean hour, and some of another to tell by how much they differ when nothing is wrong.
  func knowsTraffic(_ history: KeyHistory) -> Bool {
    history.cleanHour.isFull && history.dispersion.comparisonCount >= Self.minComparisons
  }

  /// ln of the probability that so many of both come in the five minutes, where it is small enough for an alarm.
  func logProbability(recent: UInt32, hour: UInt32, dispersion: Double) -> Double? {
    let k = Int(Double(recent) / dispersion)
    let n = k + Int((Double(hour) / dispersion).rounded(.up))
    guard Numerics.logBinomialTailFloor(atLeast: k, of: n, p: Self.windowShare) < logAlpha else { return nil }
    let logProbability = Numerics.logBinomialTail(atLeast: k, of: n, p: Self.windowShare)
    return logProbability < logAlpha ? logProbability : nil
  }

  /// Both by ratio and by what two counts of that size may differ. A peak that is more than chance is a job's, of which the next may
  /// be larger; above one that is not, the test against the hour says what is unlikely, and less is asked for.
  private func exceeds(_ peak: Double, _ recent: Double, usual: Double, _ dispersion: Double) -> Bool {
    let isJob = peak > Self.largestByChance(usual: usual, dispersion)
    guard recent > (isJob ? minRatio : min(minRatio, Self.minRatioToChance)) * peak else { return false }
    let z = (isJob ? Self.minDeviationsToJob : Self.minDeviationsToChance) + 0.15 * max(0, -13.7 - logAlpha)
    return recent - peak >= z * ((recent + peak) * dispersion).squareRoot()
  }

  /// What the largest of some hundred counts may come to where all have the same mean, by chance and by the rounding of a peak. Twice
  /// the mean is a job's anyway: of a sparse key chance and jobs cannot be told apart.
  private static func largestByChance(usual: Double, _ dispersion: Double) -> Double {
    min(2 * usual, KnownPeaks.maxRounding * (usual + 5 * (dispersion * usual).squareRoot()))
  }
}
