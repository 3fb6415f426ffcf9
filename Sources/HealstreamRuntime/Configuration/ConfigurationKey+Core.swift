import HealstreamCore

extension ConfigurationKey {
  static let triage: [Self] = [
    .integer(
      "triage.max_retry_after_ms", \.triage.maxRetryAfterMillis, 0...2_592_000_000,
      "No verdict asks to wait longer than this, whatever the endpoint says."),
    .triageRules("triage.rules", \.triage.rules),
  ]

  static let detection: [Self] = [
    .number(
      "detection.false_incidents_per_day", \.detection.falseIncidentsPerDay, 0.001...1000.0,
      "False incidents per day that the whole fleet may have on fault-free traffic. Every limit derives from it."),
    .flag(
      "detection.passive", \.governing.isPassive, "Detects and audits, but opens no incident and heals nothing."),
    .number(
      "detection.traffic_spike_ratio", \.detection.trafficSpikeRatio, 1.01...1000.0,
      "First attempts of the last 5 min against the preceding hour, from which on traffic may be a spike."),
    .number(
      "detection.failure_burst_ratio", \.detection.failureBurstRatio, 1.01...1000.0,
      "Failures against the preceding hour above which they are called a burst."),
    .number(
      "detection.failure_cluster_ratio", \.detection.failureClusterRatio, 1.01...1000.0,
      "Failures against the preceding hour above which they are called a cluster."),
    .number(
      "detection.endpoint_spike_ratio", \.detection.endpointSpikeRatio, 1.01...1000.0,
      "An endpoint's failures against its 24 h above which they are called a spike."),
    .number(
      "detection.tenant_spike_ratio", \.detection.tenantSpikeRatio, 1.01...1000.0,
      "A tenant's failures against its 24 h above which they are called a spike."),
    .integer(
      "detection.max_clock_lead_ms", \.detection.maxClockLeadMillis, 0...86_400_000,
      "How far an event time may run ahead of its record's timestamp; what is further ahead is held there."),
    .integer(
      "detection.evaluation_ms", \.evaluationMillis, 1000...600_000,
      "Stream time between two looks at what time alone changes."),
    .integer(
      "detection.progress_ms", \.detection.progressMillis, 1000...600_000,
      "Stream time between two statements of how far a partition is."),
    .integer(
      "detection.restate_ms", \.detection.restateMillis, 1000...86_400_000,
      "Stream time after which an unchanged alarm is stated again."),
    .integer(
      "detection.grouping_ms", \.detection.groupingMillis, 0...600_000,
      "How long an endpoint's alarm waits for its tenant's or the platform's to explain it."),
    .integer(
      "detection.min_tenant_endpoints", \.detection.minTenantEndpoints, 2...1000,
      "Endpoints of a tenant that must fail together to be the tenant's fault."),
    .integer(
      "detection.recovery_hold_ms", \.detection.recoveryHoldMillis, 0...86_400_000,
      "How long no condition may have held before an alarm is over."),
    .integer(
      "detection.min_recovery_successes", \.detection.minRecoverySuccesses, 0...1000,
      "Successes without which an alarm about failures is never over."),
    .integer(
      "detection.flapping_window_ms", \.detection.flappingWindowMillis, 60_000...86_400_000,
      "How far back changes of the condition are counted."),
    .integer(
      "detection.silent_after_ms", \.detection.silentAfterMillis, 60_000...604_800_000,
      "Without a live delivery for so long an alarm is silent, and its incident stale."),
    .integer(
      "detection.vanished_after_ms", \.detection.vanishedAfterMillis, 60_000...2_592_000_000,
      "Without a live delivery for so long an alarm is given up: no data."),
    .integer(
      "detection.max_candidates", \.detection.maxCandidates, 0...1000,
      "Failed deliveries kept for each failing endpoint, and named in each statement."),
    .integer(
      "detection.candidate_ms", \.detection.candidateMillis, 60_000...86_400_000,
      "How long a failed delivery may be worth a replay."),
    .integer(
      "detection.max_endpoints_per_tenant", \.detection.maxEndpointsPerTenant, 1...10_000_000,
      "Endpoints that one tenant may have in a partition; beyond it they count together."),
    .integer(
      "detection.max_endpoints", \.detection.maxEndpoints, 1...10_000_000,
      "Endpoints of a partition."),
    .integer(
      "detection.max_tenants", \.detection.maxTenants, 1...10_000_000,
      "Tenants of a partition; beyond it they count together."),
    .integer(
      "detection.idle_key_hours", \.detection.idleKeyHours, 24...87_600,
      "An endpoint not heard of for so long is forgotten; where room is needed, after a day."),
    .integer(
      "detection.max_failing_endpoints", \.detection.maxFailingEndpoints, 0...10_000_000,
      "Endpoints of a partition whose failures are kept one by one; a tenant may have a quarter of them."),
    .integer(
      "detection.max_kept_candidates", \.detection.maxKeptCandidates, 0...10_000_000,
      "Failed deliveries kept in a partition as worth a replay; a tenant may have a quarter of them."),
    .integer(
      "detection.max_alarms", \.detection.maxAlarms, 1...10_000_000,
      "Endpoints of a partition that may be anomalous at once; a tenant may have a quarter of them."),
    .integer(
      "detection.max_statements_per_minute", \.detection.maxStatementsPerMinute, 1...1_000_000,
      "Statements about endpoints that a partition makes in a minute of stream time; a tenant may have a quarter of them."
    ),
  ]

