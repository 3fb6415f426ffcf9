import HealstreamCore
import SimulatedWorld

/// Follows a world with healing on, from outside: its deliveries and what is on `heal-actions`.
struct Watch {
  private(set) var conduct = Conduct()
  private(set) var fates = Fates()
  private let scenario: Scenario
  /// The step of each replay that was asked for, by action and delivery.
  private var steps: [Replay: Int64] = [:]
  private var asked: Set<String> = []
  private var begun: Set<String> = []
  /// When each endpoint was sent something again, within the last minute.
  private var sentAt: [Int: [Timestamp]] = [:]

  private struct Replay: Hashable {
    let actionID: String
    let deliveryID: String
  }

  init(_ scenario: Scenario) { self.scenario = scenario }

  mutating func note(_ order: HealOrder, at: Timestamp) {
    guard order.isCall else { return }
    if begun.insert(order.actionID).inserted {
      conduct.actions[order.strategy, default: 0] += 1
      if order.isHeal, isPlatformDown(at) { conduct.healsInPlatformFault += 1 }
    }
    for id in order.deliveries {
      if !asked.insert(id).inserted { conduct.askedTwice += 1 }
      if fates.isDelivered(id) { conduct.askedInVain += 1 }
      steps[Replay(actionID: order.actionID, deliveryID: id)] = order.step ?? 1
    }
  }

  mutating func note(_ delivery: Delivery) {
    fates.note(delivery)
    guard let actionID = delivery.healActionID else { return }
    let step = steps[Replay(actionID: actionID, deliveryID: delivery.deliveryID)] ?? 1
    let replay = Conduct.Replays(sent: 1, arrived: delivery.status == .delivered ? 1 : 0)
    let trouble = scenario.trouble(at: delivery.at, endpoint: delivery.endpointIndex)
    if step == 1 {
      conduct.canaries.merge([trouble: replay], uniquingKeysWith: +)
    } else {
      conduct.afterCanary.merge([trouble: replay], uniquingKeysWith: +)
    }
    sentAt[delivery.endpointIndex, default: []].removeAll { delivery.at - $0 >= minute }
    sentAt[delivery.endpointIndex, default: []].append(delivery.at)
    conduct.mostInMinute = max(conduct.mostInMinute, sentAt[delivery.endpointIndex]?.count ?? 0)
  }

  /// From when on it can be known: by then every tenth endpoint has failed.
  private func isPlatformDown(_ at: Timestamp) -> Bool {
    scenario.troubles.contains { trouble in
      trouble.kind == .platform && trouble.start + Self.unknowableMillis <= at && at < trouble.end
    }
  }

  private static let unknowableMillis = minute / 2
}

extension HealOrder {
  /// Whether it touches deliveries or traffic.
  var isHeal: Bool {
    [Strategy.replayRecent, .rateLimitSource, .silenceDupes].contains { $0.rawValue == strategy }
  }
}
