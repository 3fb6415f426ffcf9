extension Signal {
  /// - Throws: the rule that the record broke; only a record that another program wrote, or another version, breaks one.
  package init(decoding bytes: Span<UInt8>) throws(Rejection) {
    let reader = try ObjectReader(bytes)
    source = try SignalSource(reader.object("source"))
    at = try reader.timestamp("at")
    statement = try Statement(reader)
  }
}

extension SignalSource {
  fileprivate init(_ reader: ObjectReader) throws(Rejection) {
    topic = try reader.string("topic")
    partition = try reader.integer("partition")
    offset = try reader.integer("offset")
    index = try reader.integer("index")
  }
}

extension Signal.Statement {
  private enum Kind: String, CaseIterable { case level, failures, replay_outcome, action_outcome, command, progress }

  fileprivate init(_ reader: ObjectReader) throws(Rejection) {
    switch try reader.choice("statement", { (kind: Kind) in kind.rawValue }) {
    case .level: self = .level(try LevelStatement(reader))
    case .failures: self = .failures(try FailureSummary(reader))
    case .replay_outcome: self = .replayOutcome(try ReplayOutcome(reader))
    case .action_outcome: self = .actionOutcome(try ActionOutcome(reader))
    case .command: self = .command(try Command(signal: reader))
    case .progress: self = .progress(try Progress(reader))
    }
  }
}

extension LevelStatement {
  fileprivate init(_ reader: ObjectReader) throws(Rejection) {
    self.init(
      scope: try reader.choice("scope") { "\($0.name)" }, tenantID: try reader.string("tenant_id"),
      endpoint: try reader.optional("endpoint", reader.string),
      level: try reader.choice("level") { "\($0.name)" }, type: try reader.choice("type") { "\($0.name)" },
      raisedAt: try reader.timestamp("raised_at"), lastEventAt: try reader.timestamp("last_event_at"))
    conditions = try reader.choices("conditions") { "\($0.name)" }
    recentCount = try reader.integer("recent_count")
    recentFailures = try reader.integer("recent_failures")
    baselineCount = try reader.number("baseline_count")
    baselineFailures = try reader.number("baseline_failures")
    spikeMultiplier = try reader.optional("spike_multiplier", reader.number)
    failureMultiplier = try reader.optional("failure_multiplier", reader.number)
    significance = try reader.number("significance")
    triage = try TriageDistribution(reader.object("triage_distribution"))
    signatureShare = try reader.number("signature_share")
    signature = UInt64(try reader.string("signature"), radix: 16) ?? 0
    levelChanges = try reader.integer("level_changes")
    successes = try reader.integer("successes")
    lastSuccessAt = try reader.optional("last_success_at", reader.timestamp)
    liveRatePerMinute = try reader.number("live_rate_per_minute")
    endpointsFailing = try reader.integer("endpoints_failing")
    endpointsActive = try reader.integer("endpoints_active")
    for candidate in try reader.objects("candidates") { candidates.append(try Candidate(candidate)) }
    candidateCount = try reader.integer("candidate_count")
    explanation = try reader.string("explanation")
  }
}

extension LevelStatement.Candidate {
  fileprivate init(_ reader: ObjectReader) throws(Rejection) {
    self.init(
      deliveryID: try reader.string("delivery_id"), endpoint: try reader.string("endpoint"),
      failedAt: try reader.timestamp("failed_at"), category: try reader.choice("category") { "\($0.name)" },
      score: try reader.integer("score"), notBefore: try reader.optional("not_before", reader.timestamp),
      attempt: try reader.optional("attempt", reader.integer) ?? 1,
      isLast: try reader.optional("is_last", reader.bool) ?? false)
  }
}

extension TriageDistribution {
  fileprivate init(_ reader: ObjectReader) throws(Rejection) {
    self.init()
    for category in Category.allCases { self[category] = try reader.integer("\(category.name)") }
  }
}

extension FailureSummary {
  fileprivate init(_ reader: ObjectReader) throws(Rejection) {
    self.init(tenantID: try reader.string("tenant_id"), minute: try reader.timestamp("minute"))
    triage = try TriageDistribution(reader.object("triage_distribution"))
    for candidate in try reader.objects("candidates") {
      candidates.append(try LevelStatement.Candidate(candidate))
    }
    delivered = try reader.strings("delivered")
  }
}

extension ReplayOutcome {
  fileprivate init(_ reader: ObjectReader) throws(Rejection) {
    self.init(
      actionID: try reader.string("action_id"), deliveryID: try reader.string("delivery_id"),
      tenantID: try reader.string("tenant_id"), endpoint: try reader.string("endpoint"),
      succeeded: try reader.bool("succeeded"))
  }
}

extension ActionOutcome {
  fileprivate init(_ reader: ObjectReader) throws(Rejection) {
    self.init(
      actionID: try reader.string("action_id"), outcome: try reader.choice("outcome") { $0.rawValue },
      detail: try reader.optional("detail", reader.string) ?? "")
  }
}

extension Progress {
  fileprivate init(_ reader: ObjectReader) throws(Rejection) {
    self.init(streamTime: try reader.timestamp("stream_time"))
    recentCount = try reader.integer("recent_count")
    recentFailures = try reader.integer("recent_failures")
    activeEndpoints = try reader.integer("active_endpoints")
    activeTenants = try reader.integer("active_tenants")
    newlyFailingEndpoints = try reader.integer("newly_failing_endpoints")
    newlyFailingTenants = try reader.integer("newly_failing_tenants")
    failureRate = try reader.number("failure_rate")
    isCaughtUp = try reader.bool("is_caught_up")
  }
}
