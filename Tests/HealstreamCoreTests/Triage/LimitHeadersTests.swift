import Testing

@testable import HealstreamCore

struct LimitHeadersTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var headers: [String: String]
    /// Milliseconds after the attempt; `nil`: no moment.
    var expectedMillis: Int64?
    var testDescription: String { "\(headers)" }

    init(_ expectedMillis: Int64?, _ headers: [String: String]) {
      self.headers = headers
      self.expectedMillis = expectedMillis
    }
  }

  // The attempt is at Mon, 09 Nov 2026 00:00:00 GMT, which is 1794182400 s after the epoch.
  @Test(arguments: [
    Case(nil, [:]),
    Case(17_000, ["Retry-After": "17"]),
    Case(1500, ["Retry-After": " 1.5 "]),
    Case(nil, ["Retry-After": "0"]),
    Case(nil, ["Retry-After": "-5"]),
    Case(nil, ["Retry-After": "soon"]),
    Case(nil, ["Retry-After": "99999999999999999999d"]),
    Case(nil, ["Retry-After": "999999999999999d"]),
    Case(86_400_000, ["Retry-After": "864000"]),
    Case(90_000, ["Retry-After": "Mon, 09 Nov 2026 00:01:30 GMT"]),
    Case(90_000, ["Retry-After": "Monday, 09-Nov-26 00:01:30 GMT"]),
    Case(90_000, ["Retry-After": "Mon Nov  9 00:01:30 2026"]),
    Case(90_000, ["Retry-After": "2026-11-09T00:01:30Z"]),
    Case(nil, ["Retry-After": "Sun, 08 Nov 2026 23:59:59 GMT"]),
    Case(nil, ["Retry-After": "Mon, 45 Nov 2026 00:01:30 GMT"]),
    Case(20_000, ["Retry-After": "1794182420"]),
    Case(250, ["Retry-After-Ms": "250", "Retry-After": "1"]),
    Case(250, ["X-Ms-Retry-After-Ms": "250"]),
    Case(37_000, ["X-RateLimit-Reset": "37"]),
    Case(60_000, ["X-RateLimit-Reset": "1794182460"]),
    Case(60_000, ["X-Rate-Limit-Reset": "1794182460000"]),
    Case(60_000, ["RateLimit-Reset": "60"]),
    Case(360_000, ["X-RateLimit-Reset-Requests": "1s", "X-RateLimit-Reset-Tokens": "6m0s"]),
    Case(60_000, ["Anthropic-RateLimit-Requests-Reset": "2026-11-09T00:01:00Z"]),
    Case(50_000, ["RateLimit": "limit=100, remaining=0, reset=50"]),
    Case(30_000, ["RateLimit": "\"default\";r=0;t=30"]),
    Case(nil, ["RateLimit-Policy": "\"default\";q=100;w=60"]),
    Case(5000, ["Retry-After": "5", "X-RateLimit-Reset": "37"]),
    Case(nil, ["X-RateLimit-Reset": "1794182399"]),
  ])
  func `the moment to come back`(example: Case) {
    let moment = verdict(FailedAttempt(429, headers: example.headers)).notBefore
    #expect(moment.map { $0 - FailedAttempt.start } == example.expectedMillis)
  }

  @Test func `a passing fault carries Retry-After, a permanent one does not`() {
    let headers = ["Retry-After": "30"]
    #expect(verdict(FailedAttempt(503, headers: headers)).notBefore == FailedAttempt.start + 30_000)
    #expect(verdict(FailedAttempt(410, headers: headers)).notBefore == nil)
  }

  @Test func `the cap is a setting`() throws {
    var settings = TriageSettings()
    settings.maxRetryAfterMillis = 1000
    var triage = try Triage(settings)
    #expect(
      triage.verdict(for: FailedAttempt(429, headers: ["Retry-After": "30"])).notBefore == FailedAttempt.start + 1000)
  }

  @Test(arguments: [
    (["X-RateLimit-Remaining": "0"], true), (["x-ratelimit-remaining": "00"], true),
    (["X-RateLimit-Remaining": "0, 99"], true),
    (["X-RateLimit-Remaining-Minute": "0"], true), (["X-Rate-Limit-Remaining": "0"], true),
    (["RateLimit-Remaining": "0"], true),
    (["RateLimit": "limit=10, remaining=0, reset=5"], true), (["RateLimit": "\"a\";r=0;t=5"], true),
    (["X-Envoy-RateLimited": "true"], true),
    (["X-RateLimit-Remaining": "1"], false), (["X-RateLimit-Remaining": "05"], false),
    (["X-RateLimit-Remaining": ""], false),
    (["RateLimit": "\"a\";r=10;t=0"], false), (["X-RateLimit-Limit": "0"], false),
    (["X-Shopify-Shop-Api-Call-Limit": "39/40"], false),
    (["X-Remaining-Seats": "0"], false),
  ])
  func `which headers say that nothing remains`(headers: [String: String], isExhausted: Bool) {
    #expect((verdict(FailedAttempt(503, headers: headers)).rule == "nothing_remains") == isExhausted)
  }
}
