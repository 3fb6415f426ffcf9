import HealstreamCore
import SimulatedWorld

/// One scenario played three times: with healing off, with healing on, and with an operator in its place.
package struct Comparison: Sendable {
  package let seed: UInt64
  /// By what the deliveries suffered from when they were first sent; `nil`: from nothing but chance.
  package private(set) var losses: [Trouble.Kind?: Losses] = [:]
  package let conduct: Conduct
  /// What was said and done with healing on, where asked for.
  package private(set) var trace: [String] = []

  package init(seed: UInt64, _ size: Scenario.Size = .full, isTraced: Bool = false) throws {
    self.seed = seed
    let scenario = Scenario(seed: seed, size)
    var untouched = Fates()
    var world = scenario.world
    for delivery in world.advance(to: scenario.end) { untouched.note(delivery) }

    var watch = Watch(scenario)
    var lines: [String] = []
    var loop = try ClosedLoop(scenario.world, latencyMillis: scenario.executorLatencyMillis)
    loop.run(until: scenario.end) { event in
      if isTraced { lines += Trace.lines(of: event) }
      switch event {
      case .delivered(let delivery): watch.note(delivery)
      case .said(.healActions, let at, let value):
        guard let json = try? JSONValue(value.span), let order = HealOrder(json) else { return }
        watch.note(order, at: at)
      case .said, .reported: break
      }
    }
    conduct = watch.conduct
    compare(untouched, watch.fates, try Self.playByHand(scenario), scenario)
    if isTraced { trace = Trace.lines(of: scenario) + lines + Trace.lines(of: untouched, watch.fates, scenario) }
  }

  /// Nothing is healed but what the operator asks for.
  private static func playByHand(_ scenario: Scenario) throws -> Fates {
    var settings = GovernorSettings()
    settings.enforcementPercent = 0
    var fates = Fates()
    var person = Operator()
    var heard: [(value: JSONValue, at: Timestamp)] = []
    var loop = try ClosedLoop(
      scenario.world, governing: settings, latencyMillis: scenario.executorLatencyMillis)
    loop.run(until: scenario.end) { now in
      for (value, at) in exchange(&heard, with: []) { person.note(value, at: at) }
      return person.orders(at: now)
    } _: { event in
      switch event {
      case .delivered(let delivery): fates.note(delivery)
      case .said(.incidents, let at, let value):
        if let json = try? JSONValue(value.span) { heard.append((json, at)) }
      case .said, .reported: break
      }
    }
    return fates
  }

  private mutating func compare(_ off: Fates, _ on: Fates, _ byHand: Fates, _ scenario: Scenario) {
    for (id, fate) in off.byID {
      var losses = Losses()
      losses.deliveries = 1
      losses.withHealingOff = fate.isDelivered ? 0 : 1
      losses.byHand = byHand.isDelivered(id) ? 0 : 1
      if let healed = on.byID[id] {
        losses.withHealingOn = healed.isDelivered ? 0 : 1
      } else {
        losses.heldBack = 1
        losses.heldBackThatArrive = fate.isDelivered ? 1 : 0
      }
      self.losses[scenario.trouble(of: fate), default: Losses()] += losses
    }
  }

  package var total: Losses { losses.values.reduce(into: Losses()) { $0 += $1 } }
  package var isWorseWithHealing: Bool { total.spared < 0 }
}

extension Scenario {
  /// Of those that a delivery suffered from, the one that began last.
  func trouble(of fate: Fates.Fate) -> Trouble.Kind? { trouble(at: fate.firstAt, endpoint: fate.endpoint) }

  func trouble(at moment: Timestamp, endpoint: Int) -> Trouble.Kind? {
    troubles.filter { trouble in trouble.covers(moment) && trouble.faults.contains { $0.endpoint == endpoint } }
      .max { $0.start < $1.start }?.kind
  }
}
