/// The state as flat bytes; rows as they lie in memory. What other parts of it tell is not trusted but taken from them again: numbers of
/// alarms, evidence and summaries in the rows, lists of tenants, sums of what is held.
///
/// Limits that the settings decide are in the rows until their next five minutes are learnt: so a change of settings comes into force
/// for each endpoint as its history goes on, and a state that is loaded under the same settings goes on exactly as it was.
extension Fleet {
  func save(into state: inout StateWriter) {
    levels.save(into: &state)
    state.write(now, tenantKeys, tenants, endpointKeys, endpoints)
    tenantOrder.write(tenantsBySight, count: tenantKeys.count, to: &state)
    endpointOrder.write(endpointsBySight, count: endpointKeys.count, to: &state)
    evidence.write(to: &state) { evidence, state in evidence.write(to: &state) }
    alarms.write(to: &state) { alarm, state in alarm.write(to: &state) }
    state.write(liveEndpoints, liveTenants, runStarts, tenantRunStarts, window, rate)
    state.write(dispersionSum, dispersionBlocks, nextWaitEnd, hasSaidManyFail, sweepIndex, said, firstHeldAlarm)
    state.write(summaries.count)
    for (tenant, summary) in summaries {
      state.write(tenant, summary.minute, summary.triage, summary.candidates, summary.delivered)
    }
  }

  mutating func load(from state: inout StateReader) throws(StateError) {
    self = Fleet(settings: settings)
    try levels.load(from: &state)
    now = try state.momentIfAny()
    tenantKeys = try state.read()
    tenants = try state.read()
    endpointKeys = try KeyTable(from: &state) { [tenantKeys] tenant in
      tenantKeys.indices.contains(tenant) && tenantKeys.contains(tenant) ? tenantKeys.tag(of: tenant) : nil
    }
    endpoints = try state.read()
    try checkRows(state)
    try loadOrder(from: &state)
    try loadEvidence(from: &state)
    try loadAlarms(from: &state)
    liveEndpoints = try state.read()
    liveTenants = try state.read()
    runStarts = try state.read()
    tenantRunStarts = try state.read()
    window = try state.read()
    rate = try state.read()
    dispersionSum = try state.read()
    dispersionBlocks = try state.read()
    guard rate.isSound, dispersionSum.isSound, dispersionBlocks.isSound else {
      throw state.error("sums that can be", found: "\(rate), \(dispersionSum) and \(dispersionBlocks)")
    }
    nextWaitEnd = try state.momentIfAny()
    hasSaidManyFail = try state.read()
    sweepIndex = try state.integer(in: 0...max(0, evidence.indices.count - 1))
    said = try state.read()
    firstHeldAlarm = try state.read(Bool.self) ? try state.integer(in: 0...max(0, alarms.indices.count - 1)) : nil
    try loadSummaries(from: &state)
  }

  private mutating func checkRows(_ state: StateReader) throws(StateError) {
    guard tenants.count == tenantKeys.indices.count, endpoints.count == endpointKeys.indices.count else {
      throw state.error(
        "\(tenantKeys.indices.count) tenants and \(endpointKeys.indices.count) endpoints",
        found: "\(tenants.count) and \(endpoints.count)")
    }
    for tenant in tenants.indices {
      guard tenants[tenant].isSound else { throw state.error("tenants whose numbers agree", found: "tenant \(tenant)") }
      tenants[tenant].resetNumbers()
    }
    for endpoint in endpoints.indices where endpointKeys.contains(endpoint) {
      let tenant = Int(endpoints[endpoint].tenant)
      guard tenantKeys.indices.contains(tenant), tenantKeys.contains(tenant),
        endpointKeys.owner(of: endpoint) == tenant
      else { throw state.error("one of \(tenantKeys.count) tenants", found: "\(tenant)") }
      guard endpoints[endpoint].isSound else {
        throw state.error("endpoints whose numbers agree", found: "endpoint \(endpoint)")
      }
      endpoints[endpoint].evidence = EndpointRow.none
      endpoints[endpoint].alarm = EndpointRow.none
    }
  }

