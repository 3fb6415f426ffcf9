/// Which of a tenant's failed deliveries are worth a replay, and why.
struct Advice: Equatable, Sendable {
  enum Confidence: String, CaseIterable, Sendable { case high, medium, low }

  let tenantID: String
  /// Oldest first, then by endpoint.
  let recommended: [LevelStatement.Candidate]
  /// How many would be recommended, were it not for a retry of the sender's own that is pending.
  let pendingRetries: Int
  /// All failed deliveries of the window by category.
  let analyzed: TriageDistribution
  let asOf: Timestamp
  let settings: ReporterSettings

  /// High where most of what failed is recommended, and it is not a handful; low where it is the lesser part by far.
  var confidence: Confidence {
    let share = analyzed.total == 0 ? 0 : Double(recommended.count) / Double(analyzed.total)
    if share >= settings.highShare, recommended.count >= settings.highCount { return .high }
    return share >= settings.mediumShare ? .medium : .low
  }

  var reasoning: String {
    let tail =
      "with > \(settings.minScore) % success probability"
      + (pendingRetries == 0 ? "" : "; \(pendingRetries) more have a retry of the sender's own pending")
    return switch recommended.count {
    case 0: "no delivery is a transient failure \(tail)"
    case 1: "1 delivery is a transient failure \(tail)"
    case let count: "\(count) deliveries are transient failures \(tail)"
    }
  }

  /// Nothing failed, nothing is recommended.
  var saysNothing: Bool { recommended.isEmpty && analyzed.total == 0 }

  /// The same for advice that a reader would act on alike: the ages, which change with every second, are not in it.
  var digest: DerivedID {
    var digest = DerivedID.Builder("advice")
    for candidate in recommended { digest.add(candidate.deliveryID) }
    digest.add(Int64(pendingRetries))
    for category in Category.allCases { digest.add(Int64(analyzed[category])) }
    return digest.finish()
  }
}
