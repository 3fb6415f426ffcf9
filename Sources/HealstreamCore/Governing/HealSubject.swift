/// Whom a heal concerns: an endpoint, or a whole tenant.
package struct HealSubject: Hashable, Sendable {
  package let tenantID: String
  package let endpoint: String?
}
