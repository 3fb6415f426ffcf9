import HealstreamCore
import HealstreamRuntime
import SimulatedWorld

@testable import healstream

/// What the demo's story comes to in a closed loop.
struct ToldStory {
  let script: Script
  private(set) var ledger = Ledger()
  /// Of the actions that were issued.
  private(set) var strategies: Set<String> = []

  init(seed: UInt64, latencyMillis: Int64) throws {
    script = Script(seed: seed, rounds: 1, endingAt: Timestamp(millis: 1_790_000_000_000))
    var loop = try ClosedLoop(script.world(seed: seed), latencyMillis: latencyMillis)
    loop.run(until: script.end) { event in note(event) }
  }

  private mutating func note(_ event: ClosedLoop.Event) {
    switch event {
    case .delivered(let delivery): ledger.note(ReadRecord(topic: .deliveries, at: delivery.at, value: delivery.json))
    case .said(let topic, let at, let value): note(ReadRecord(topic: Topic(topic), at: at, value: Array(value)))
    case .reported: break
    }
  }

  private mutating func note(_ record: ReadRecord) {
    ledger.note(record)
    guard record.topic == .healActions, let order = record.json.flatMap({ HealOrder($0) }), order.isCall else { return }
    strategies.insert(order.strategy)
  }
}
