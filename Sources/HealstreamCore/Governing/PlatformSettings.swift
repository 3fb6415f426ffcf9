/// When failures that began together are the platform's own fault.
package struct PlatformSettings: Equatable, Sendable {
  /// Share of the active endpoints whose run of failures began in the last 5 min, 0–1.
  package var endpointShare = 0.2
  /// Share of the active tenants that have such an endpoint, 0–1, and how many at least.
  package var tenantShare = 0.2
  package var minTenants = 5
  /// Highest probability that chance alone did this, as log10 …
  package var log10MaxProbability = -9.0
  /// … where an endpoint fails anew by chance with twice the fleet's failure rate, and at least this.
  package var minChance = 0.05
  /// Over when the numbers stayed at or below half of their worst for this much stream time.
  package var holdMillis: Int64 = 5 * 60_000
  /// Recovery needs this many successes in the last 5 min.
  package var minSuccesses = 5

  /// Blast radius: above this share of the endpoints, 0–1 …
  package var blastEndpointShare = 0.4
  /// … or above this share of the tenants, and at least so many of them, no heal is safe.
  package var blastTenantShare = 0.2
  package var blastMinimum = 5

  package init() {}
}