  static let incidents: [Self] = [
    .integer(
      "incidents.critical_failures", \.governing.incidents.criticalFailures, 0...1_000_000,
      "More distinct failures in 5 min than this, at the rate below, are critical."),
    .number(
      "incidents.critical_failure_rate", \.governing.incidents.criticalFailureRate, 0.0...1.0,
      "The failure rate above which so many failures are critical."),
    .integer(
      "incidents.update_ms", \.governing.incidents.updateMillis, 1000...86_400_000,
      "An open incident whose evidence changed is said again after this."),
    .integer(
      "incidents.heartbeat_ms", \.governing.incidents.heartbeatMillis, 1000...604_800_000,
      "One whose evidence did not change, after this."),
    .integer(
      "incidents.reopen_ms", \.governing.incidents.reopenMillis, 0...604_800_000,
      "Raised again within this after its end: the same incident."),
    .integer(
      "incidents.flapping_changes", \.governing.incidents.flappingChanges, 2...1000,
      "Changes of the condition that make an incident flapping."),
    .integer(
      "incidents.flapping_hold_ms", \.governing.incidents.flappingHoldMillis, 0...86_400_000,
      "A flapping incident resolves only after so much quiet."),
    .integer(
      "incidents.max_open", \.governing.incidents.maxOpen, 1...1_000_000,
      "Beyond this, new incidents are refused, counted and audited."),
    .integer(
      "incidents.max_remembered", \.governing.incidents.maxRemembered, 0...1_000_000,
      "Resolved incidents remembered for reopening."),
    .number(
      "platform.endpoint_share", \.governing.platform.endpointShare, 0.0...1.0,
      "Share of the active endpoints that newly fail together, from which on the fault is the platform's."),
    .number(
      "platform.tenant_share", \.governing.platform.tenantShare, 0.0...1.0,
      "Share of the active tenants that must have such an endpoint."),
    .integer(
      "platform.min_tenants", \.governing.platform.minTenants, 1...1_000_000,
      "How many tenants that must be at least."),
    .integer(
      "platform.hold_ms", \.governing.platform.holdMillis, 0...86_400_000,
      "A platform incident is over when the numbers stayed at half of their worst for so long."),
    .number(
      "platform.blast_endpoint_share", \.governing.platform.blastEndpointShare, 0.0...1.0,
      "Blast radius: above this share of endpoints failing together nothing is healed."),
    .number(
      "platform.blast_tenant_share", \.governing.platform.blastTenantShare, 0.0...1.0,
      "The same for tenants."),
    .integer(
      "platform.blast_minimum", \.governing.platform.blastMinimum, 1...1_000_000,
      "And at least so many of them."),
  ]