  private mutating func loadOrder(from state: inout StateReader) throws(StateError) {
    let (tenantKeys, endpointKeys) = (tenantKeys, endpointKeys)
    let tenantNumbers = try OrderedNumbers.read(
      from: &state, count: tenantKeys.count, below: tenants.count, isUsed: tenantKeys.contains)
    for tenant in tenantNumbers { tenantOrder.append(Int(tenant), to: &tenantsBySight) }
    let endpointNumbers = try OrderedNumbers.read(
      from: &state, count: endpointKeys.count, below: endpoints.count, isUsed: endpointKeys.contains)
    for endpoint in endpointNumbers.lazy.map({ Int($0) }) {
      let tenant = Int(endpoints[endpoint].tenant)
      endpointOrder.append(endpoint, to: &endpointsBySight)
      endpointOrderOfTenants.append(endpoint, to: &tenants[tenant].endpoints)
      tenants[tenant].endpointCount += 1
    }
  }

  private mutating func loadEvidence(from state: inout StateReader) throws(StateError) {
    for _ in 0..<(try state.readCount()) {
      evidence.restore(try state.read(Bool.self) ? FailureEvidence(from: &state, urls: endpointKeys) : nil)
    }
    try evidence.restoreFreed(from: &state)
    for index in evidence.indices where evidence.contains(index) {
      let endpoint = evidence[index].endpoint
      guard endpoints[endpoint].evidence == EndpointRow.none else {
        throw state.error("one evidence for an endpoint", found: "two for \(endpoint)")
      }
      let kept = evidence[index].candidates.entries.count
      endpoints[endpoint].evidence = Int32(index)
      tenants[Int(endpoints[endpoint].tenant)].evidentEndpoints += 1
      tenants[Int(endpoints[endpoint].tenant)].candidateCount += Int32(clamping: kept)
      candidateCount += kept
    }
    for endpoint in endpoints.indices where endpointKeys.contains(endpoint) {
      try checkFailures(of: endpoint, state)
    }
  }

  /// Each failure that is kept can be found by the row, and a row without evidence sends nobody to look for it.
  private func checkFailures(of endpoint: Int, _ state: StateReader) throws(StateError) {
    let (failures, index) = (endpoints[endpoint].failures, endpoints[endpoint].evidence)
    guard index == EndpointRow.none ? failures.isEmpty : failures.covers(evidence[Int(index)].filter) else {
      throw state.error("a filter of the failures that are kept", found: "another for endpoint \(endpoint)")
    }
  }

  private mutating func loadAlarms(from state: inout StateReader) throws(StateError) {
    for _ in 0..<(try state.readCount()) {
      alarms.restore(
        try state.read(Bool.self) ? Alarm(from: &state, endpoints: endpointKeys, tenants: tenantKeys) : nil)
    }
    try alarms.restoreFreed(from: &state)
    for index in alarms.indices where alarms.contains(index) {
      let isSecond: Bool
      switch alarms[index].subject {
      case .endpoint(let endpoint):
        isSecond = endpoints[endpoint].alarm != EndpointRow.none
        endpoints[endpoint].alarm = Int32(index)
        tenants[Int(endpoints[endpoint].tenant)].alarmedEndpoints += 1
        alarmedEndpoints += 1
      case .tenant(let tenant):
        isSecond = tenants[tenant].alarm != EndpointRow.none
        tenants[tenant].alarm = Int32(index)
      }
      guard lastEvent(of: alarms[index].subject).millis != EndpointRow.never else {
        throw state.error("an alarm after an event", found: "none for \(alarms[index].subject)")
      }
      if isSecond { throw state.error("one alarm for each", found: "two for \(alarms[index].subject)") }
    }
  }

  private mutating func loadSummaries(from state: inout StateReader) throws(StateError) {
    let count = try state.readCount()
    for index in 0..<count {
      let tenant = try state.number(in: tenantKeys)
      guard tenants[tenant].summary == EndpointRow.none else {
        throw state.error("one summary for a tenant", found: "two for \(tenant)")
      }
      tenants[tenant].summary = Int32(clamping: index)
      var summary = FailureSummary(tenantID: tenantKeys.text(of: tenant), minute: try state.moment())
      summary.triage = try state.read()
      summary.candidates = try state.read()
      summary.delivered = try state.read()
      summaries.append((tenant, summary))
    }
  }
}

extension TenantRow {
  /// What its endpoints, alarms and summaries tell.
  fileprivate mutating func resetNumbers() {
    endpoints = OrderedNumbers.List()
    endpointCount = 0
    alarm = EndpointRow.none
    summary = EndpointRow.none
    alarmedEndpoints = 0
    evidentEndpoints = 0
    candidateCount = 0
  }
}
