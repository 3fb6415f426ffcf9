/// The platform as a whole: the sum of what its partitions said last of their progress.
struct FleetState: Equatable, Sendable {
  var recentCount = 0
  var recentFailures = 0
  var activeEndpoints = 0
  var activeTenants = 0
  var newlyFailingEndpoints = 0
  var newlyFailingTenants = 0
  /// Long-run failure rate, 0–1, each partition weighed by its endpoints.
  var failureRate = 0.0

  /// Partitions not heard for long count as active, but say nothing of what fails now.
  init(_ sources: some Sequence<SignalSources.Source>, at now: Timestamp, maxAgeMillis: Int64) {
    var weighedRate = 0.0
    for source in sources {
      guard let progress = source.progress else { continue }
      activeEndpoints += progress.activeEndpoints
      activeTenants += progress.activeTenants
      weighedRate += progress.failureRate * Double(progress.activeEndpoints)
      guard now - source.heardAt <= maxAgeMillis else { continue }
      recentCount += progress.recentCount
      recentFailures += progress.recentFailures
      newlyFailingEndpoints += progress.newlyFailingEndpoints
      newlyFailingTenants += progress.newlyFailingTenants
    }
    failureRate = activeEndpoints == 0 ? 0 : weighedRate / Double(activeEndpoints)
  }

  init() {}

  var endpointShare: Double { share(newlyFailingEndpoints, activeEndpoints) }
  var tenantShare: Double { share(newlyFailingTenants, activeTenants) }
  var failureShare: Double { share(recentFailures, recentCount) }

  private func share(_ part: Int, _ whole: Int) -> Double { whole == 0 ? 0 : Double(part) / Double(whole) }
}

extension FleetState: StateValue {
  func write(to state: inout StateWriter) {
    state.write(recentCount, recentFailures, activeEndpoints, activeTenants)
    state.write(newlyFailingEndpoints, newlyFailingTenants, failureRate)
  }

  init(from state: inout StateReader) throws(StateError) {
    recentCount = try state.counter()
    recentFailures = try state.counter()
    activeEndpoints = try state.counter()
    activeTenants = try state.counter()
    newlyFailingEndpoints = try state.counter()
    newlyFailingTenants = try state.counter()
    failureRate = try state.real(upTo: 2)
  }
}