  static let healing: [Self] = [
    .flag(
      "healing.autoheal_enabled", \.governing.autohealEnabled,
      "The kill switch: false refuses every action. Speaks where it changed; else the command set-autoheal does."),
    .flag(
      "healing.dry_run", \.governing.isDryRun, "Everything is decided and said, nothing is acted on."),
    .integer(
      "healing.enforcement_percent", \.governing.enforcementPercent, 0...100,
      "The share of incidents that healing may touch; which ones follows from their ids."),
    .integer(
      "healing.cycle_ms", \.governing.cycleMillis, 1000...600_000,
      "Append time between two cycles of decisions."),
    .integer(
      "healing.max_evidence_age_ms", \.governing.maxEvidenceAgeMillis, 1000...86_400_000,
      "Nothing is healed on evidence older than this when it was appended."),
    .flag(
      "healing.require_approval_for_critical", \.governing.healing.requireApprovalForCritical,
      "Heals of critical incidents are proposed only; escalations and deferrals are exempt."),
    .integer(
      "healing.approval_expiry_ms", \.governing.healing.approvalExpiryMillis, 1000...86_400_000,
      "A proposal that nobody approved ends after this."),
    .number(
      "healing.min_confidence", \.governing.healing.minConfidence, 0.0...1.0,
      "Least predicted probability of any action."),
    .integer(
      "healing.cooldown_ms", \.governing.healing.cooldownMillis, 0...86_400_000,
      "Between two heals of one strategy for one endpoint; doubles with each failed heal."),
    .integer(
      "healing.max_cooldown_ms", \.governing.healing.maxCooldownMillis, 0...604_800_000,
      "The longest such pause."),
    .integer(
      "healing.failed_heals_to_block", \.governing.healing.failedHealsToBlock, 1...1000,
      "So many failed heals within the window below block the strategy for that key."),
    .integer(
      "healing.block_window_ms", \.governing.healing.blockWindowMillis, 1000...604_800_000,
      "The window of failed heals."),
    .integer(
      "healing.max_heals_per_hour", \.governing.healing.maxHealsPerHour, 0...1_000_000,
      "Replays, throttles and silences begun within an hour."),
    .integer(
      "healing.max_heals_at_once", \.governing.healing.maxHealsAtOnce, 0...100_000,
      "And alive at once."),
    .integer(
      "healing.escalate.failures", \.governing.healing.escalateFailures, 0...1_000_000,
      "More distinct failures in 5 min than this escalate."),
    .number(
      "healing.escalate.permanent_ratio", \.governing.healing.escalatePermanentRatio, 0.0...1.0,
      "So does a share of permanent failures above this."),
    .integer(
      "healing.escalate.streak", \.governing.healing.escalateStreak, 1...1000,
      "So do more failed heals and deferrals in a row for one key than this."),
    .integer(
      "healing.escalate.streak_memory_ms", \.governing.healing.streakMemoryMillis, 1000...2_592_000_000,
      "Such a row is forgotten after so long without addition."),
    .integer(
      "healing.escalate.repeat_ms", \.governing.healing.escalationRepeatMillis, 0...604_800_000,
      "An escalation that nobody has acknowledged is said again after this; 0: never."),
    .texts(
      "healing.escalate.notify", \.governing.healing.notify, maxCount: 100,
      "Whom escalations tell, as the connectors call them; []: nobody."),
    .text(
      "healing.escalate.pagerduty_routing_key", \.governing.healing.pagerDutyRoutingKey,
      "at most 100 characters, or \"\"",
      "Stands in PagerDuty's payload, where every reader of heal-actions sees it; \"\": the connector adds it.",
      where: { $0.count <= 100 }),
    .number(
      "healing.rate_limit.failure_share", \.governing.healing.rateLimitFailureShare, 0.0...1.0,
      "A tenant with more than this share of all failures, and a traffic spike, is throttled."),
    .integer(
      "healing.rate_limit.min_failures", \.governing.healing.rateLimitMinFailures, 0...1_000_000,
      "And with at least so many."),
    .number(
      "healing.rate_limit.factor", \.governing.healing.rateLimitFactor, 0.01...1.0,
      "To this part of its rate."),
    .integer(
      "healing.rate_limit.duration_ms", \.governing.healing.rateLimitMillis, 1000...86_400_000,
      "For so long."),
    .integer(
      "healing.rate_limit.approval_ms", \.governing.healing.rateLimitApprovalMillis, 1000...604_800_000,
      "A throttle or silence longer than this needs an approval."),
    .number(
      "healing.replay.transient_ratio", \.governing.healing.replayTransientRatio, 0.0...1.0,
      "Share of transient failures above which a replay is chosen."),
    .integer(
      "healing.replay.max_deliveries", \.governing.healing.maxReplays, 1...1000,
      "Most candidates, and most deliveries of one replay."),
    .integer(
      "healing.replay.max_age_ms", \.governing.healing.replayMaxAgeMillis, 1000...86_400_000,
      "Only deliveries that failed this recently are replayed."),
    .number(
      "healing.replay.step_confidence", \.governing.healing.replayStepConfidence, 0.0...1.0,
      "Least predicted probability of the steps after the canary."),
    .number(
      "healing.replay.success_share", \.governing.healing.replaySuccessShare, 0.0...1.0,
      "Share of a step that must be delivered for the next one."),
    .integer(
      "healing.replay.back_off_ms", \.governing.healing.replayBackOffMillis, 0...86_400_000,
      "The first step waits so long, unless a live delivery succeeded since; doubles with each failed replay."),
    .integer(
      "healing.replay.max_back_off_ms", \.governing.healing.maxReplayBackOffMillis, 0...604_800_000,
      "The longest such wait."),
    .integer(
      "healing.replay.expiry_ms", \.governing.healing.replayExpiryMillis, 1000...86_400_000,
      "Not to be carried out later than this after it was issued."),
    .number(
      "healing.replay.budget_share", \.governing.healing.replayBudgetShare, 0.0...1.0,
      "Share of its live rate that an endpoint may receive as replays."),
    .integer(
      "healing.replay.budget_min_per_minute", \.governing.healing.replayBudgetMinPerMinute, 0...1_000_000,
      "And at least so many a minute."),
    .integer(
      "healing.replay.ledger_ms", \.governing.healing.ledgerMillis, 60_000...2_592_000_000,
      "An id is not replayed twice within this."),
    .integer(
      "healing.replay.max_ledger_entries", \.governing.healing.maxLedgerEntries, 1...10_000_000,
      "A full ledger refuses replays."),
    .integer(
      "healing.replay.verification_ms", \.governing.healing.verificationMillis, 1000...86_400_000,
      "An action without a sign of its outcome for so long is settled by what is known."),
    .number(
      "healing.silence.signature_share", \.governing.healing.silenceSignatureShare, 0.0...1.0,
      "Share of equal errors above which they are silenced."),
    .integer(
      "healing.dry_run.watch_ms", \.governing.healing.dryRunWatchMillis, 1000...604_800_000,
      "So long a dry run watches whether what it would have replayed is delivered anyway."),
    .integer(
      "healing.dry_run.max_watched", \.governing.healing.maxWatchedDeliveries, 0...10_000_000,
      "Deliveries watched for dry runs; beyond this, dry runs are not scored."),
    .integer(
      "healing.silence.min_failures", \.governing.healing.silenceMinFailures, 1...1_000_000,
      "And of at least so many."),
    .integer(
      "healing.silence.dedup_ms", \.governing.healing.silenceDedupMillis, 1000...86_400_000,
      "Within this, equal notices are one."),
    .integer(
      "healing.silence.duration_ms", \.governing.healing.silenceMillis, 1000...604_800_000,
      "How long a silence lasts."),
    .integer(
      "healing.silence.max_per_incident", \.governing.healing.maxSilences, 0...1000,
      "So often per incident, then it escalates."),
    .integer(
      "healing.defer.recheck_ms", \.governing.healing.deferMillis, 1000...86_400_000,
      "How long a deferral waits."),
    .integer(
      "healing.defer.max_per_incident", \.governing.healing.maxDeferrals, 0...1000,
      "So often per incident, then it escalates."),
    .integer(
      "healing.defer.warn_after", \.governing.healing.deferralsToWarn, 0...1000,
      "From this many in a row on a deferral warns."),
    .integer(
      "healing.max_keys_remembered", \.governing.healing.maxKeysRemembered, 1...10_000_000,
      "Endpoints and tenants whose heals are remembered."),
    .maintenance("healing.maintenance", \.governing.maintenance),
    .businessHours("healing.business_hours", \.governing.businessHours),
  ]

  static let sender: [Self] = [
    .durations(
      "sender.retry_delays", \.sender.retryDelaysMillis, maxCount: 100, upToMillis: 30 * 86_400_000,
      "The sender's pauses after the first failed attempt, the second, and so on. What it will try again by itself is neither replayed nor recommended; []: unknown, and not considered."
    ),
    .number(
      "sender.retry_jitter", \.sender.jitter, 0.0...1.0, "By which share of it such a pause may be longer."),
    .integer(
      "sender.retry_grace_ms", \.sender.graceMillis, 0...86_400_000,
      "How long after its time a retry's outcome may still be on its way."),
  ]

  static let tenants: [Self] = [.tenantPolicies("tenants.*", \.governing.policies)]
}
