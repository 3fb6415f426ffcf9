/// All that is kept of one endpoint of one tenant while it is quiet, side by side in memory and without a gap.
struct EndpointRow: Sendable, BitwiseCopyable {
  /// What stands for "none" where a number, a minute or an hour is kept.
  static let none: Int32 = -1
  static let never = Int64.min
  static let noHour = Int32.min

  var history: KeyHistory
  private var flags: UInt16
  var rate: DecayedRate
  var streak: FailureStreak
  var dispersion: Float = 1
  /// What it adds to its tenant's pooled score.
  var pooledScore: Float = 0
  let tenant: UInt32
  var evidence = none
  var alarm = none
  /// Hours since the epoch: of its last live delivery, and of the last of any kind.
  var activeHour = noHour
  var seenHour: Int32
  /// Of what its evidence holds.
  var failures = FailureFilter()
  var lastHeard = LastHeard()
  /// When the present run of failures began; `never` where the last first attempt succeeded.
  var runStartMinute = never

  init(tenant: Int, minute: Int64, isAggregate: Bool) {
    self.tenant = UInt32(tenant)
    flags = isAggregate ? Self.aggregateFlag : 0
    seenHour = Int32(clamping: floorDivide(minute, 60))
    history = KeyHistory(minute: minute)
    rate = DecayedRate(block: floorDivide(minute, CleanHour.blockMinutes))
    streak = FailureStreak(minute: minute)
  }

  /// Stands where a number is free.
  static let vacant = EndpointRow(tenant: 0, minute: 0, isAggregate: false)

  /// It stands for all endpoints for which there was no room: it is no address.
  var isAggregate: Bool { flags & Self.aggregateFlag != 0 }
  /// Its sender has told of a failed attempt: a dead letter is the end of one that was counted then.
  var tellsOfFailures: Bool { flags & Self.failuresFlag != 0 }
  mutating func noteFailureTold() { flags |= Self.failuresFlag }

  /// It sends in bursts, of which a part may fail as one.
  var isBursty: Bool {
    get { flags & Self.burstsFlag != 0 }
    set { flags = newValue ? flags | Self.burstsFlag : flags & ~Self.burstsFlag }
  }

  private static let aggregateFlag: UInt16 = 1
  private static let failuresFlag: UInt16 = 2
  private static let burstsFlag: UInt16 = 4
  var isFailing: Bool { runStartMinute != Self.never }
  /// It fails, since five minutes at most.
  func hasBegunToFail(by minute: Int64) -> Bool { isFailing && minute - runStartMinute < RecentStarts.recentMinutes }
  /// A live delivery came in that hour, the one before it, or later.
  func isActive(at hour: Int32) -> Bool { activeHour != Self.noHour && activeHour >= hour &- 1 }

  /// No block of its history has been folded yet.
  @inline(__always)
  var isNew: Bool { rate.attemptsPerDay == 0 }

  /// Over the last two days; where no block has been learnt from yet, over the last clean hour, or what there is of a quarter of one.
  var attemptsPer5Min: Double {
    guard isNew else { return rate.attemptsPerDay / 288 }
    guard history.cleanHour.filledCount == 0 else { return history.cleanHour.attemptsPerBlock }
    let minutes = max(min(history.windows.ageMinutes + 1, SlidingWindows.minuteCount), 5)
    return Double(history.windows.sum(minutesBack: 0..<minutes).attempts) * 5 / Double(minutes)
  }

  /// - Returns: Whether this is a failure that brings, or keeps, the streak's score at its limit.
  mutating func observe(failed: Bool, at: Timestamp) -> Bool {
    streak.observe(failed: failed, at: at, isBursty: isBursty)
  }

  @inline(__always)
  var scoreToPool: Float { streak.scoreToPool(isFailing: isFailing) }
}

extension EndpointRow: StateWord {
  var isSound: Bool {
    history.isSound && rate.isSound && streak.isSound && Dispersion.range.contains(Double(dispersion))
      && pooledScore.isSound && lastHeard.isSound
      && runStartMinute.isMinuteOrNever
  }
}
