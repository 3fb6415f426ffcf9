extension Signal {
  /// The CloudEvents type of a signal's record.
  package var type: StaticString {
    switch statement {
    case .level: "healstream.signal.level.v1"
    case .failures: "healstream.signal.failures.v1"
    case .replayOutcome: "healstream.signal.replay_outcome.v1"
    case .actionOutcome: "healstream.signal.action_outcome.v1"
    case .command: "healstream.signal.command.v1"
    case .progress: "healstream.signal.progress.v1"
    }
  }

  /// The record's key: the tenant where there is one, the action, the operator, else the source.
  package var key: String {
    switch statement {
    case .level(let level): level.tenantID
    case .failures(let summary): summary.tenantID
    case .replayOutcome(let outcome): outcome.tenantID
    case .actionOutcome(let outcome): outcome.actionID
    case .command(let command): command.operatorID
    case .progress: "\(source.topic)-\(source.partition)"
    }
  }

  /// What the statement is about.
  package var subject: String {
    switch statement {
    case .level(let level): level.endpoint ?? level.tenantID
    case .failures(let summary): summary.tenantID
    case .replayOutcome(let outcome): outcome.endpoint
    case .actionOutcome(let outcome): outcome.actionID
    case .command(let command): command.id
    case .progress: "\(source.topic)-\(source.partition)"
    }
  }

  package var id: DerivedID {
    var id = DerivedID.Builder("signal")
    id.add(source.topic)
    id.add(Int64(source.partition))
    id.add(source.offset)
    id.add(Int64(source.index))
    return id.finish()
  }

  /// Appends this signal to the outputs of the fold that makes it.
  package func append(to outputs: inout Outputs) {
    outputs.append(to: .signals, type: type, id: id, at: at, key: key.utf8, subject: subject.utf8) { write(to: &$0) }
  }

  package func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("statement", statement.name)
      json.object("source") { json in
        json.member("topic", source.topic)
        json.member("partition", source.partition)
        json.member("offset", source.offset)
        json.member("index", source.index)
      }
      json.member("at", at)
      switch statement {
      case .level(let level): level.write(to: &json)
      case .failures(let summary): summary.write(to: &json)
      case .replayOutcome(let outcome): outcome.write(to: &json)
      case .actionOutcome(let outcome): outcome.write(to: &json)
      case .command(let command): command.write(to: &json)
      case .progress(let progress): progress.write(to: &json)
      }
    }
  }
}

extension Signal.Statement {
  var name: StaticString {
    switch self {
    case .level: "level"
    case .failures: "failures"
    case .replayOutcome: "replay_outcome"
    case .actionOutcome: "action_outcome"
    case .command: "command"
    case .progress: "progress"
    }
  }
}

extension LevelStatement {
  func write(to json: inout JSONWriter) {
    json.member("scope", scope.name)
    json.member("tenant_id", tenantID)
    json.member("endpoint", endpoint)
    json.member("level", level.name)
    json.member("type", type.name)
    json.array("conditions") { json in
      for condition in conditions { json.value(condition.name) }
    }
    json.member("raised_at", raisedAt)
    json.member("recent_count", recentCount)
    json.member("recent_failures", recentFailures)
    json.member("baseline_count", baselineCount, decimals: 3)
    json.member("baseline_failures", baselineFailures, decimals: 3)
    json.member("spike_multiplier", spikeMultiplier, decimals: 3)
    json.member("failure_multiplier", failureMultiplier, decimals: 3)
    json.member("significance", significance, decimals: 2)
    json.key("triage_distribution")
    triage.write(to: &json)
    json.member("signature_share", signatureShare, decimals: 4)
    json.member("signature", hexadecimal(signature))
    json.member("level_changes", levelChanges)
    json.member("successes", successes)
    json.member("last_event_at", lastEventAt)
    json.member("last_success_at", lastSuccessAt)
    json.member("live_rate_per_minute", liveRatePerMinute, decimals: 3)
    json.member("endpoints_failing", endpointsFailing)
    json.member("endpoints_active", endpointsActive)
    json.array("candidates") { json in
      for candidate in candidates { candidate.write(to: &json) }
    }
    json.member("candidate_count", candidateCount)
    json.member("explanation", explanation)
  }
}

extension LevelStatement.Level {
  package var name: StaticString {
    switch self {
    case .anomalous: "anomalous"
    case .recovering: "recovering"
    case .normal: "normal"
    case .silent: "silent"
    case .vanished: "vanished"
    }
  }
}

extension LevelStatement.Candidate {
  func write(to json: inout JSONWriter) {
    json.object { json in
      json.member("delivery_id", deliveryID)
      json.member("endpoint", endpoint)
      json.member("failed_at", failedAt)
      json.member("category", category.name)
      json.member("score", score)
      if let notBefore { json.member("not_before", notBefore) }
      json.member("attempt", attempt)
      if isLast { json.member("is_last", true) }
    }
  }
}

extension TriageDistribution {
  /// Every category, also those with none.
  package func write(to json: inout JSONWriter) {
    json.object { json in
      for category in Category.allCases { json.member(category.name, self[category]) }
    }
  }
}

extension FailureSummary {
  func write(to json: inout JSONWriter) {
    json.member("tenant_id", tenantID)
    json.member("minute", minute)
    json.key("triage_distribution")
    triage.write(to: &json)
    json.array("candidates") { json in
      for candidate in candidates { candidate.write(to: &json) }
    }
    json.array("delivered") { json in
      for id in delivered { json.value(id) }
    }
  }
}

extension ReplayOutcome {
  func write(to json: inout JSONWriter) {
    json.member("action_id", actionID)
    json.member("delivery_id", deliveryID)
    json.member("tenant_id", tenantID)
    json.member("endpoint", endpoint)
    json.member("succeeded", succeeded)
  }
}

extension ActionOutcome {
  func write(to json: inout JSONWriter) {
    json.member("action_id", actionID)
    json.member("outcome", outcome.rawValue)
    json.member("detail", detail)
  }
}

extension Progress {
  func write(to json: inout JSONWriter) {
    json.member("stream_time", streamTime)
    json.member("recent_count", recentCount)
    json.member("recent_failures", recentFailures)
    json.member("active_endpoints", activeEndpoints)
    json.member("active_tenants", activeTenants)
    json.member("newly_failing_endpoints", newlyFailingEndpoints)
    json.member("newly_failing_tenants", newlyFailingTenants)
    json.member("failure_rate", failureRate, decimals: 6)
    json.member("is_caught_up", isCaughtUp)
  }
}

/// 16 lower-case digits: JSON's numbers do not hold 64 bits safely (RFC 8259 §6).
func hexadecimal(_ word: UInt64) -> String {
  String(decoding: stride(from: 60, through: 0, by: -4).map { hexDigit(UInt8(word >> UInt64($0) & 15)) }, as: UTF8.self)
}
