/// A decision about to fall: what the guardrails judge.
struct DecisionContext: Sendable {
  /// By whose word it falls.
  enum Mandate: Equatable, Sendable {
    case automatic
    /// It was proposed, and an operator approved it.
    case approved(by: String)
    /// An operator asked for it himself, which is an approval too.
    case asked(Asking)

    var operatorID: String? {
      switch self {
      case .automatic: nil
      case .approved(let operatorID): operatorID
      case .asked(let asking): asking.operatorID
      }
    }
  }

  let situation: Situation
  let strategy: any HealStrategy
  let subject: HealSubject
  let plan: HealPlan
  /// Predicted chance of success, 0–1.
  let probability: Double
  /// A further step of an action under way: cooldown, approval and places were the first step's to ask for.
  let isContinuation: Bool
  /// Such a step of a replay of which a delivery has shown how it fares.
  var isProven = false
  /// When the step before it went out.
  var stepSentAt: Timestamp?
  var mandate = Mandate.automatic
  let settings: GovernorSettings
  let switches: Switches
  /// Replays, throttles and silences that are not over.
  let liveHeals: Int
  /// The evidence was fresh when it came, and its source has been heard since.
  let isFresh: Bool

  var asking: Asking? {
    if case .asked(let asking) = mandate { asking } else { nil }
  }
  var kind: Strategy { strategy.kind }
  var incident: Incident { situation.incident }
  var history: HealHistory { situation.history }
  var heal: HealSettings { settings.healing }
  var now: Timestamp { situation.now }
  var isHeal: Bool { kind.isHeal }

  /// How many deliveries the endpoint may receive as replays in a minute: a share of its own rate, which a tenant's evidence does
  /// not tell.
  var replayBudget: Int {
    let rate = incident.key.endpoint == subject.endpoint ? situation.evidence.liveRatePerMinute : 0
    return max(heal.replayBudgetMinPerMinute, Int(heal.replayBudgetShare * rate))
  }

  /// What of it is left in this minute.
  var replayHeadroom: Int { max(0, replayBudget - history.replaysWithinMinute(subject, at: now)) }
}
