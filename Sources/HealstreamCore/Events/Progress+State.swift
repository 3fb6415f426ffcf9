/// Numbers are those of a statement that was held in bounds.
extension Progress: StateValue {
  package func write(to state: inout StateWriter) {
    state.write(streamTime, recentCount, recentFailures, activeEndpoints, activeTenants)
    state.write(newlyFailingEndpoints, newlyFailingTenants, failureRate, isCaughtUp)
  }

  package init(from state: inout StateReader) throws(StateError) {
    let counts = 0...Signal.maxCount
    self.init(streamTime: try state.moment())
    recentCount = try state.integer(in: counts)
    recentFailures = try state.integer(in: counts)
    activeEndpoints = try state.integer(in: counts)
    activeTenants = try state.integer(in: counts)
    newlyFailingEndpoints = try state.integer(in: counts)
    newlyFailingTenants = try state.integer(in: counts)
    failureRate = try state.real(upTo: 1)
    isCaughtUp = try state.read()
  }
}
