/// What can be set about detection; the numbers of the statistics themselves stand beside their formulas.
package struct DetectorSettings: Equatable, Sendable {
  /// False incidents per day that the whole fleet may have on fault-free traffic, > 0; 1. Every limit derives from it.
  package var falseIncidentsPerDay = 1.0
  /// Partitions of `deliveries`, ≥ 1, each of which gets an equal part of that budget; 1.
  package var partitions = 1

  /// First attempts against the preceding hour's from which on traffic may be a spike, > 1; 1.5.
  package var trafficSpikeRatio = 1.5
  /// Failures against the preceding hour's above which they are called a burst, > 1; 1.5.
  package var failureBurstRatio = 1.5
  /// Failures against the preceding hour's above which they are called a cluster, > 1; 10.
  package var failureClusterRatio = 10.0
  /// An endpoint's failures against its 24 h above which they are called a spike, > 1; 10.
  package var endpointSpikeRatio = 10.0
  /// A tenant's failures against its 24 h above which they are called a spike, > 1; 5.
  package var tenantSpikeRatio = 5.0

  /// How far an event time may run ahead of its record's timestamp, in milliseconds, ≥ 0; 60,000.
  package var maxClockLeadMillis: Int64 = 60_000
  /// How often what time alone changes is judged, in milliseconds of stream time, > 0; 30,000.
  package var evaluationMillis: Int64 = 30_000
  /// How often a partition says how far it is, in milliseconds of stream time, > 0; 10,000.
  package var progressMillis: Int64 = 10_000
  /// How often an unchanged alarm is stated again, in milliseconds of stream time, > 0; 300,000.
  package var restateMillis: Int64 = 300_000

  /// How long an endpoint's alarm waits for its tenant's or the platform's to explain it, in milliseconds of stream time, ≥ 0; 30,000.
  package var groupingMillis: Int64 = 30_000
  /// Endpoints of a tenant that must fail together to be the tenant's fault, ≥ 2; 3.
  package var minTenantEndpoints = 3

  /// How long no condition may have held before an alarm is over, in milliseconds of stream time, ≥ 0; 300,000.
  package var recoveryHoldMillis: Int64 = 300_000
  /// Successes without which an alarm about failures is never over, ≥ 0; 5.
  package var minRecoverySuccesses = 5
  /// How far back changes of the condition are counted, in milliseconds of stream time, > 0; 900,000.
  package var flappingWindowMillis: Int64 = 900_000
  /// How long without a live delivery until an alarm is silent, in milliseconds of stream time, > 0; 3,600,000.
  package var silentAfterMillis: Int64 = 3_600_000
  /// How long without a live delivery until an alarm is given up, in milliseconds of stream time, > 0; 86,400,000.
  package var vanishedAfterMillis: Int64 = 86_400_000

  /// Failed deliveries kept for each failing endpoint, and named in each statement, ≥ 0; 128.
  package var maxCandidates = 128
  /// How long a failed delivery may be worth a replay, in milliseconds of event time, > 0; 3,600,000.
  package var candidateMillis: Int64 = 3_600_000

  /// Endpoints that one tenant may have in a partition, ≥ 1; 10,000. Beyond it they count together.
  package var maxEndpointsPerTenant = 10_000
  /// Endpoints of a partition, ≥ 1; 250,000.
  package var maxEndpoints = 250_000
  /// Tenants of a partition, ≥ 1; 20,000. Beyond it they count together.
  package var maxTenants = 20_000
  /// How long an endpoint is known that is not heard of, in hours of stream time, ≥ 24; 192, so that weekly jobs stay known. Where
  /// room is needed, a day.
  package var idleKeyHours = 192
  /// Endpoints of a partition whose failures are kept one by one, ≥ 0; 50,000. A tenant may have a quarter of them.
  package var maxFailingEndpoints = 50_000
  /// Candidates kept in a partition, ≥ 0; 100,000. A tenant may have a quarter of them.
  package var maxKeptCandidates = 100_000
  /// Endpoints of a partition with an alarm, ≥ 1; 10,000. A tenant may have a quarter of them.
  package var maxAlarms = 10_000
  /// Statements about endpoints in a minute of stream time, ≥ 1; 600. A tenant may have a quarter of them, repeated ones half.
  package var maxStatementsPerMinute = 600

  package init() {}

  /// The part of the budget that this partition may use.
  var falseIncidentsPerDayHere: Double { falseIncidentsPerDay / Double(partitions) }
}
