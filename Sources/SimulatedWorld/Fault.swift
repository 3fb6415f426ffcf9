package import HealstreamCore

/// Something that goes wrong with one endpoint of the simulated platform for a while.
package struct Fault: Equatable, Sendable {
  package enum Kind: String, CaseIterable, Sendable {
    /// Every attempt gets a 503 that says when to come back.
    case outage
    /// Connections are refused, and nobody says for how long.
    case crash
    /// Every attempt times out.
    case silence
    /// Half of the attempts get a 503.
    case brownout
    /// Most attempts get a 429.
    case rateLimit
    /// Every attempt gets a 401, until somebody puts the new credential in place.
    case credential
    /// Every attempt gets a 422: the receiver's schema is another.
    case rejection
    /// First attempts are refused, and so is what comes again, but for the first after a pause: the receiver has learnt what a
    /// canary looks like, and wants to be sent the same again and again.
    case lure
    /// The sender's own network: no connection comes about.
    case egress
    /// Far more traffic than usual, more than the endpoint can take.
    case flood
    /// More traffic than usual, which the endpoint takes well.
    case surge
  }

  package let kind: Kind
  /// Its index among the world's endpoints.
  package let endpoint: Int
  package let start: Timestamp
  /// The first moment when it is over.
  package internal(set) var end: Timestamp

  package init(_ kind: Kind, of endpoint: Int, from start: Timestamp, to end: Timestamp) {
    self.kind = kind
    self.endpoint = endpoint
    self.start = start
    self.end = end
  }

  func isActive(at: Timestamp) -> Bool { start <= at && at < end }

  /// By how much it multiplies the endpoint's traffic.
  var trafficFactor: Double {
    switch kind {
    case .flood: Self.greatestTrafficFactor
    case .surge: 5
    case .outage, .crash, .silence, .brownout, .rateLimit, .credential, .rejection, .lure, .egress: 1
    }
  }

  static let greatestTrafficFactor = 8.0
}
