/// What failed deliveries leave behind, and successes take away.
extension Fleet {
  @inline(__always)
  func hasFailedLately(_ id: UInt64, _ endpoint: Int) -> Bool {
    guard endpoints[endpoint].failures.mayContain(hash: id) else { return false }
    return evidence[Int(endpoints[endpoint].evidence)].hasFailedLately(hash: id)
  }

  mutating func noteFailure(
    _ attempt: borrowing Attempt, _ verdict: Verdict, _ id: UInt64, _ endpoint: Int, _ tenant: Int, isFirst: Bool
  ) {
    if isFirst, let summary = summaryIndex(of: tenant) { summaries[summary].summary.triage[verdict.category] += 1 }
    guard let index = evidenceIndex(of: endpoint, tenant, at: attempt.at) else {
      counters.refusedEvidence += 1
      return
    }
    evidence[index].noteFailure(hash: id, at: attempt.at)
    endpoints[endpoint].failures.insert(hash: id)
    if isFirst { evidence[index].mix.add(verdict.category, signature: verdict.signature) }
    // An aggregate is no address to replay to.
    guard !endpoints[endpoint].isAggregate else { return }
    guard verdict.category == .transientEndpointDown || verdict.category == .rateLimited else {
      takeCandidate(id, at: index)
      return
    }
    offer(attempt, verdict, id, index, tenant)
  }

  private mutating func offer(
    _ attempt: borrowing Attempt, _ verdict: Verdict, _ id: UInt64, _ index: Int, _ tenant: Int
  ) {
    guard settings.maxCandidates > 0 else { return }
    let candidate = LevelStatement.Candidate(
      deliveryID: String(decoding: attempt.deliveryID, as: UTF8.self), endpoint: evidence[index].url,
      failedAt: attempt.at, category: verdict.category, score: verdict.score, notBefore: verdict.notBefore,
      attempt: attempt.number, isLast: attempt.status == .deadLetter)
    let hasRoom = hasRoomForCandidate(of: tenant)
    let isNew = changeCandidates(at: index) { candidates, settings in
      candidates.offer(candidate, hash: id, maxCount: hasRoom ? settings.maxCandidates : candidates.entries.count)
    }
    // Without the attempt that it has come to nobody could tell whether its sender will try again.
    let room = isNew ? FailureSummary.maxCandidates : hasRoom ? FailureSummary.maxCandidates / 2 : 0
    guard room > 0, let summary = summaryIndex(of: tenant), summaries[summary].summary.candidates.count < room
    else { return }
    summaries[summary].summary.candidates.append(candidate)
  }

  mutating func noteSuccess(_ attempt: borrowing Attempt, _ id: UInt64, _ endpoint: Int, _ tenant: Int) {
    credit(endpoints[endpoint].alarm)
    credit(tenants[tenant].alarm)
    guard endpoints[endpoint].failures.mayContain(hash: id),
      takeCandidate(id, at: Int(endpoints[endpoint].evidence)), let summary = summaryIndex(of: tenant)
    else { return }
    summaries[summary].summary.delivered.append(String(decoding: attempt.originalID, as: UTF8.self))
  }

  private mutating func credit(_ alarm: Int32) {
    guard alarm != EndpointRow.none else { return }
    alarms[Int(alarm)].successes += 1
    alarms[Int(alarm)].isDirty = true
  }

  /// `nil` where it has none yet and there is no room.
  private mutating func evidenceIndex(of endpoint: Int, _ tenant: Int, at: Timestamp) -> Int? {
    let minute = endpoints[endpoint].history.windows.minute
    if endpoints[endpoint].evidence == EndpointRow.none {
      guard evidence.count < settings.maxFailingEndpoints,
        Int(tenants[tenant].evidentEndpoints) < tenantShare(of: settings.maxFailingEndpoints)
      else { return nil }
      tenants[tenant].evidentEndpoints += 1
      let block = FailureEvidence(endpoint: endpoint, url: endpointKeys.text(of: endpoint), at: at, minute: minute)
      endpoints[endpoint].evidence = Int32(evidence.insert(block))
    }
    let index = Int(endpoints[endpoint].evidence)
    evidence[index].mix.advance(to: minute)
    return index
  }

  /// The tenant's summary of the current minute, begun where there is none yet; `nil` where it is no tenant that could be advised.
  private mutating func summaryIndex(of tenant: Int) -> Int? {
    if tenants[tenant].isAggregate { return nil }
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
      expireCandidates(at: sweepIndex, now)
      let endpoint = evidence[sweepIndex].endpoint
      guard endpoints[endpoint].alarm == EndpointRow.none, evidence[sweepIndex].candidates.isEmpty,
        evidence[sweepIndex].lastFailureAt < now - Self.evidenceMillis
      else { continue }
      dropEvidence(at: sweepIndex)
    }
  }

  mutating func dropEvidence(at index: Int) {
    let endpoint = evidence[index].endpoint
    changeCandidates(at: index) { candidates, _ in candidates = CandidateList() }
    tenants[Int(endpoints[endpoint].tenant)].evidentEndpoints -= 1
    endpoints[endpoint].evidence = EndpointRow.none
    endpoints[endpoint].failures = FailureFilter()
    evidence.remove(at: index)
  }

  // MARK: Candidates, of which there are so many in all

  mutating func expireCandidates(at index: Int, _ now: Timestamp) {
    changeCandidates(at: index) { candidates, settings in candidates.expire(before: now - settings.candidateMillis) }
  }

  @discardableResult
  private mutating func takeCandidate(_ id: UInt64, at index: Int) -> Bool {
    guard evidence[index].candidates.contains(hash: id) else { return false }
    return changeCandidates(at: index) { candidates, _ in candidates.take(hash: id) }
  }

  @discardableResult
  private mutating func changeCandidates<Result>(
    at index: Int, _ change: (inout CandidateList, DetectorSettings) -> Result
  ) -> Result {
    let before = evidence[index].candidates.entries.count
    let result = change(&evidence[index].candidates, settings)
    let added = evidence[index].candidates.entries.count - before
    candidateCount += added
    tenants[Int(endpoints[evidence[index].endpoint].tenant)].candidateCount += Int32(added)
    return result
  }

  private mutating func hasRoomForCandidate(of tenant: Int) -> Bool {
    let hasRoom =
      candidateCount < settings.maxKeptCandidates
      && Int(tenants[tenant].candidateCount) < tenantShare(of: settings.maxKeptCandidates)
    if !hasRoom { counters.refusedCandidates += 1 }
    return hasRoom
  }

  /// What one tenant may have of what all share, so that none takes all of it.
  func tenantShare(of bound: Int) -> Int { (bound + 3) / 4 }

  /// Long enough for the windows, and for most retries of senders that do not number their attempts.
  private static var evidenceMillis: Int64 { 900_000 }
}
