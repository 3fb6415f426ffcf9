package import HealstreamCore

/// Carries out heal actions in the simulated world, by the rules that hold for every executor: each step of an action once,
/// however often its record comes; nothing before its time, nothing after it.
package struct Executor: Sendable {
  /// A record for `action-outcomes`.
  package struct Report: Equatable, Sendable {
    package let actionID: String
    package let tenantID: String
    package let outcome: ActionOutcome.Outcome
    package let detail: String
    package let at: Timestamp

    /// The record's value.
    package var json: [UInt8] {
      var json = JSONWriter()
      json.object { json in
        json.member("action_id", actionID)
        json.member("outcome", outcome.rawValue)
        json.member("detail", detail)
        json.member("occurred_at", at)
      }
      return json.bytes
    }
  }

  private struct Step: Hashable {
    let actionID: String
    let number: Int64
  }

  package init() {}

  private var done: Set<Step> = []
  /// Calls whose time has not come.
  private var waiting: [HealOrder] = []
  /// Which action holds a tenant back.
  private var throttledBy: [String: String] = [:]

  /// - Returns: what to report, if anything: the outcome of a replay shows in its deliveries.
  package mutating func take(_ order: HealOrder, in world: inout World) -> Report? {
    if order.isEnd { return end(order, in: &world) }
    guard order.isCall else { return nil }
    if let notBefore = order.notBefore, world.now < notBefore {
      waiting.append(order)
      return nil
    }
    guard done.insert(Step(actionID: order.actionID, number: order.step ?? 0)).inserted else { return nil }
    if let expiresAt = order.expiresAt, world.now >= expiresAt {
      return report(order, .expired, "it was to be done before \(expiresAt.rfc3339)", at: world.now)
    }
    return carryOut(order, in: &world)
  }

  /// Takes up what had to wait, as far as its time has come.
  package mutating func takeWaiting(in world: inout World) -> [Report] {
    let orders = waiting
    waiting = []
    return orders.compactMap { take($0, in: &world) }
  }

  private mutating func carryOut(_ order: HealOrder, in world: inout World) -> Report? {
    switch order.strategy {
    case Strategy.replayRecent.rawValue:
      let sent = world.replay(order.deliveries, for: order.actionID)
      return sent.isEmpty ? report(order, .refused, "all of them have arrived", at: world.now) : nil
    case Strategy.rateLimitSource.rawValue:
      guard let factor = order.factor else { return report(order, .refused, "it names no factor", at: world.now) }
      world.throttle(order.tenantID, to: factor)
      throttledBy[order.tenantID] = order.actionID
      return report(order, .done, "held to \(Int(factor * 100)) % of its rate", at: world.now)
    case Strategy.escalateOperator.rawValue:
      world.page(order.tenantID, endpoint: order.endpoint)
      return report(order, .done, "the operator on call is paged", at: world.now)
    case Strategy.silenceDupes.rawValue:
      return report(order, .done, "equal notices are held back", at: world.now)
    case Strategy.deferAndMonitor.rawValue:
      return nil
    default:
      return report(order, .refused, "unknown strategy \(order.strategy)", at: world.now)
    }
  }

  private mutating func end(_ order: HealOrder, in world: inout World) -> Report? {
    if throttledBy[order.tenantID] == order.actionID {
      throttledBy[order.tenantID] = nil
      world.throttle(order.tenantID, to: nil)
    }
    return nil
  }

  private func report(
    _ order: HealOrder, _ outcome: ActionOutcome.Outcome, _ detail: String, at: Timestamp
  ) -> Report {
    Report(actionID: order.actionID, tenantID: order.tenantID, outcome: outcome, detail: detail, at: at)
  }
}
