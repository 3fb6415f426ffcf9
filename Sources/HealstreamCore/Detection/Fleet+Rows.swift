/// Rows: made at first sight, brought up to the present, activity kept.
extension Fleet {
  /// Stand for all endpoints of a tenant, and for all tenants, for which there is no room. What is really sent under such a name
  /// counts with them: it is no address either.
  static let otherEndpoints = Array("(other endpoints)".utf8)
  static let otherTenants = Array("(other tenants)".utf8)

  mutating func rowOfTenant(_ attempt: borrowing Attempt, at now: Timestamp) -> Int {
    let tenant =
      tenantKeys.index(of: attempt.tenantID.span, hash: attempt.tenantHash) ?? newRowOfTenant(attempt, at: now)
    see(tenant: tenant, hour: now.hour)
    return tenant
  }

  mutating func rowOfEndpoint(_ attempt: borrowing Attempt, tenant: Int, at now: Timestamp) -> Int {
    let endpoint =
      tenants[tenant].isAggregate
      ? aggregateRow(ofTenant: tenant, at: now)
      : endpointKeys.index(of: attempt.endpoint.span, hash: attempt.endpointHash, owner: UInt32(tenant))
        ?? newRowOfEndpoint(attempt, tenant: tenant, at: now)
    see(endpoint: endpoint, hour: now.hour)
    return endpoint
  }

  private mutating func newRowOfTenant(_ attempt: borrowing Attempt, at now: Timestamp) -> Int {
    if makeRoomForTenant(hour: now.hour) { return insert(tenant: attempt.tenantID, at: now) }
    let name = Self.otherTenants
    return tenantKeys.index(of: name.span, hash: KeyTable.hash(name.span)) ?? insert(tenant: name, at: now)
  }

  private mutating func newRowOfEndpoint(_ attempt: borrowing Attempt, tenant: Int, at now: Timestamp) -> Int {
    makeRoom(forEndpointOf: tenant, hour: now.hour)
      ? insert(endpoint: attempt.endpoint, tenant: tenant, at: now) : aggregateRow(ofTenant: tenant, at: now)
  }

  private mutating func aggregateRow(ofTenant tenant: Int, at now: Timestamp) -> Int {
    let name = Self.otherEndpoints
    let hash = KeyTable.hash(name.span, owner: tenantKeys.tag(of: tenant))
    return endpointKeys.index(of: name.span, hash: hash, owner: UInt32(tenant))
      ?? insert(endpoint: name, tenant: tenant, at: now)
  }

  private mutating func insert(tenant id: [UInt8], at now: Timestamp) -> Int {
    let tenant = tenantKeys.insert(id.span, hash: KeyTable.hash(id.span))
    let row = TenantRow(minute: now.minute, isAggregate: id == Self.otherTenants)
    if tenant == tenants.count { tenants.append(row) } else { tenants[tenant] = row }
    tenantOrder.append(tenant, to: &tenantsBySight)
    return tenant
  }

  private mutating func insert(endpoint url: [UInt8], tenant: Int, at now: Timestamp) -> Int {
    let hash = KeyTable.hash(url.span, owner: tenantKeys.tag(of: tenant))
    let endpoint = endpointKeys.insert(url.span, hash: hash, owner: UInt32(tenant))
    let row = EndpointRow(tenant: tenant, minute: now.minute, isAggregate: url == Self.otherEndpoints)
    if endpoint == endpoints.count { endpoints.append(row) } else { endpoints[endpoint] = row }
    endpointOrder.append(endpoint, to: &endpointsBySight)
    endpointOrderOfTenants.append(endpoint, to: &tenants[tenant].endpoints)
    tenants[tenant].endpointCount += 1
    calibrate(endpoint)
    return endpoint
  }

  /// A live event has come: both rows are brought to the present, and are active.
  mutating func touch(_ endpoint: Int, _ tenant: Int, at: Timestamp, succeeded: Bool) {
    guard let now else { return }
    if endpoints[endpoint].history.isBehind(now) { advance(endpoint: endpoint, to: now) }
    if tenants[tenant].history.isBehind(now) { advance(tenant: tenant, to: now) }
    noteActivity(endpoint, tenant, hour: now.hour)
    endpoints[endpoint].lastHeard.note(at: at, succeeded: succeeded)
    tenants[tenant].lastHeard.note(at: at, succeeded: succeeded)
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
    tenants[tenant].dispersion = Float(tenants[tenant].history.dispersion.factor(fleet: levels.dispersion))
  }

  private mutating func noteActivity(_ endpoint: Int, _ tenant: Int, hour: Int32) {
    if tenants[tenant].activeHour != hour { beginHour(ofTenant: tenant, hour) }
    let previous = endpoints[endpoint].activeHour
    guard previous != hour else { return }
    let wasPooled = isPooled(endpoint, tenant)
    endpoints[endpoint].activeHour = hour
    liveEndpoints.note(previous: previous == EndpointRow.noHour ? nil : previous, current: hour)
    if wasPooled { return }
    tenants[tenant].activeEndpoints += 1
    if endpoints[endpoint].isFailing { tenants[tenant].failingEndpoints += 1 }
    endpoints[endpoint].pooledScore = 0
    pool(endpoint, tenant)
  }

  /// Once an hour a tenant's sums are taken anew over those of its endpoints that are active.
  private mutating func beginHour(ofTenant tenant: Int, _ hour: Int32) {
    let previous = tenants[tenant].activeHour
    liveTenants.note(previous: previous == EndpointRow.noHour ? nil : previous, current: hour)
    tenants[tenant].activeHour = hour
    tenants[tenant].activeEndpoints = 0
    tenants[tenant].failingEndpoints = 0
    tenants[tenant].pooledScore = 0
    forEachEndpoint(of: tenant, seenSince: hour - 1) { fleet, endpoint in
      guard fleet.isPooled(endpoint, tenant) else { return }
      fleet.tenants[tenant].activeEndpoints += 1
      if fleet.endpoints[endpoint].isFailing { fleet.tenants[tenant].failingEndpoints += 1 }
      fleet.endpoints[endpoint].pooledScore = 0
      fleet.pool(endpoint, tenant)
    }
  }

  /// The latest heard of first, down to those that were not heard of since an hour.
  mutating func forEachEndpoint(of tenant: Int, seenSince hour: Int32 = .min, _ body: (inout Fleet, Int) -> Void) {
    var endpoint = tenants[tenant].endpoints.last
    while endpoint != EndpointRow.none, endpoints[Int(endpoint)].seenHour >= hour {
      body(&self, Int(endpoint))
      endpoint = endpointOrderOfTenants.previous(before: endpoint)
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
    let dispersion = endpoints[endpoint].history.dispersion
    let attemptsPerDay = max(
      endpoints[endpoint].attemptsPer5Min * 288, endpoints[endpoint].history.windows.ageMinutes < 1440 ? 288 : 50)
    endpoints[endpoint].dispersion = Float(dispersion.factor(fleet: levels.dispersion))
    endpoints[endpoint].isBursty = dispersion.estimate(fleet: levels.dispersion) > Self.leastBurstiness
    endpoints[endpoint].streak.calibrate(
      FailureStreak.Calibration(
        rate: rate, standardError: (rate * (1 - rate) / (long.attempts + Self.priorAttempts)).squareRoot(),
        logRunLength: levels.logRunLength(attemptsPerDay: attemptsPerDay, endpoints: liveEndpoints.count())))
  }

  static var priorAttempts: Double { 50 }
  /// Pairs have a factor of two, and of one that sends singly chance makes 1.5 of an hour or two at most.
  private static var leastBurstiness: Double { 1.5 }
}
