/// Rows that nothing has been heard of for long are given up: in their time, and from a day on where room is needed.
///
/// The lists are in the order of the hour in which a row was first heard of again, so that the longest unseen is found at once.
extension Fleet {
  /// Something of whatever kind came in this hour.
  mutating func see(tenant: Int, hour: Int32) {
    guard tenants[tenant].seenHour != hour else { return }
    tenants[tenant].seenHour = hour
    tenantOrder.moveToEnd(tenant, of: &tenantsBySight)
  }

  mutating func see(endpoint: Int, hour: Int32) {
    guard endpoints[endpoint].seenHour != hour else { return }
    endpoints[endpoint].seenHour = hour
    endpointOrder.moveToEnd(endpoint, of: &endpointsBySight)
    endpointOrderOfTenants.moveToEnd(endpoint, of: &tenants[Int(endpoints[endpoint].tenant)].endpoints)
  }

  /// Gives up what has been idle for too long, so many in a minute at most.
  mutating func forgetIdle(at now: Timestamp) {
    for _ in 0..<Self.maxForgottenPerMinute {
      guard forgetFirst(of: endpointsBySight, idleHours: settings.idleKeyHours, hour: now.hour) else { return }
    }
  }

  /// - Returns: Whether there is room for one more endpoint, of this tenant and of all.
  mutating func makeRoom(forEndpointOf tenant: Int, hour: Int32) -> Bool {
    if Int(tenants[tenant].endpointCount) >= settings.maxEndpointsPerTenant,
      !forgetFirst(of: tenants[tenant].endpoints, idleHours: Self.leastIdleHours, hour: hour, keeping: tenant)
    {
      return false
    }
    return endpointKeys.count < settings.maxEndpoints
      || forgetFirst(of: endpointsBySight, idleHours: Self.leastIdleHours, hour: hour, keeping: tenant)
  }

  /// A tenant goes with the last of its endpoints; of one with many, some go now and some when room is needed again.
  /// - Returns: Whether there is room for one more tenant.
  mutating func makeRoomForTenant(hour: Int32) -> Bool {
    for _ in 0..<Self.maxForgottenPerTenant where tenantKeys.count >= settings.maxTenants {
      let oldest = Int(tenantsBySight.first)
      guard Self.isIdle(tenants[oldest].seenHour, Self.leastIdleHours, hour) else { return false }
      guard forgetFirst(of: tenants[oldest].endpoints, idleHours: Self.leastIdleHours, hour: hour) else {
        see(tenant: oldest, hour: hour)
        return false
      }
    }
    return tenantKeys.count < settings.maxTenants
  }

  /// - Parameter tenant: is about to get an endpoint, and so stays also without.
  /// - Returns: Whether the longest unseen one was idle for so long, and is forgotten. One with an alarm stays, and goes to the end.
  private mutating func forgetFirst(
    of list: OrderedNumbers.List, idleHours: Int, hour: Int32, keeping tenant: Int? = nil
  ) -> Bool {
    guard !list.isEmpty, Self.isIdle(endpoints[Int(list.first)].seenHour, idleHours, hour) else { return false }
    let endpoint = Int(list.first)
    guard endpoints[endpoint].alarm == EndpointRow.none else {
      see(tenant: Int(endpoints[endpoint].tenant), hour: hour)
      see(endpoint: endpoint, hour: hour)
      return false
    }
    let owner = Int(endpoints[endpoint].tenant)
    remove(endpoint: endpoint, of: owner)
    if owner != tenant { forgetIfEmpty(tenant: owner) }
    return true
  }

  private static func isIdle(_ seenHour: Int32, _ idleHours: Int, _ hour: Int32) -> Bool {
    Int(hour) - Int(seenHour) > idleHours
  }

  // MARK: Removal

  /// Takes an endpoint out of all sums and lists; it has no alarm.
  private mutating func remove(endpoint: Int, of tenant: Int) {
    endRun(endpoint, tenant)
    if isPooled(endpoint, tenant) {
      tenants[tenant].activeEndpoints -= 1
      tenants[tenant].pooledScore -= Double(endpoints[endpoint].pooledScore)
    }
    if endpoints[endpoint].evidence != EndpointRow.none { dropEvidence(at: Int(endpoints[endpoint].evidence)) }
    endpointOrder.remove(endpoint, from: &endpointsBySight)
    endpointOrderOfTenants.remove(endpoint, from: &tenants[tenant].endpoints)
    tenants[tenant].endpointCount -= 1
    endpointKeys.remove(at: endpoint)
    endpoints[endpoint] = .vacant
    counters.forgottenEndpoints += 1
  }

  /// A tenant goes that has no endpoint and no alarm.
  mutating func forgetIfEmpty(tenant: Int) {
    guard tenants[tenant].endpointCount == 0, tenants[tenant].alarm == EndpointRow.none else { return }
    tenantOrder.remove(tenant, from: &tenantsBySight)
    tenantKeys.remove(at: tenant)
    tenants[tenant] = .vacant
    counters.forgottenTenants += 1
  }

  private static var leastIdleHours: Int { 24 }
  private static var maxForgottenPerMinute: Int { 4096 }
  private static var maxForgottenPerTenant: Int { 8 }
}

extension Timestamp {
  /// Hours since the epoch.
  var hour: Int32 { Int32(clamping: period(ofMillis: 3_600_000)) }
}
