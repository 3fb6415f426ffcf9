import Foundation
package import HealstreamCore
package import SimulatedWorld

/// A simulated platform, and what goes wrong on it: the same for a seed, for ever.
///
/// ```
/// start                 storyStart                        storyEnd                end
///   ├── quiet 2 h 30 min ──┼── troubles begin, 3 h ──┼ platform ┼── last retries ────┤
/// ```
package struct Scenario: Sendable {
  package let seed: UInt64
  package let endpoints: [SimulatedEndpoint]
  package let troubles: [Trouble]
  package let sender: Sender
  /// From a decision until the executor reads it.
  package let executorLatencyMillis: Int64
  package let start = Timestamp(millis: 1_790_000_000_000)
  package let end: Timestamp

  /// How much there is of it.
  package struct Size: Sendable {
    let tenants: Int
    let quietMillis: Int64
    let storyMillis: Int64
    /// Of the endpoints, 0–1.
    let troubledShare: Double

    package static let full = Size(
      tenants: 12, quietMillis: 150 * minute, storyMillis: 180 * minute, troubledShare: 1 / 3)
    /// Enough to learn what is normal; then most endpoints are in trouble, one after the other.
    package static let small = Size(
      tenants: 5, quietMillis: 65 * minute, storyMillis: 90 * minute, troubledShare: 0.7)
  }

  /// After the attempt before; from a sender that never tries again to one that does so for half an hour.
  private static let schedules: [[Int64]] = [
    [], [5_000], [5_000, 60_000], [10_000, 120_000, 600_000], [5_000, 60_000, 1_800_000],
  ]

  package init(seed: UInt64, _ size: Size = .full) {
    var random = SplitMix64(seed: seed)
    self.seed = seed
    let schedule = Self.schedules[Int.random(in: 0..<Self.schedules.count, using: &random)]
    sender = Sender(retryDelaysMillis: schedule)
    executorLatencyMillis = Int64.random(in: 200...8_000, using: &random)
    var stage = Casting(random: random, storyStart: start + size.quietMillis)
    stage.castHonestTenants(size)
    if stage.random.chance(0.5) { stage.castHostileTenant(within: size.storyMillis) }
    if stage.random.chance(0.3) { stage.breakPlatform(after: size.storyMillis) }
    endpoints = stage.endpoints
    troubles = stage.troubles
    end = (troubles.map(\.end).max() ?? start) + schedule.reduce(30 * minute, +)
  }

  /// The platform before anything has happened.
  package var world: World {
    World(
      endpoints, faults: troubles.flatMap(\.faults), from: start, sender: sender, repairMillis: nil, seed: seed)
  }
}

/// Who is there, and who goes through what.
private struct Casting {
  var random: SplitMix64
  let storyStart: Timestamp
  private(set) var endpoints: [SimulatedEndpoint] = []
  private(set) var troubles: [Trouble] = []

  init(random: SplitMix64, storyStart: Timestamp) {
    self.random = random
    self.storyStart = storyStart
  }

  /// A share of the endpoints fail, each once, at different times.
  mutating func castHonestTenants(_ size: Scenario.Size) {
    let kinds: [Trouble.Kind] = [
      .outage, .outage, .outage, .halfRecovery, .flapping, .rejection, .rateLimit, .tightCapacity,
    ]
    for tenant in 0..<size.tenants {
      for path in 0..<Int.random(in: 2...4, using: &random) {
        let rate = 0.4 * exp(2.5 * random.uniform())  // 0.4 to 5 a minute
        let kind = kinds[Int.random(in: 0..<kinds.count, using: &random)]
        let isTroubled = random.chance(size.troubledShare)
        endpoints.append(
          SimulatedEndpoint(
            "t\(tenant)", "hook-\(path)", rate, 0.003,
            capacityPerMinute: isTroubled && kind == .tightCapacity ? 4 + 1.2 * rate : nil))
        guard isTroubled else { continue }
        let start = storyStart + Int64(Double(size.storyMillis) * random.uniform())
        troubles.append(Trouble(kind, of: endpoints.count - 1, from: start, using: &random))
      }
    }
  }

  mutating func castHostileTenant(within span: Int64) {
    let from = storyStart + Int64(Double(span) * 0.3 * random.uniform())
    for path in 0..<3 { add(SimulatedEndpoint("mallory", "lure-\(path)", 2, 0.003), .lure, from: from) }
    add(SimulatedEndpoint("mallory", "any", 3, 0.003, hasEndlessURLs: true), .crash, from: from)
    add(SimulatedEndpoint("mallory", "flood", 3, 0.003, capacityPerMinute: 10), .flood, from: from)
  }

  private mutating func add(_ endpoint: SimulatedEndpoint, _ kind: Fault.Kind, from: Timestamp) {
    endpoints.append(endpoint)
    troubles.append(Trouble(.hostile, [Fault(kind, of: endpoints.count - 1, from: from, to: from + 90 * minute)]))
  }

  mutating func breakPlatform(after span: Int64) {
    let start = storyStart + span + 30 * minute
    let end = start + Int64.random(in: 5...20, using: &random) * minute
    troubles.append(Trouble(.platform, endpoints.indices.map { Fault(.egress, of: $0, from: start, to: end) }))
  }
}
