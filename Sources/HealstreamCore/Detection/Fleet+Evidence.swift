/// What failed deliveries leave behind, and successes take away.
extension Fleet {
  func hasFailedLately(_ id: UInt64, _ endpoint: Int) -> Bool {
    let index = endpoints[endpoint].evidence
    return index != EndpointRow.none && evidence[Int(index)].hasFailedLately(hash: id)
  }

  mutating func noteFailure(
    _ attempt: Attempt, _ verdict: Verdict, _ id: UInt64, _ endpoint: Int, _ tenant: Int, isFirst: Bool
  ) {
    let index = evidenceIndex(of: endpoint, at: attempt.at)
    evidence[index].noteFailure(hash: id, at: attempt.at)
    if isFirst {
      evidence[index].mix.add(verdict.category, signature: verdict.signature)
      summaries[summaryIndex(of: tenant)].summary.triage[verdict.category] += 1
    }
    guard verdict.category == .transientEndpointDown || verdict.category == .rateLimited else {
      _ = evidence[index].candidates.take(hash: id)
      return
    }
    offer(attempt, verdict, id, index, tenant)
  }

  private mutating func offer(_ attempt: Attempt, _ verdict: Verdict, _ id: UInt64, _ index: Int, _ tenant: Int) {
    guard settings.maxCandidates > 0 else { return }
    let candidate = LevelStatement.Candidate(
      deliveryID: String(decoding: attempt.deliveryID, as: UTF8.self), endpoint: evidence[index].url,
      failedAt: attempt.at, category: verdict.category, score: verdict.score, notBefore: verdict.notBefore)
    let isNew = evidence[index].candidates.offer(candidate, hash: id, maxCount: settings.maxCandidates)
    let summary = summaryIndex(of: tenant)
    if isNew, summaries[summary].summary.candidates.count < FailureSummary.maxCandidates {
      summaries[summary].summary.candidates.append(candidate)
    }
  }

  /// - Parameter isLive: not a replay's.
  mutating func noteSuccess(_ attempt: Attempt, _ id: UInt64, _ endpoint: Int, _ tenant: Int, isLive: Bool) {
    if isLive {
      endpoints[endpoint].lastSuccessAt = max(endpoints[endpoint].lastSuccessAt, attempt.at)
      tenants[tenant].lastSuccessAt = max(tenants[tenant].lastSuccessAt, attempt.at)
    }
    credit(endpoints[endpoint].alarm)
    credit(tenants[tenant].alarm)
    let index = Int(endpoints[endpoint].evidence)
    guard index != Int(EndpointRow.none), evidence[index].candidates.take(hash: id) else { return }
    summaries[summaryIndex(of: tenant)].summary.delivered.append(String(decoding: attempt.originalID, as: UTF8.self))
  }

  private mutating func credit(_ alarm: Int32) {
    guard alarm != EndpointRow.none else { return }
    alarms[Int(alarm)].successes += 1
    alarms[Int(alarm)].isDirty = true
  }

  private mutating func evidenceIndex(of endpoint: Int, at: Timestamp) -> Int {
    let minute = endpoints[endpoint].history.windows.minute
    if endpoints[endpoint].evidence == EndpointRow.none {
      let block = FailureEvidence(endpoint: endpoint, url: endpointKeys.text(of: endpoint), at: at, minute: minute)
      endpoints[endpoint].evidence = Int32(evidence.insert(block))
    }
    let index = Int(endpoints[endpoint].evidence)
    evidence[index].mix.advance(to: minute)
    return index
  }

  /// The tenant's summary of the current minute, begun where there is none yet.
  private mutating func summaryIndex(of tenant: Int) -> Int {
    if tenants[tenant].summary == EndpointRow.none, let now {
      tenants[tenant].summary = Int32(summaries.count)
      let minute = Timestamp(millis: now.minute * 60_000)
      summaries.append((tenant, FailureSummary(tenantID: tenantKeys.text(of: tenant), minute: minute)))
    }
    return Int(tenants[tenant].summary)
  }

  /// Says what failed in the minute that has passed.
  mutating func saySummaries(into statements: inout Statements) {
    for (tenant, summary) in summaries {
      statements.append(.failures(summary))
      tenants[tenant].summary = EndpointRow.none
    }
    summaries.removeAll(keepingCapacity: true)
  }

  /// Looks at some of the evidence, and lets go of what tells nothing any more.
  mutating func sweepEvidence(at now: Timestamp) {
    for _ in 0..<min(evidence.indices.count, max(64, evidence.indices.count / 8)) {
      sweepIndex = (sweepIndex + 1) % evidence.indices.count
      guard evidence.contains(sweepIndex) else { continue }
      evidence[sweepIndex].candidates.expire(before: now - settings.candidateMillis)
      let endpoint = evidence[sweepIndex].endpoint
      guard endpoints[endpoint].alarm == EndpointRow.none, evidence[sweepIndex].candidates.isEmpty,
        evidence[sweepIndex].lastFailureAt < now - Self.evidenceMillis
      else { continue }
      endpoints[endpoint].evidence = EndpointRow.none
      evidence.remove(at: sweepIndex)
    }
  }

  /// Long enough for the windows, and for most retries of senders that do not number their attempts.
  private static var evidenceMillis: Int64 { 900_000 }
}
