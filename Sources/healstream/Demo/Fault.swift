import HealstreamCore

/// Something that goes wrong with one endpoint of the simulated platform for a while.
struct Fault: Equatable, Sendable {
  enum Kind: String, CaseIterable, Sendable {
    /// Every attempt gets a 503 that says when to come back.
    case outage
    /// Most attempts get a 429.
    case rateLimit
    /// Every attempt gets a 401, until somebody puts the new credential in place.
    case credential
    /// Far more traffic than usual, more than the endpoint can take.
    case flood
    /// More traffic than usual, which the endpoint takes well.
    case surge
  }

  let kind: Kind
  /// Index into `SimulatedEndpoint.all`.
  let endpoint: Int
  let start: Timestamp
  /// The first moment when it is over.
  var end: Timestamp

  func isActive(_ endpoint: Int, at: Timestamp) -> Bool { endpoint == self.endpoint && start <= at && at < end }

  /// By how much it multiplies the endpoint's traffic.
  var trafficFactor: Double {
    switch kind {
    case .flood: Self.greatestTrafficFactor
    case .surge: 5
    case .outage, .rateLimit, .credential: 1
    }
  }

  static let greatestTrafficFactor = 8.0
}
