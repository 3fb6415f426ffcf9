import Synchronization

/// Decides which requests meet with a fault. It may be told what to do from any thread while a broker runs.
package final class FaultInjector: Sendable {
  fileprivate struct State {
    var faults: [BrokerFault]
    var random: SeededGenerator
    var ordered: [(api: API, kind: BrokerFault.Kind, left: Int)] = []
    var isOn = true
    var injected = 0
  }

  private let state: Mutex<State>

  /// - Parameter seed: of the chances, so that a run can be repeated.
  package init(_ faults: [BrokerFault] = [], seed: UInt64 = 1) {
    // The generator would stay at 0 for ever.
    state = Mutex(State(faults: faults, random: SeededGenerator(state: max(1, seed &* 0x9e37_79b9_7f4a_7c15))))
  }

  /// Puts these in the place of those that come by chance.
  package func set(_ faults: [BrokerFault]) { state.withLock { $0.faults = faults } }

  /// Does this to the next `count` requests of the kind, after those ordered before. It comes before every chance.
  package func next(_ count: Int = 1, _ api: API, _ kind: BrokerFault.Kind) {
    state.withLock { $0.ordered.append((api, kind, count)) }
  }

  /// While it is off nothing happens, and what was ordered waits.
  package var isOn: Bool {
    get { state.withLock { $0.isOn } }
    set { state.withLock { $0.isOn = newValue } }
  }

  /// How many requests have met with a fault.
  package var injected: Int { state.withLock { $0.injected } }

  /// How many of the faults ordered are still to come.
  package var ordered: Int { state.withLock { $0.ordered.reduce(0) { $0 + $1.left } } }

  /// What is to be done to a request. Each fault that fits takes its chance in turn.
  func fault(for api: API) -> BrokerFault.Kind? { state.withLock { $0.fault(for: api) } }
}

extension FaultInjector.State {
  fileprivate mutating func fault(for api: API) -> BrokerFault.Kind? {
    guard isOn else { return nil }
    let found =
      orderedFault(for: api)
      ?? faults.first { fault in
        (fault.api ?? api) == api && Double.random(in: 0..<1, using: &random) < fault.chance
      }?.kind
    if found != nil { injected += 1 }
    return found
  }

  private mutating func orderedFault(for api: API) -> BrokerFault.Kind? {
    guard let index = ordered.firstIndex(where: { $0.api == api && $0.left > 0 }) else { return nil }
    ordered[index].left -= 1
    defer { ordered.removeAll { $0.left == 0 } }
    return ordered[index].kind
  }
}
