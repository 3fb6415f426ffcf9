import HealstreamCore
import SimulatedWorld

/// What happens in the simulated world and when: quiet hours in which the processor learns what is normal, then rounds of faults.
///
/// ```
/// start            storyStart                                          end
///   ├── warm-up 2 h ──┼── round 50 min ──┼── round 50 min ──┼ … ─────────┤
///                     │2 outage 8│12 rate limit 19│20 credential│23 surge 29│31 flood 40│
/// ```
///
/// A round's faults hit different tenants and hardly overlap, so that what the processor says can be followed.
struct Script: Equatable, Sendable {
  static let warmUpMillis: Int64 = 120 * minute
  static let roundMillis: Int64 = 50 * minute

  let start: Timestamp
  let storyStart: Timestamp
  let end: Timestamp
  let faults: [Fault]

  /// - Parameters:
  ///   - rounds: 1 or more.
  ///   - end: when the last round is over.
  init(seed: UInt64, rounds: Int, endingAt end: Timestamp) {
    precondition(rounds > 0, "a story has a round")
    self.end = end
    let storyStart = end - Int64(rounds) * Self.roundMillis
    self.storyStart = storyStart
    start = storyStart - Self.warmUpMillis
    var random = SplitMix64(seed: seed)
    faults = (0..<rounds).flatMap { round in
      Self.faults(from: storyStart + Int64(round) * Self.roundMillis, &random)
    }
  }

  /// The world in which it happens.
  func world(seed: UInt64) -> World { World(Cast.endpoints, faults: faults, from: start, seed: seed) }

  private static let minute: Int64 = 60_000

  /// When each kind begins and ends at the latest, in minutes of its round, and the endpoints that it suits, by their rate a minute.
  ///
  /// An outage at a higher rate would fail more deliveries than one replay takes; a flood would pass the 50 failures in five minutes
  /// that call an operator, and look like one of the whole tenant, for which a throttle needs an approval.
  static let plan: [(kind: Fault.Kind, minutes: ClosedRange<Int64>, rates: ClosedRange<Double>)] = [
    (.outage, 2...8, 2.2...2.5), (.rateLimit, 12...19, 3.0...5.0), (.credential, 20...32, 2.0...4.0),
    (.surge, 23...29, 3.0...6.0), (.flood, 31...40, 2.2...2.5),
  ]

  private static func faults(from start: Timestamp, _ random: inout SplitMix64) -> [Fault] {
    var taken: Set<String> = []
    // Who has the fewest endpoints to choose from chooses first.
    let faults = plan.sorted { $0.rates.upperBound - $0.rates.lowerBound < $1.rates.upperBound - $1.rates.lowerBound }
      .map { kind, minutes, rates in
        let suitable = Cast.endpoints.indices.filter {
          rates.contains(Cast.endpoints[$0].ratePerMinute) && !taken.contains(Cast.endpoints[$0].tenantID)
        }
        guard let endpoint = suitable.randomElement(using: &random) else {
          preconditionFailure("every kind of fault finds an endpoint")
        }
        taken.insert(Cast.endpoints[endpoint].tenantID)
        return Fault(
          kind, of: endpoint, from: start + minutes.lowerBound * minute, to: start + minutes.upperBound * minute)
      }
    return faults.sorted { $0.start < $1.start }
  }
}
