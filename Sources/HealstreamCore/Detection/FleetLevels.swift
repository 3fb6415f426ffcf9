/// What all limits of a partition derive from. It changes only at ticks of stream time, never between two events.
struct FleetLevels: Equatable, Sendable {
  /// Keys seen within a day.
  var liveEndpoints = 1
  var liveTenants = 1
  /// The fleet's failure rate and dispersion factor.
  var failureRate = 0.02
  var dispersion = 1.0
  /// This partition's part of the fleet's budget.
  let falseIncidentsPerDay: Double
  /// ln of the probability at which one window's traffic is an alarm.
  private(set) var logTrafficAlpha = 0.0

  /// Of the budget, 0.45 is for failures and 0.45 for traffic.
  static let share = 0.45
  /// A tenant's pooled score has about this many times e^h attempts between false alarms.
  private static let runLengthFactor = 6.0
  /// Windows gained by looking at each event instead of every five minutes, a cautious figure.
  private static let windowGain = 20.0
  private static let windowsPerDay = 288.0
  /// ln of the ways to choose the endpoints, times h²/2: a sum of several scores has a fatter tail than one.
  private static let poolingAllowance = 6.0
  private static let minTenantLimit = 10.0

  init(falseIncidentsPerDay: Double) {
    self.falseIncidentsPerDay = falseIncidentsPerDay
    setTrafficAlpha()
  }

  /// ln of the run length that gives each endpoint an equal part of the budget; a sparse endpoint needs fewer failures.
  /// - Parameter endpoints: seen until now, which in a fleet's first minute are more than were at its beginning.
  func logRunLength(attemptsPerDay: Double, endpoints: Int) -> Double {
    let live = Double(max(liveEndpoints, endpoints))
    return Numerics.log(max(attemptsPerDay, 50) * live / (falseIncidentsPerDay * Self.share))
  }

  /// The limit of a tenant's pooled score.
  func tenantLimit(attemptsPerDay: Double) -> Double {
    let logRunLength = Numerics.log(max(attemptsPerDay, 50) * Double(liveTenants) / budget)
    return max(Self.minTenantLimit, logRunLength) + Self.poolingAllowance
  }

  /// To be called when the numbers of keys have changed.
  mutating func setTrafficAlpha() {
    let windows = Double(liveEndpoints + liveTenants) * Self.windowsPerDay * Self.windowGain
    logTrafficAlpha = Numerics.log(Self.share * falseIncidentsPerDay / windows)
  }

  private var budget: Double { Self.runLengthFactor * falseIncidentsPerDay * Self.share }

  // MARK: State

  /// The budget, and what derives from it, is set and not saved.
  func save(into state: inout StateWriter) { state.write(liveEndpoints, liveTenants, failureRate, dispersion) }

  mutating func load(from state: inout StateReader) throws(StateError) {
    liveEndpoints = try state.integer(in: 1...1 << 40)
    liveTenants = try state.integer(in: 1...1 << 40)
    failureRate = try state.read()
    dispersion = try state.read()
    guard (0...1).contains(failureRate), dispersion >= 1, dispersion.isSound else {
      throw state.error("a failure rate and a dispersion", found: "\(failureRate) and \(dispersion)")
    }
    setTrafficAlpha()
  }
}
