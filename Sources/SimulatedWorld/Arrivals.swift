import Foundation
import HealstreamCore

/// First attempts to one endpoint: a Poisson process whose rate changes, by thinning one of the greatest rate
/// (Lewis and Shedler, Naval Research Logistics 26, 1979).
///
/// A lower rate takes away and moves nothing: what is left keeps its time and its number.
struct Arrivals: Sendable {
  struct Arrival: Sendable {
    let at: Timestamp
    /// Unique in the process.
    let number: Int
  }

  /// How much the rhythm of the day adds to the average at most, and takes away.
  static let rhythmAmplitude = 0.2

  private var random: SplitMix64
  /// Milliseconds since 1970, of the process of the greatest rate.
  private var next: Double
  private var number = 0
  private let meanGapMillis: Double

  private static let greatestFactor = Fault.greatestTrafficFactor * (1 + rhythmAmplitude)

  init(after start: Timestamp, ratePerMinute: Double, seed: UInt64) {
    random = SplitMix64(seed: seed)
    meanGapMillis = 60_000 / (ratePerMinute * Self.greatestFactor)
    next = Double(start.millis)
    step()
  }

  /// - Parameter factor: what the average rate is multiplied by at a moment, at most 8 × 1.2.
  mutating func take(before later: Timestamp, factor: (Timestamp) -> Double) -> [Arrival] {
    var taken: [Arrival] = []
    while next < Double(later.millis) {
      let at = Timestamp(millis: Int64(next))
      if random.chance(factor(at) / Self.greatestFactor) { taken.append(Arrival(at: at, number: number)) }
      number += 1
      step()
    }
    return taken
  }

  private mutating func step() { next += -log(1 - random.uniform()) * meanGapMillis }
}
