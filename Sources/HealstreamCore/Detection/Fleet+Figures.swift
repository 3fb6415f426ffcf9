extension Fleet {
  /// What it holds, and what its bounds have cost since it was made or loaded.
  var figures: [Figure] {
    [
      Figure("endpoints", .gauge, endpointKeys.count, "Endpoints that are known."),
      Figure("tenants", .gauge, tenantKeys.count, "Tenants that are known."),
      Figure("failing_endpoints", .gauge, evidence.count, "Endpoints whose failures are kept one by one."),
      Figure("candidates", .gauge, candidateCount, "Failed deliveries kept as worth a replay."),
      Figure("alarms", .gauge, alarms.count, "Endpoints and tenants that are anomalous."),
      Figure(
        "aggregated_attempts_total", .overflow, counters.aggregatedAttempts,
        "Attempts counted under (other endpoints) or (other tenants), because a bound on them was reached."),
      Figure(
        "forgotten_endpoints_total", .counter, counters.forgottenEndpoints,
        "Endpoints forgotten because they were idle."),
      Figure(
        "forgotten_tenants_total", .counter, counters.forgottenTenants, "Tenants forgotten because they were idle."),
      Figure(
        "refused_evidence_total", .overflow, counters.refusedEvidence,
        "Failures that were counted but not kept, because too many endpoints fail."),
      Figure(
        "refused_candidates_total", .counter, counters.refusedCandidates,
        "Failed deliveries that found no room beside the candidates of their endpoint."),
      Figure(
        "refused_alarms_total", .overflow, counters.refusedAlarms,
        "Times that an endpoint was anomalous and could not be raised, because too many are."),
      Figure(
        "held_statements_total", .overflow, counters.heldStatements,
        "Statements about endpoints that had to wait for room in a later minute."),
    ]
  }
}
