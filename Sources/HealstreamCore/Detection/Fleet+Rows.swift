/// Rows: made at first sight, brought up to the present, activity kept.
extension Fleet {
  mutating func row(ofTenant id: [UInt8], at now: Timestamp) -> Int {
    let (tenant, isNew) = tenantKeys.intern(id.span)
    if isNew { tenants.append(TenantRow(minute: now.minute)) }
    return tenant
  }

  mutating func row(ofEndpoint url: [UInt8], tenant: Int, at now: Timestamp) -> Int {
    let (endpoint, isNew) = endpointKeys.intern(url.span, owner: UInt32(tenant))
    if isNew {
      endpoints.append(EndpointRow(tenant: tenant, nextOfTenant: tenants[tenant].firstEndpoint, minute: now.minute))
      tenants[tenant].firstEndpoint = Int32(endpoint)
      calibrate(endpoint)
    }
    return endpoint
  }

  /// A live event has come: both rows are brought to the present, and are active.
  mutating func touch(_ endpoint: Int, _ tenant: Int, at: Timestamp) {
    guard let now else { return }
    advance(endpoint: endpoint, to: now)
    advance(tenant: tenant, to: now)
    noteActivity(endpoint, tenant, hour: floorDivide(now.minute, 60))
    endpoints[endpoint].lastEventAt = max(endpoints[endpoint].lastEventAt, at)
    tenants[tenant].lastEventAt = max(tenants[tenant].lastEventAt, at)
    markDirty(endpoints[endpoint].alarm)
    markDirty(tenants[tenant].alarm)
  }

  private mutating func markDirty(_ alarm: Int32) {
    if alarm != EndpointRow.none { alarms[Int(alarm)].isDirty = true }
  }

  mutating func advance(endpoint: Int, to now: Timestamp) {
    let folded = endpoints[endpoint].history.advance(to: now.minute, fleetDispersion: levels.dispersion)
    guard let block = folded.block else { return }
    if folded.learnsFailures {
      endpoints[endpoint].rate.add(folded.clean, upTo: block)
      tenants[Int(endpoints[endpoint].tenant)].rate.add(folded.clean, upTo: block)
      rate.add(folded.clean, upTo: block)
    } else {
      endpoints[endpoint].rate.pass(to: block)
    }
    dispersionSum += folded.dispersion
    dispersionBlocks += Double(folded.dispersionBlocks)
    calibrate(endpoint)
  }

  mutating func advance(tenant: Int, to now: Timestamp) {
    let folded = tenants[tenant].history.advance(to: now.minute, fleetDispersion: levels.dispersion)
    guard folded.block != nil else { return }
    tenants[tenant].dispersion = tenants[tenant].history.dispersion.factor(fleet: levels.dispersion)
  }

  private mutating func noteActivity(_ endpoint: Int, _ tenant: Int, hour: Int64) {
    if tenants[tenant].activeHour != hour { beginHour(ofTenant: tenant, hour) }
    let previous = endpoints[endpoint].activeHour
    guard previous != hour else { return }
    endpoints[endpoint].activeHour = hour
    liveEndpoints.note(previous: previous == EndpointRow.never ? nil : previous, current: hour)
    guard previous < hour - 1 || previous == EndpointRow.never else { return }
    tenants[tenant].activeEndpoints += 1
    if endpoints[endpoint].isFailing { tenants[tenant].failingEndpoints += 1 }
    endpoints[endpoint].pooledScore = 0
    pool(endpoint, tenant)
  }

  /// Once an hour a tenant's sums are taken anew over those of its endpoints that are active.
  private mutating func beginHour(ofTenant tenant: Int, _ hour: Int64) {
    let previous = tenants[tenant].activeHour
    liveTenants.note(previous: previous == EndpointRow.never ? nil : previous, current: hour)
    tenants[tenant].activeHour = hour
    tenants[tenant].activeEndpoints = 0
    tenants[tenant].failingEndpoints = 0
    tenants[tenant].pooledScore = 0
    forEachEndpoint(of: tenant) { fleet, endpoint in
      guard fleet.endpoints[endpoint].isActive(at: hour) else { return }
      fleet.tenants[tenant].activeEndpoints += 1
      if fleet.endpoints[endpoint].isFailing { fleet.tenants[tenant].failingEndpoints += 1 }
      fleet.endpoints[endpoint].pooledScore = 0
      fleet.pool(endpoint, tenant)
    }
  }

  mutating func forEachEndpoint(of tenant: Int, _ body: (inout Fleet, Int) -> Void) {
    var endpoint = tenants[tenant].firstEndpoint
    while endpoint != EndpointRow.none {
      body(&self, Int(endpoint))
      endpoint = endpoints[Int(endpoint)].nextOfTenant
    }
  }

  /// Sets an endpoint's limits by its history, its tenant's and the fleet's: logarithms once a block, not once an event.
  mutating func calibrate(_ endpoint: Int) {
    let long = endpoints[endpoint].rate
    let ofTenant = tenants[Int(endpoints[endpoint].tenant)].rate
    let prior =
      (ofTenant.rate(without: long, prior: levels.failureRate, priorAttempts: Self.priorAttempts)
        + levels.failureRate) / 2
    let rate = long.rate(prior: prior, priorAttempts: Self.priorAttempts)
    let dispersion = endpoints[endpoint].history.dispersion.factor(fleet: levels.dispersion)
    let attemptsPerDay = max(long.attemptsPerDay, endpoints[endpoint].history.windows.ageMinutes < 1440 ? 288 : 50)
    endpoints[endpoint].dispersion = dispersion
    endpoints[endpoint].streak.calibrate(
      FailureStreak.Calibration(
        rate: rate, standardError: (rate * (1 - rate) / (long.attempts + Self.priorAttempts)).squareRoot(),
        logRunLength: levels.logRunLength(attemptsPerDay: attemptsPerDay), isBursty: dispersion > 1.5))
  }

  private static var priorAttempts: Double { 50 }
}
