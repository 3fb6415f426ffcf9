/// Where a statement comes from. A consumer refuses one that does not advance its source.
package struct SignalSource: Equatable, Sendable {
  /// The input topic, without prefix.
  package var topic: String
  package var partition: Int32
  package var offset: Int64
  /// Which of the statements that this record caused, from 0.
  package var index: Int32

  package init(topic: String, partition: Int32, offset: Int64, index: Int32) {
    self.topic = topic
    self.partition = partition
    self.offset = offset
    self.index = index
  }
}

/// One record of `signals`, whose single partition is the order of everything the governor decides upon.
package struct Signal: Equatable, Sendable {
  package var source: SignalSource
  /// Event time of the statement: the stream time of its source when it was made.
  package var at: Timestamp
  package var statement: Statement

  package enum Statement: Equatable, Sendable {
    case level(LevelStatement)
    case failures(FailureSummary)
    case replayOutcome(ReplayOutcome)
    case actionOutcome(ActionOutcome)
    case command(Command)
    case progress(Progress)
  }

  /// No honest count comes near it, and sums and doublings of such numbers cannot overflow.
  package static let maxCount = 1 << 40

  package init(source: SignalSource, at: Timestamp, statement: Statement) {
    self.source = source
    self.at = at
    self.statement = statement
  }
}

/// This endpoint or tenant is anomalous, or is not, with the evidence. Levels may repeat; the last one holds.
package struct LevelStatement: Equatable, Sendable {
  package enum Level: UInt8, CaseIterable, Sendable {
    /// The condition holds.
    case anomalous
    /// It does not hold at present, but not long enough or with too few successes to call it over.
    case recovering
    /// Over: level and evidence of recovery held long enough.
    case normal
    /// No live delivery for an hour.
    case silent
    /// No live delivery for a day.
    case vanished
  }

  /// A failed delivery that may be worth a replay.
  package struct Candidate: Equatable, Sendable {
    package var deliveryID: String
    package var endpoint: String
    package var failedAt: Timestamp
    package var category: Category
    package var score: Int
    package var notBefore: Timestamp?
    /// Of the attempt that failed, from 1.
    package var attempt: Int32
    /// The sender has given it up.
    package var isLast: Bool

    package init(
      deliveryID: String, endpoint: String, failedAt: Timestamp, category: Category, score: Int,
      notBefore: Timestamp? = nil, attempt: Int32 = 1, isLast: Bool = false
    ) {
      self.deliveryID = deliveryID
      self.endpoint = endpoint
      self.failedAt = failedAt
      self.category = category
      self.score = score
      self.notBefore = notBefore
      self.attempt = attempt
      self.isLast = isLast
    }
  }

  package var scope: Scope
  package var tenantID: String
  /// `nil` for a tenant's statement.
  package var endpoint: String?
  package var level: Level
  /// The strongest condition that held since it was raised.
  package var type: Condition
  /// The conditions that hold now, weakest first.
  package var conditions: [Condition] = []
  /// Event time of the record that crossed the line.
  package var raisedAt: Timestamp

  /// First attempts, and distinct deliveries that failed, in the last 5 min.
  package var recentCount = 0
  package var recentFailures = 0
  /// The same over the baseline, scaled to 5 min.
  package var baselineCount = 0.0
  package var baselineFailures = 0.0
  /// recent ÷ baseline; `nil` where the baseline is zero.
  package var spikeMultiplier: Double?
  package var failureMultiplier: Double?
  /// −log10 of the probability that chance alone did this.
  package var significance = 0.0
  /// The failures of the last 5 min by category.
  package var triage = TriageDistribution()
  /// Share of the last 5 min's failures that have the commonest signature, 0–1, and that signature.
  package var signatureShare = 0.0
  package var signature: UInt64 = 0
  /// Changes of the raw condition, debounced, within the look-back for flapping.
  package var levelChanges = 0
  /// Successes since the last failure-raising event, replays' included.
  package var successes = 0
  /// The last live delivery, and the last one that succeeded.
  package var lastEventAt: Timestamp
  package var lastSuccessAt: Timestamp?
  /// First attempts per minute, before the anomaly.
  package var liveRatePerMinute = 0.0
  /// For a tenant: its endpoints that fail now, and those active within the hour.
  package var endpointsFailing = 0
  package var endpointsActive = 0
  /// Oldest first, bounded; delivered ones are taken out.
  package var candidates: [Candidate] = []
  /// How many there are, also beyond the bound.
  package var candidateCount = 0
  /// The numbers that made it fire, in words.
  package var explanation = ""

  package init(
    scope: Scope, tenantID: String, endpoint: String?, level: Level, type: Condition, raisedAt: Timestamp,
    lastEventAt: Timestamp
  ) {
    self.scope = scope
    self.tenantID = tenantID
    self.endpoint = endpoint
    self.level = level
    self.type = type
    self.raisedAt = raisedAt
    self.lastEventAt = lastEventAt
  }
}

/// A tenant's failed deliveries of one minute of stream time, bounded, and what was delivered since.
package struct FailureSummary: Equatable, Sendable {
  package var tenantID: String
  /// Start of the minute.
  package var minute: Timestamp
  /// Failed deliveries in the minute by category, all of them.
  package var triage = TriageDistribution()
  /// Those worth a replay, in the order in which they failed, at most `maxCandidates`; one that fails again is named again, as far
  /// as half of the room allows.
  package var candidates: [LevelStatement.Candidate] = []
  /// Ids delivered in this minute that had been among the candidates.
  package var delivered: [String] = []

  package static let maxCandidates = 200

  package init(tenantID: String, minute: Timestamp) {
    self.tenantID = tenantID
    self.minute = minute
  }
}

/// How a delivery went that a heal action had replayed.
package struct ReplayOutcome: Equatable, Sendable {
  package var actionID: String
  package var deliveryID: String
  package var tenantID: String
  package var endpoint: String
  package var succeeded: Bool

  package init(actionID: String, deliveryID: String, tenantID: String, endpoint: String, succeeded: Bool) {
    self.actionID = actionID
    self.deliveryID = deliveryID
    self.tenantID = tenantID
    self.endpoint = endpoint
    self.succeeded = succeeded
  }
}

/// What the executor says of an action that leaves no trace among the deliveries.
package struct ActionOutcome: Equatable, Sendable {
  package enum Outcome: String, CaseIterable, Sendable { case done, failed, refused, expired }
  package var actionID: String
  package var outcome: Outcome
  package var detail: String

  package init(actionID: String, outcome: Outcome, detail: String) {
    self.actionID = actionID
    self.outcome = outcome
    self.detail = detail
  }
}

/// How far a partition's stream time has come, and how its part of the platform fares.
package struct Progress: Equatable, Sendable {
  package var streamTime: Timestamp
  /// First attempts, and distinct failures, in the last 5 min.
  package var recentCount = 0
  package var recentFailures = 0
  /// Seen within this hour or the last.
  package var activeEndpoints = 0
  package var activeTenants = 0
  /// Whose present run of failures began in the last 5 min.
  package var newlyFailingEndpoints = 0
  package var newlyFailingTenants = 0
  /// The partition's long-run failure rate, 0–1.
  package var failureRate = 0.0
  /// Said by an idle lane that has read to the end; it changes no detector's state.
  package var isCaughtUp = false

  package init(streamTime: Timestamp) { self.streamTime = streamTime }
}
