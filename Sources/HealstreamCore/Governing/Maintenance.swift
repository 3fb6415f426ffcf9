/// A time in which nothing is done to a tenant or one of its endpoints.
package struct Maintenance: Equatable, Sendable {
  /// A pattern, in which `*` stands for any text; so is the endpoint.
  package var tenantID: String
  /// `nil`: the whole tenant.
  package var endpoint: String?
  /// `nil`: until the entry is taken out.
  package var until: Timestamp?

  package init(tenantID: String, endpoint: String? = nil, until: Timestamp? = nil) {
    self.tenantID = tenantID
    self.endpoint = endpoint
    self.until = until
  }

  func covers(_ subject: HealSubject, at now: Timestamp) -> Bool {
    if let until, now >= until { return false }
    guard Glob.matches(subject.tenantID, pattern: tenantID) else { return false }
    guard let endpoint else { return true }
    return subject.endpoint.map { Glob.matches($0, pattern: endpoint) } ?? false
  }
}
