import HealstreamCore

/// What an endpoint says to one attempt, as the sender's HTTP client reports it.
package struct Answer: Equatable, Sendable {
  package var status: Int?
  var latencyMillis: Int
  var error: String?
  var retryAfterSeconds: Int64?
  var body: String?

  package var isSuccess: Bool { status.map { 200..<300 ~= $0 } ?? false }

  /// What the fault makes of one attempt; `nil`: nothing, this time.
  static func of(_ fault: Fault, at: Timestamp, _ random: inout SplitMix64) -> Answer? {
    switch fault.kind {
    case .outage: outage(until: fault.end, at: at)
    case .crash: crashed
    case .silence: timedOut
    case .brownout: random.chance(0.5) ? overloaded : nil
    case .rateLimit: random.chance(0.8) ? rateLimited : nil
    case .credential: unauthorised
    case .rejection: rejected
    case .egress: unreachable
    case .flood, .surge, .lure: nil
    }
  }

  static func ok(_ random: inout SplitMix64) -> Answer {
    Answer(status: 200, latencyMillis: 20 + Int(180 * random.uniform()))
  }

  /// What goes wrong now and then with any endpoint.
  static func background(_ random: inout SplitMix64) -> Answer {
    let all = [
      Answer(status: 500, latencyMillis: 90, error: "Internal Server Error"),
      Answer(status: 502, latencyMillis: 30, error: "Bad Gateway"),
      timedOut,
      Answer(status: nil, latencyMillis: 12, error: "read ECONNRESET"),
    ]
    return all[Int(random.next() % UInt64(all.count))]
  }

  static func outage(until end: Timestamp, at: Timestamp) -> Answer {
    Answer(
      status: 503, latencyMillis: 15, error: "Service Unavailable", retryAfterSeconds: (end - at + 999) / 1000,
      body: "upstream connect error: no healthy upstream")
  }

  static let crashed = Answer(status: nil, latencyMillis: 2, error: "connect ECONNREFUSED 203.0.113.7:443")

  static let rateLimited = Answer(
    status: 429, latencyMillis: 8, error: "Too Many Requests", retryAfterSeconds: 30, body: #"{"error":"slow down"}"#)

  static let unauthorised = Answer(
    status: 401, latencyMillis: 25, error: "Unauthorized", body: #"{"error":"signature does not match"}"#)

  static let overloaded = Answer(
    status: 503, latencyMillis: 2500, error: "Service Unavailable", body: "no free worker")

  static let timedOut = Answer(status: nil, latencyMillis: 15_000, error: "Timeout: no response within 15 s")

  static let rejected = Answer(
    status: 422, latencyMillis: 30, error: "Unprocessable Entity", body: #"{"error":"field amount is required"}"#)

  static let unreachable = Answer(status: nil, latencyMillis: 3, error: "connect ENETUNREACH")

  func write(to json: inout JSONWriter) {
    if let status { json.member("http_status", status) }
    json.member("latency_ms", latencyMillis)
    if let error { json.member("error", error) }
    if let retryAfterSeconds {
      json.object("response_headers") { json in json.member("Retry-After", "\(retryAfterSeconds)") }
    }
    if let body { json.member("response_body", body) }
  }
}
