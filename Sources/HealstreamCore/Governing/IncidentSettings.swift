/// The life of an incident in numbers.
package struct IncidentSettings: Equatable, Sendable {
  /// Critical: more distinct failures in 5 min than this …
  package var criticalFailures = 50
  /// … at a failure rate above this, 0–1; tenant and platform incidents are always critical.
  package var criticalFailureRate = 0.8
  /// An open incident whose evidence changed is said again after this much append time.
  package var updateMillis: Int64 = 5 * 60_000
  /// One whose evidence did not change, after this much.
  package var heartbeatMillis: Int64 = 4 * 3_600_000
  /// Raised again within this much stream time after its end: the same incident.
  package var reopenMillis: Int64 = 30 * 60_000
  /// Changes of the raw condition within the detector's look-back that make it flapping.
  package var flappingChanges = 4
  /// A flapping incident resolves only after this much quiet stream time: 20 evaluations of 30 s.
  package var flappingHoldMillis: Int64 = 10 * 60_000
  /// Beyond this, new incidents are refused, counted and audited.
  package var maxOpen = 10_000
  /// Resolved ones remembered for reopening; the oldest are forgotten first.
  package var maxRemembered = 10_000
  /// Of its heal actions an incident names the latest.
  package var maxActionsNamed = 20

  package init() {}
}
