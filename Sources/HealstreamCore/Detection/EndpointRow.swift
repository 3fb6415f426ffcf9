/// All that is kept of one endpoint of one tenant while it is quiet, side by side in memory.
struct EndpointRow: Sendable {
  /// What stands for "none" where a number or a minute is kept.
  static let none: Int32 = -1
  static let never = Int64.min

  let tenant: UInt32
  /// The tenant's endpoint that was first seen before this one.
  let nextOfTenant: Int32
  var evidence = none
  var alarm = none
  var history: KeyHistory
  var rate: DecayedRate
  var streak = FailureStreak()
  var dispersion = 1.0
  var lastEventAt = Timestamp(millis: never)
  var lastSuccessAt = Timestamp(millis: never)
  /// When the present run of failures began; `never` where the last first attempt succeeded.
  var runStartMinute = never
  var activeHour = never
  /// What it adds to its tenant's pooled score.
  var pooledScore = 0.0

  init(tenant: Int, nextOfTenant: Int32, minute: Int64) {
    self.tenant = UInt32(tenant)
    self.nextOfTenant = nextOfTenant
    history = KeyHistory(minute: minute)
    rate = DecayedRate(block: floorDivide(minute, CleanHour.blockMinutes))
  }

  var isFailing: Bool { runStartMinute != Self.never }
  func isActive(at hour: Int64) -> Bool { activeHour >= hour - 1 }

  /// Capped, so that a tenant's sum must stand without its worst endpoint.
  var scoreToPool: Double {
    isFailing || !streak.isLow ? min(streak.score, FleetLevels.share * streak.limit) : 0
  }
}
