/// The policies that commands set, over those of the configuration.
struct PolicyBook: Sendable {
  static let maxTenants = 10_000

  private var policies = OrderedTable<String, TenantPolicy>()

  var count: Int { policies.count }
  var all: [(tenantID: String, policy: TenantPolicy)] {
    policies.keys.compactMap { key in policies[key].map { (key, $0) } }
  }
  subscript(tenantID: String) -> TenantPolicy? { policies[tenantID] }

  /// - Parameter policy: `nil` takes the one before out.
  /// - Returns: whether there was room.
  mutating func set(_ policy: TenantPolicy?, of tenantID: String) -> Bool {
    guard policy == nil || policies[tenantID] != nil || count < Self.maxTenants else { return false }
    policies[tenantID] = policy
    return true
  }
}

// MARK: State

extension TenantPolicy: StateValue {
  package func write(to state: inout StateWriter) {
    state.write(maxReplays, escalationDelayMinutes, skipNotifications, allowedStrategies, maxHealsPerHour)
  }

  package init(from state: inout StateReader) throws(StateError) {
    self.init()
    maxReplays = try state.read(Bool.self) ? try state.integer(in: Self.replaysRange) : nil
    escalationDelayMinutes = try state.integer(in: Self.escalationDelayMinutesRange)
    skipNotifications = try state.read()
    allowedStrategies = try state.read()
    maxHealsPerHour = try state.read(Bool.self) ? try state.integer(in: Self.healsPerHourRange) : nil
  }
}

extension PolicyBook: StateValue {
  func write(to state: inout StateWriter) { state.write(policies) }

  init(from state: inout StateReader) throws(StateError) {
    policies = try state.read()
    guard policies.count <= Self.maxTenants else {
      throw state.error("policies of at most \(Self.maxTenants) tenants", found: "\(policies.count)")
    }
  }
}
