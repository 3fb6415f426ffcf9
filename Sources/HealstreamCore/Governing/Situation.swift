/// All that a strategy looks at.
struct Situation: Sendable {
  let incident: Incident
  let settings: HealSettings
  let policy: TenantPolicy
  /// Append time.
  let now: Timestamp
  /// Of the incident's source.
  let streamTime: Timestamp
  /// All that happened to the incident's subject before this is in the evidence.
  let heardUntil: Timestamp
  let fleet: FleetState
  let history: HealHistory
  /// So much began to fail together that the fault must be the sender's own, and whether an operator was told.
  let isBlastWide: Bool
  let isBlastEscalated: Bool
  /// Failures of the last 5 min in the incidents of this tenant, and whether one of them is a traffic spike.
  let tenantFailures: Int
  let hasTrafficSpike: Bool
  /// Its throttle is in force.
  let isThrottled: Bool

  /// What may be replayed, oldest first, each id once: of a category that a retry can mend, failed lately, its time to wait is over,
  /// and no retry of the sender's own is pending.
  let candidates: [LevelStatement.Candidate]

  var evidence: LevelStatement { incident.evidence }
  /// The condition does not hold at present: the incident waits to be over, or to relapse.
  var isEasing: Bool { evidence.level != .anomalous }
  var maxReplays: Int { policy.maxReplays ?? settings.maxReplays }

  /// With those that the statement had no room for, which failed before all that it names: none of them is recent where one
  /// that it names is not.
  var candidateCount: Int {
    let isOldestRecent = evidence.candidates.allSatisfy { streamTime - $0.failedAt <= settings.replayMaxAgeMillis }
    return candidates.count + (isOldestRecent ? max(0, evidence.candidateCount - evidence.candidates.count) : 0)
  }

  /// How many of the evidence's candidates their sender will try again by itself.
  var pendingRetries: Int { evidence.candidates.count { settings.sender.isRetryPending($0, at: streamTime) } }

  /// This tenant's share of the platform's failures, 0–1.
  var tenantFailureShare: Double {
    let all = max(fleet.recentFailures, tenantFailures)
    return all == 0 ? 0 : Double(tenantFailures) / Double(all)
  }

  static func candidates(
    of evidence: LevelStatement, streamTime: Timestamp, now: Timestamp, _ settings: HealSettings
  ) -> [LevelStatement.Candidate] {
    var seen: Set<String> = []  // looked up, never walked
    return evidence.candidates.filter { candidate in
      (candidate.category == .transientEndpointDown || candidate.category == .rateLimited)
        && streamTime - candidate.failedAt <= settings.replayMaxAgeMillis
        && candidate.notBefore.map { $0 <= now } ?? true
        && !settings.sender.isRetryPending(candidate, at: streamTime) && seen.insert(candidate.deliveryID).inserted
    }
    .sorted { ($0.failedAt, $0.deliveryID) < ($1.failedAt, $1.deliveryID) }
  }
}
