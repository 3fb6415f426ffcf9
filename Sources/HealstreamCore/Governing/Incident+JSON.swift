extension Incident {
  /// The record's value: fields in a fixed order, absent ones as null.
  func write(_ event: Event, to json: inout JSONWriter) {
    json.object { json in
      json.member("event", event.rawValue)
      json.member("incident_id", id)
      json.member("scope", key.scope.name)
      json.member("type", evidence.type.name)
      json.member("severity", severity.rawValue)
      json.member("status", status.rawValue)
      json.member("tenant_id", key.scope == .platform ? nil : key.tenantID)
      json.member("endpoint", key.endpoint)
      writeEvidence(to: &json)
      json.member("message", message)
      json.member("detected_at", detectedAt)
      json.member("updated_at", updatedAt)
      json.member("resolved_at", resolvedAt)
      json.member("resolution", resolution?.rawValue)
      json.member("acknowledged_by", acknowledgement?.operatorID)
      json.member("known_issue", isKnownIssue)
      json.member("reopened_count", reopenedCount)
      json.member("flapping", isFlapping)
      json.array("heal_actions") { json in for id in actionIDs { json.value(id) } }
      json.member("evidence_stale", isEvidenceStale)
      json.member("explanation", evidence.explanation)
    }
  }

  private func writeEvidence(to json: inout JSONWriter) {
    json.member("recent_count", evidence.recentCount)
    json.member("baseline_count", evidence.baselineCount, decimals: 3)
    json.member("recent_failures", evidence.recentFailures)
    json.member("baseline_failures", evidence.baselineFailures, decimals: 3)
    json.member("spike_detected", evidence.conditions.contains(.trafficSpike))
    json.member("failure_cluster_detected", evidence.conditions.contains(.failureCluster))
    json.array("conditions") { json in for condition in evidence.conditions { json.value(condition.name) } }
    json.member("spike_multiplier", evidence.spikeMultiplier, decimals: 3)
    json.member("failure_multiplier", evidence.failureMultiplier, decimals: 3)
    json.member("significance", evidence.significance, decimals: 3)
    json.object("triage_distribution") { json in
      for category in Category.allCases { json.member(category.name, evidence.triage[category]) }
    }
  }
}
