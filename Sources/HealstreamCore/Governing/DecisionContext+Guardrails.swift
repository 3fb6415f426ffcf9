extension DecisionContext {
  func checkKillSwitch() -> GuardrailFinding {
    GuardrailFinding(
      switches.autohealEnabled, value: "\(switches.autohealEnabled)", limit: "true",
      else: "Healing is off: \(switches.reason)")
  }

  func checkFreshEvidence() -> GuardrailFinding {
    let age = incident.evidenceAgeMillis
    return GuardrailFinding(
      isFresh && !incident.isEvidenceStale, value: readableMinutes(age),
      limit: readableMinutes(settings.maxEvidenceAgeMillis),
      else: "The evidence is stale: \(readableMinutes(age)) old when it came, or its source has fallen silent")
  }

  /// Escalations and deferrals touch nothing. A throttle or silence beyond its limit needs one whatever the severity.
  func checkApproval() -> GuardrailFinding {
    let length = lengthInForce
    let isLong = length > heal.rateLimitApprovalMillis
    let isCritical = incident.severity == .critical && heal.requireApprovalForCritical
    let value = isLong ? readableMinutes(length) : incident.severity.rawValue
    let limit =
      isLong ? readableMinutes(heal.rateLimitApprovalMillis) : heal.requireApprovalForCritical ? "warning" : "critical"
    guard isHeal, !isContinuation else { return .exempt(value, limit: limit) }
    if let operatorID = mandate.operatorID {
      return GuardrailFinding(.pass, value: "approved by \(operatorID)", limit: limit)
    }
    if let rejection = incident.rejection(of: kind) {
      return GuardrailFinding(
        .refuse, value: "rejected by \(rejection.operatorID)", limit: limit,
        reason: "\(rejection.operatorID) rejected \(kind.rawValue) for this incident")
    }
    guard isLong || isCritical else { return GuardrailFinding(.pass, value: value, limit: limit) }
    let reason =
      isLong
      ? "A \(kind == .rateLimitSource ? "throttle" : "silence") of \(value) needs an approval (> \(limit))"
      : "Critical incidents need an approval"
    return GuardrailFinding(.approval, value: value, limit: limit, reason: reason)
  }

  /// How long a throttle or a silence stays.
  private var lengthInForce: Int64 {
    switch kind {
    case .rateLimitSource: plan.durationMillis ?? 0
    case .silenceDupes: plan.silenceMillis ?? 0
    case .deferAndMonitor, .escalateOperator, .replayRecent: 0
    }
  }

  func checkConfidence() -> GuardrailFinding {
    let least = isProven ? max(heal.minConfidence, heal.replayStepConfidence) : heal.minConfidence
    return GuardrailFinding(
      probability >= least, value: readableRatio(probability), limit: readableRatio(least),
      else: "Confidence too low (\(readableRatio(probability)) < \(readableRatio(least)))")
  }

  func checkMaintenance() -> GuardrailFinding {
    let active = settings.maintenance.first { $0.covers(subject, at: now) || $0.covers(incident.subject, at: now) }
    let until = active?.until.map { "until \($0.rfc3339)" } ?? "without end"
    return GuardrailFinding(
      active == nil, value: active == nil ? "none" : until, limit: "none",
      else: "\(active?.endpoint ?? "tenant \(subject.tenantID)") is in maintenance \(until)")
  }

  func checkCooldown() -> GuardrailFinding {
    let cooldown = history.cooldown(of: kind, for: subject, at: now)
    let shortest = readableMinutes(heal.cooldownMillis)
    guard isHeal, !isContinuation else { return .exempt("none", limit: shortest) }
    guard let cooldown else { return GuardrailFinding(.pass, value: "none", limit: shortest) }
    let (elapsed, length) = (readableMinutes(cooldown.elapsedMillis), readableMinutes(cooldown.lengthMillis))
    return GuardrailFinding(
      cooldown.elapsedMillis >= cooldown.lengthMillis, value: elapsed, limit: length,
      else: "Cooldown active (\(elapsed) < \(length))")
  }

  func checkBusinessHours() -> GuardrailFinding {
    guard let hours = settings.businessHours else { return GuardrailFinding(.pass, value: "any", limit: "any") }
    let isInside = hours.contain(now)
    guard isHeal else { return .exempt(isInside ? "inside" : "outside", limit: "inside") }
    return GuardrailFinding(
      isInside, value: isInside ? "inside" : "outside", limit: "inside", else: "Outside of business hours")
  }

  /// What nobody asked for is not sent again for a tenant that floods or is throttled: it would go on top of what comes already.
  /// A further step of a replay waits where a live delivery has failed since the one before: its outcome tells of the endpoint as it was.
  func checkStrategyLimits() -> GuardrailFinding {
    let finding = strategy.limits(of: plan, for: subject, in: situation)
    guard finding.verdict == .pass, kind == .replayRecent, asking == nil else { return finding }
    if situation.isThrottled || situation.hasTrafficSpike {
      let state = situation.isThrottled ? "throttled" : "flooding"
      return GuardrailFinding(
        .refuse, value: state, limit: "neither flooding nor throttled",
        reason: "The tenant is \(state): nothing is sent again on top of it")
    }
    if let stepSentAt, let failedAt = incident.lastFailureAt, failedAt > stepSentAt {
      return GuardrailFinding(
        .refuse, value: "live failure", limit: "none since the step before",
        reason: "A live delivery has failed since the step before")
    }
    return finding
  }

  func checkTenantPolicy() -> GuardrailFinding {
    let policy = situation.policy
    if let allowed = policy.allowedStrategies, !allowed.contains(kind) {
      let limit = allowed.map(\.rawValue).joined(separator: ",")
      return GuardrailFinding(
        .refuse, value: kind.rawValue, limit: limit, reason: "The tenant's policy does not allow \(kind.rawValue)")
    }
    guard let limit = policy.maxHealsPerHour, isHeal, !isContinuation else {
      return GuardrailFinding(.pass, value: kind.rawValue, limit: "any")
    }
    let count = history.healsWithinHour(at: now, tenantID: subject.tenantID)
    return GuardrailFinding(
      count < limit, value: "\(count)", limit: "\(limit)",
      else: "The tenant had \(count) heals in an hour, at most \(limit)")
  }

  func checkFlapping() -> GuardrailFinding {
    guard isHeal else { return .exempt("\(incident.isFlapping)", limit: "false") }
    return GuardrailFinding(
      !incident.isFlapping, value: "\(incident.isFlapping)", limit: "false",
      else: "The incident is flapping: only deferrals and escalations")
  }

  /// So much began to fail together that the fault is the sender's: no heal, and one escalation for all, or the platform's own.
  func checkBlastRadius() -> GuardrailFinding {
    let fleet = situation.fleet
    let value =
      "\(fleet.newlyFailingEndpoints)/\(fleet.activeEndpoints) endpoints, "
      + "\(fleet.newlyFailingTenants)/\(fleet.activeTenants) tenants"
    let limit =
      "\(readableRatio(settings.platform.blastEndpointShare)) of endpoints, "
      + "\(readableRatio(settings.platform.blastTenantShare)) of tenants"
    let isFirstEscalation =
      kind == .escalateOperator && (incident.key.scope == .platform || !situation.isBlastEscalated || isContinuation)
    guard situation.isBlastWide else { return GuardrailFinding(.pass, value: value, limit: limit) }
    guard !isFirstEscalation else { return .exempt(value, limit: limit) }
    return GuardrailFinding(.refuse, value: value, limit: limit, reason: "Too much began to fail together (\(value))")
  }

  func checkStrategyBlocked() -> GuardrailFinding {
    let count = history.failedHeals(of: kind, for: subject, at: now)
    let (value, limit) = ("\(count)", "\(heal.failedHealsToBlock)")
    guard isHeal else { return .exempt(value, limit: limit) }
    let window = readableMinutes(heal.blockWindowMillis)
    return GuardrailFinding(
      count < heal.failedHealsToBlock, value: value, limit: limit,
      else: "\(kind.rawValue) blocked: \(count) failed heals in \(window)")
  }

  func checkHealsPerHour() -> GuardrailFinding {
    let count = history.healsWithinHour(at: now)
    let (value, limit) = ("\(count)", "\(heal.maxHealsPerHour)")
    guard isHeal, !isContinuation else { return .exempt(value, limit: limit) }
    return GuardrailFinding(
      count < heal.maxHealsPerHour, value: value, limit: limit, else: "\(value) heals in an hour, at most \(limit)")
  }

  func checkHealsAtOnce() -> GuardrailFinding {
    let (value, limit) = ("\(liveHeals)", "\(heal.maxHealsAtOnce)")
    guard isHeal, !isContinuation else { return .exempt(value, limit: limit) }
    return GuardrailFinding(
      liveHeals < heal.maxHealsAtOnce, value: value, limit: limit, else: "\(value) heals at once, at most \(limit)")
  }

  func checkReplayBudget() -> GuardrailFinding {
    let used = history.replaysWithinMinute(subject, at: now)
    let (value, limit) = ("\(used)/min", "\(replayBudget)/min")
    guard kind == .replayRecent else { return .exempt(value, limit: limit) }
    return GuardrailFinding(
      used < replayBudget, value: value, limit: limit, else: "Replay budget used up (\(value), at most \(limit))")
  }

  func checkLedger() -> GuardrailFinding {
    let replayed = plan.deliveries.count { history.wasReplayed($0, of: subject.tenantID) }
    let isFull = history.ledgerCount + plan.deliveries.count > heal.maxLedgerEntries
    let value = isFull ? "full" : "\(plan.deliveries.count - replayed) new"
    guard kind == .replayRecent else { return .exempt(value, limit: "1 new") }
    return GuardrailFinding(
      !plan.deliveries.isEmpty && replayed == 0 && !isFull, value: value, limit: "1 new",
      else: isFull ? "The ledger of replays is full" : "All candidates were replayed before")
  }

  /// An incident is in or out by its id, whatever is decided for it.
  func checkEnforcement() -> GuardrailFinding {
    var place = DerivedID.Builder("enforcement")
    place.add(incident.id)
    let percentile = Int(place.finish().high % 100)
    let limit = switches.enforcementPercent
    guard isHeal, asking == nil else { return .exempt("\(percentile)", limit: "\(limit)") }
    return GuardrailFinding(
      percentile < limit, value: "\(percentile)", limit: "\(limit)",
      else: "Not among the \(limit) % of incidents that healing is enforced for")
  }

  func checkDryRun() -> GuardrailFinding {
    GuardrailFinding(switches.isDryRun ? .dryRun : .pass, value: "\(switches.isDryRun)", limit: "false")
  }
}
