/// Sees from the partitions' progress when so much began to fail together that the fault is the platform's own.
struct PlatformWatch: Sendable {
  private(set) var fleet = FleetState()
  private(set) var significance = 0.0
  private(set) var raisedAt: Timestamp?
  /// Whether the last numbers alone make an incident.
  private(set) var isFiring = false
  private var fault = FaultLatch()
  private var blast = FaultLatch()
  private let settings: PlatformSettings

  init(settings: PlatformSettings) { self.settings = settings }

  /// Whether so much began to fail together that no heal is safe.
  var isBlastWide: Bool { blast.isRaised || fault.isRaised }

  /// - Returns: what became of the platform's incident.
  mutating func observe(_ fleet: FleetState, at: Timestamp) -> FaultLatch.Change? {
    self.fleet = fleet
    significance = chanceSignificance()
    _ = blast.observe(fleet, fires: isOverBlastRadius, at: at, settings)
    isFiring = isWide && significance > -settings.log10MaxProbability
    let change = fault.observe(fleet, fires: isFiring, at: at, settings)
    switch change {
    case .raised: raisedAt = at
    case .lowered: raisedAt = nil
    case nil: break
    }
    return change
  }

  private var isOverBlastRadius: Bool {
    let endpoints = fleet.newlyFailingEndpoints
    let tenants = fleet.newlyFailingTenants
    return (endpoints >= settings.blastMinimum && fleet.endpointShare > settings.blastEndpointShare)
      || (tenants >= settings.blastMinimum && fleet.tenantShare > settings.blastTenantShare)
  }

  private var isWide: Bool {
    fleet.activeEndpoints > 0 && fleet.endpointShare >= settings.endpointShare
      && fleet.newlyFailingTenants >= settings.minTenants && fleet.tenantShare >= settings.tenantShare
  }

  /// −log10 of the probability that so many of the active endpoints began to fail by chance; 0 where they are not many anyway.
  private func chanceSignificance() -> Double {
    guard isWide else { return 0 }
    let chance = min(max(settings.minChance, 2 * fleet.failureRate), 0.999)
    let logTail = Numerics.logBinomialTail(
      atLeast: fleet.newlyFailingEndpoints, of: fleet.activeEndpoints, p: chance)
    return -logTail / Numerics.log(10)
  }

  /// The fault as a statement of its own, from which the incident is made.
  func statement(_ level: LevelStatement.Level, at: Timestamp) -> LevelStatement {
    var statement = LevelStatement(
      scope: .platform, tenantID: "", endpoint: nil, level: level, type: .failureCluster, raisedAt: raisedAt ?? at,
      lastEventAt: at)
    statement.conditions = level == .anomalous ? [.failureCluster] : []
    statement.recentCount = fleet.recentCount
    statement.recentFailures = fleet.recentFailures
    statement.baselineCount = Double(fleet.recentCount)
    statement.baselineFailures = Double(fleet.recentCount) * fleet.failureRate
    if statement.baselineFailures > 0 {
      statement.failureMultiplier = Double(fleet.recentFailures) / statement.baselineFailures
    }
    statement.significance = significance
    statement.endpointsFailing = fleet.newlyFailingEndpoints
    statement.endpointsActive = fleet.activeEndpoints
    statement.explanation =
      "\(fleet.newlyFailingEndpoints) of \(fleet.activeEndpoints) endpoints, "
      + "\(fleet.newlyFailingTenants) of \(fleet.activeTenants) tenants"
    return statement.heldInBounds()
  }
}

// MARK: State

/// Significance and firing are not part of it: each progress computes them anew before anything looks at them.
extension PlatformWatch {
  func write(to state: inout StateWriter) { state.write(fleet, raisedAt, fault, blast) }

  init(from state: inout StateReader, settings: PlatformSettings) throws(StateError) {
    self.init(settings: settings)
    fleet = try state.read()
    raisedAt = try state.momentIfAny()
    fault = try state.read()
    blast = try state.read()
  }
}
