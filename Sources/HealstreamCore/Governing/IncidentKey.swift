/// What an incident is about; at most one is open for each.
package struct IncidentKey: Hashable, Sendable {
  package let scope: Scope
  /// Empty for the platform.
  package let tenantID: String
  package let endpoint: String?

  static let platform = IncidentKey(scope: .platform, tenantID: "", endpoint: nil)

  static func tenant(_ tenantID: String) -> IncidentKey {
    IncidentKey(scope: .tenant, tenantID: tenantID, endpoint: nil)
  }
}

extension LevelStatement {
  var key: IncidentKey { IncidentKey(scope: scope, tenantID: tenantID, endpoint: scope == .endpoint ? endpoint : nil) }
}
