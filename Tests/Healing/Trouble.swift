package import HealstreamCore
package import SimulatedWorld

/// What one endpoint, one tenant or the platform goes through in a scenario.
package struct Trouble: Equatable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    /// Down for 3 to 30 minutes, then well again.
    case outage = "outage, then well"
    /// Down, then half of the attempts fail for as long again.
    case halfRecovery = "outage, then brownout"
    /// Down for 3 minutes and up for 3, several times.
    case flapping = "flapping"
    /// Nothing is accepted, and a retry mends nothing.
    case rejection = "rejects everything"
    case rateLimit = "rate limit"
    /// Down, and then hardly able to take more than its usual traffic.
    case tightCapacity = "outage, tight capacity"
    /// The sender's own network: everything fails.
    case platform = "platform fault"
    /// Endpoints that lure replays, endless new URLs, floods.
    case hostile = "hostile tenant"
  }

  package let kind: Kind
  package let faults: [Fault]
  package let start: Timestamp
  /// When the last fault is over.
  package let end: Timestamp

  init(_ kind: Kind, _ faults: [Fault]) {
    precondition(!faults.isEmpty, "a trouble has a fault")
    self.kind = kind
    self.faults = faults
    start = faults.map(\.start).min() ?? faults[0].start
    end = faults.map(\.end).max() ?? faults[0].end
  }

  /// Troubles of one endpoint, which begin at `start`.
  init(_ kind: Kind, of endpoint: Int, from start: Timestamp, using random: inout SplitMix64) {
    func fault(_ kind: Fault.Kind, after before: Int64 = 0, minutes: Int64) -> Fault {
      Fault(kind, of: endpoint, from: start + before * minute, to: start + (before + minutes) * minute)
    }
    let down: Fault.Kind = [.outage, .crash, .crash, .silence][Int.random(in: 0...3, using: &random)]
    let length = Int64.random(in: 3...30, using: &random)
    let faults =
      switch kind {
      case .outage, .tightCapacity: [fault(down, minutes: length)]
      case .halfRecovery: [fault(down, minutes: length), fault(.brownout, after: length, minutes: length)]
      case .flapping:
        (0..<Int64.random(in: 3...8, using: &random)).map { fault(down, after: 6 * $0, minutes: 3) }
      case .rejection:
        [fault(Bool.random(using: &random) ? .credential : .rejection, minutes: 10 + 2 * length)]
      case .rateLimit: [fault(.rateLimit, minutes: length)]
      case .hostile, .platform: preconditionFailure("that is more than one endpoint's trouble")
      }
    self.init(kind, faults)
  }

  /// Whether what was first sent then suffers from it, or from what it has left behind.
  func covers(_ at: Timestamp) -> Bool { start <= at && at < end + Self.aftermathMillis }

  private static let aftermathMillis: Int64 = 10 * minute
}

let minute: Int64 = 60_000
