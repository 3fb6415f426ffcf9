package import HealstreamCore

/// Carries out heal actions in the simulated world, by the rules that hold for every executor: nothing where `control` does not
/// allow it; each step of an action once, however often its record comes; nothing before its time, nothing after it; what was
/// begun ends at its time also where nobody says so; and each is answered, but for replays that were sent, whose deliveries tell.
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

  private struct Throttle {
    let actionID: String
    let endsAt: Timestamp?
  }

  private var permission = Permission.unknown
  private var carriedOut = CarriedOutSteps()
  /// Calls whose time has not come.
  private var waiting: [HealOrder] = []
  /// Which action holds a tenant back.
  private var throttles: [String: Throttle] = [:]

  package init() {}

  /// Reads a record of `control`, whose latest holds.
  /// - Parameter control: its value; `nil`: a tombstone, or no JSON.
  package mutating func obey(_ control: JSONValue?) { permission = Permission(control) }

  /// Reads a record of `heal-actions`.
  /// - Returns: what to report, if anything.
  package mutating func take(_ order: HealOrder, in world: inout World) -> Report? {
    if order.isEnd {
      waiting.removeAll { $0.actionID == order.actionID }
      end(order, in: &world)
      return nil
    }
    guard order.isCall else { return nil }
    if let notBefore = order.notBefore, world.now < notBefore {
      if !waiting.contains(order) { waiting.append(order) }
      return nil
    }
    let step = CarriedOutSteps.Step(actionID: order.actionID, number: order.step ?? 0)
    guard carriedOut.insert(step) else { return nil }
    if let refusal = permission.refusal { return report(order, .refused, refusal, at: world.now) }
    if let expiresAt = order.expiresAt, world.now >= expiresAt {
      return report(order, .expired, "it was to be done before \(expiresAt.rfc3339)", at: world.now)
    }
    return carryOut(order, in: &world)
  }

  /// Takes up what had to wait, as far as its time has come, and ends what is over: who was to say so may be down.
  package mutating func passTime(in world: inout World) -> [Report] {
    for (tenantID, throttle) in throttles where throttle.endsAt.map({ $0 <= world.now }) ?? false {
      release(tenantID, in: &world)
    }
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
      throttles[order.tenantID] = Throttle(actionID: order.actionID, endsAt: order.expiresAt)
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

  private mutating func end(_ order: HealOrder, in world: inout World) {
    if throttles[order.tenantID]?.actionID == order.actionID { release(order.tenantID, in: &world) }
  }

  private mutating func release(_ tenantID: String, in world: inout World) {
    throttles[tenantID] = nil
    world.throttle(tenantID, to: nil)
  }

  private func report(
    _ order: HealOrder, _ outcome: ActionOutcome.Outcome, _ detail: String, at: Timestamp
  ) -> Report {
    Report(actionID: order.actionID, tenantID: order.tenantID, outcome: outcome, detail: detail, at: at)
  }
}
