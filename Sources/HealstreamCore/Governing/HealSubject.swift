/// Whom a heal concerns: an endpoint, or a whole tenant.
struct HealSubject: Hashable, Sendable {
  let tenantID: String
  let endpoint: String?
}
