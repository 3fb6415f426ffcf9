private let greatest = Signal.maxCount
private let mostEndpoints = 1 << 20
/// The most that a detector can be told to name.
private let mostCandidates = 1000

/// Numbers held within what can be counted, whoever wrote them, so that no arithmetic traps and all can be printed.
extension LevelStatement {
  func heldInBounds() -> LevelStatement {
    var held = self
    held.recentCount = heldCount(recentCount)
    held.recentFailures = heldCount(recentFailures)
    held.endpointsFailing = heldCount(endpointsFailing)
    held.endpointsActive = heldCount(endpointsActive)
    held.candidateCount = heldCount(candidateCount)
    held.successes = heldCount(successes)
    held.baselineCount = heldNumber(baselineCount)
    held.baselineFailures = heldNumber(baselineFailures)
    held.spikeMultiplier = spikeMultiplier.map(heldNumber)
    held.failureMultiplier = failureMultiplier.map(heldNumber)
    held.significance = heldNumber(significance)
    held.signatureShare = heldNumber(signatureShare)
    held.liveRatePerMinute = heldNumber(liveRatePerMinute)
    for category in Category.allCases { held.triage[category] = heldCount(triage[category]) }
    held.conditions = Array(conditions.prefix(Condition.allCases.count))
    held.candidates = Array(candidates.prefix(mostCandidates))
    return held
  }

  /// For what is only compared and shown: by far the largest part of a statement is left away.
  var withoutCandidates: LevelStatement {
    var statement = self
    statement.candidates = []
    return statement
  }
}

extension TriageDistribution {
  /// Adds within what can be counted.
  mutating func add(_ other: TriageDistribution) {
    for category in Category.allCases { self[category] = heldCount(self[category] + other[category]) }
  }
}

extension Progress {
  func heldInBounds() -> Progress {
    var held = self
    held.recentCount = heldCount(recentCount)
    held.recentFailures = min(heldCount(recentFailures), held.recentCount)
    held.activeEndpoints = min(heldCount(activeEndpoints), mostEndpoints)
    held.activeTenants = min(heldCount(activeTenants), mostEndpoints)
    held.newlyFailingEndpoints = min(heldCount(newlyFailingEndpoints), held.activeEndpoints)
    held.newlyFailingTenants = min(heldCount(newlyFailingTenants), held.activeTenants)
    held.failureRate = min(heldNumber(failureRate), 1)
    return held
  }
}

extension FailureSummary {
  func heldInBounds() -> FailureSummary {
    var held = self
    for category in Category.allCases { held.triage[category] = heldCount(triage[category]) }
    held.candidates = Array(candidates.prefix(FailureSummary.maxCandidates))
    return held
  }
}

private func heldCount(_ count: Int) -> Int { min(max(count, 0), greatest) }

private func heldNumber(_ number: Double) -> Double { number.isNaN ? 0 : min(max(number, 0), Double(greatest)) }
