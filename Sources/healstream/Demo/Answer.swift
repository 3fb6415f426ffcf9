import HealstreamCore

/// What an endpoint says to one attempt, as the sender's HTTP client reports it.
struct Answer: Equatable, Sendable {
  var status: Int?
  var latencyMillis: Int
  var error: String?
  var retryAfterSeconds: Int64?
  var body: String?

  var isSuccess: Bool { status.map { 200..<300 ~= $0 } ?? false }

  static func ok(_ random: inout SplitMix64) -> Answer {
    Answer(status: 200, latencyMillis: 20 + Int(180 * random.uniform()))
  }

  /// What goes wrong now and then with any endpoint.
  static func background(_ random: inout SplitMix64) -> Answer {
    let all = [
      Answer(status: 500, latencyMillis: 90, error: "Internal Server Error"),
      Answer(status: 502, latencyMillis: 30, error: "Bad Gateway"),
      Answer(status: nil, latencyMillis: 15_000, error: "Timeout: no response within 15 s"),
      Answer(status: nil, latencyMillis: 12, error: "read ECONNRESET"),
    ]
    return all[Int(random.next() % UInt64(all.count))]
  }

  static func outage(until end: Timestamp, at: Timestamp) -> Answer {
    Answer(
      status: 503, latencyMillis: 15, error: "Service Unavailable", retryAfterSeconds: (end - at + 999) / 1000,
      body: "upstream connect error: no healthy upstream")
  }

  static let rateLimited = Answer(
    status: 429, latencyMillis: 8, error: "Too Many Requests", retryAfterSeconds: 30, body: #"{"error":"slow down"}"#)

  static let unauthorised = Answer(
    status: 401, latencyMillis: 25, error: "Unauthorized", body: #"{"error":"signature does not match"}"#)

  static let overloaded = Answer(
    status: 503, latencyMillis: 2500, error: "Service Unavailable", body: "no free worker")

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
