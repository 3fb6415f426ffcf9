extension Governor {
  mutating func replay(
    _ deliveryIDs: [String], of tenantID: String?, by command: Command, into outputs: inout Outputs
  ) -> Answer {
    let found = recentFailures.find(deliveryIDs, of: tenantID)
    let known = Set(found.map(\.candidate.deliveryID))  // looked up, never walked
    var exceptions = deliveryIDs.filter { !known.contains($0) }
      .map { CommandException(subject: $0, reason: "no failure of it is known that a retry could mend") }
    var tenants: [String: Set<String>] = [:]  // looked up, never walked
    for failure in found { tenants[failure.candidate.deliveryID, default: []].insert(failure.tenantID) }
    let isClear = { (failure: RecentFailures.Failure) in tenants[failure.candidate.deliveryID]?.count == 1 }
    exceptions += deliveryIDs.filter { tenants[$0].map { $0.count > 1 } ?? false }
      .map { CommandException(subject: $0, reason: "several tenants have a delivery of this id: name the tenant") }
    return replay(found.filter(isClear), exceptions, by: command, into: &outputs)
  }

  mutating func replayRecommended(_ tenantID: String, by command: Command, into outputs: inout Outputs) -> Answer {
    let advised = recentFailures.all(of: tenantID).filter { failure in
      failure.candidate.category == .transientEndpointDown && failure.candidate.score > Self.minAdvisedScore
    }
    guard !advised.isEmpty else { return .rejected("nothing of \(tenantID) is recommended for a replay") }
    return replay(advised, [], by: command, into: &outputs)
  }

  /// As the advice has it.
  private static let minAdvisedScore = ReporterSettings().minScore

  /// One action for each endpoint.
  private mutating func replay(
    _ failures: [RecentFailures.Failure], _ exceptions: [CommandException], by command: Command,
    into outputs: inout Outputs
  ) -> Answer {
    var exceptions = exceptions
    var bySubject = OrderedTable<HealSubject, [RecentFailures.Failure]>()
    for failure in failures {
      let subject = HealSubject(tenantID: failure.tenantID, endpoint: failure.candidate.endpoint)
      bySubject[subject] = (bySubject[subject] ?? []) + [failure]
    }
    var (planned, isDryRun) = (0, false)
    for subject in bySubject.keys {
      let (ready, held) = split(bySubject[subject] ?? [], of: subject)
      exceptions += held
      guard let latest = ready.last else { continue }
      let verdict = ask(
        for: .replayRecent, of: subject, by: command, since: latest.failedAt, into: &outputs
      ) { _, _ in
        var plan = HealPlan()
        plan.step = 1
        plan.deliveries = ready.map(\.deliveryID)
        return plan
      }
      switch verdict {
      case .done(let action): (planned, isDryRun) = (planned + ready.count, action.isDryRun)
      case .refused(let reason):
        exceptions += ready.map { CommandException(subject: $0.deliveryID, reason: reason) }
      }
    }
    let counts = "\(planned) deliveries are replayed, one first; \(exceptions.count) are not"
    guard planned > 0 else {
      return .rejected(exceptions.first.map { "none is replayed: \($0.reason)" } ?? "none", exceptions: exceptions)
    }
    return .accepted(isDryRun ? "\(counts); dry run is on, nothing is acted on" : counts, exceptions: exceptions)
  }

  /// Which may be in a plan, oldest first, and which may not: replayed before, asked to wait, or too many.
  private func split(
    _ failures: [RecentFailures.Failure], of subject: HealSubject
  ) -> (ready: [LevelStatement.Candidate], held: [CommandException]) {
    let limit = inForce.policy(of: subject.tenantID).maxReplays ?? settings.healing.maxReplays
    var (ready, held): ([LevelStatement.Candidate], [CommandException]) = ([], [])
    for failure in failures {
      let candidate = failure.candidate
      let streamTime = sources.streamTime(of: failure.source) ?? candidate.failedAt
      let obstacle: String? =
        if history.wasReplayed(candidate.deliveryID, of: subject.tenantID) {
          "it was replayed before"
        } else if let notBefore = candidate.notBefore, notBefore > now {
          "\(subject.shown) asked to wait until \(notBefore.rfc3339)"
        } else if settings.healing.sender.isRetryPending(candidate, at: streamTime) {
          "its sender will try it again by itself"
        } else if ready.count == limit {
          "at most \(limit) deliveries are in one replay"
        } else {
          nil
        }
      if let obstacle {
        held.append(CommandException(subject: candidate.deliveryID, reason: obstacle))
      } else {
        ready.append(candidate)
      }
    }
    return (ready, held)
  }
}
