import Testing

@testable import HealstreamCore

/// What a senior engineer would say where signals disagree.
struct PrecedenceTests {
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var category: HealstreamCore.Category
    var attempt: FailedAttempt

    init(
      _ name: String, _ category: HealstreamCore.Category, _ status: Int? = nil, _ error: String = "",
      body: String = "",
      headers: [String: String] = [:]
    ) {
      testDescription = name
      self.category = category
      attempt = FailedAttempt(status, error, body: body, headers: headers)
    }
  }

  @Test(arguments: [
    Case("a 400 outranks words of a refused connection", .permanent4xx, 400, body: "connection refused"),
    Case("a limit outranks 403", .rateLimited, 403, body: "API rate limit exceeded for user 1"),
    Case("a limit outranks 500", .rateLimited, 500, body: "Error: Too Many Requests"),
    Case("429 outranks everything", .rateLimited, 429, "certificate has expired", body: "validation failed"),
    Case("an expired certificate outranks 502", .permanent4xx, 502, body: "upstream: certificate has expired"),
    Case("a signature outranks 500", .permanent4xx, 500, body: "InvalidSignature"),
    Case("an unknown name outranks 503", .permanent4xx, 503, body: "getaddrinfo ENOTFOUND backend"),
    Case("a timed out lookup passes", .transientEndpointDown, nil, "dns error: resolving timed out"),
    Case("Retry-After on a 503 is no limit", .transientEndpointDown, 503, headers: ["Retry-After": "30"]),
    Case("a money quota is no limit", .permanent4xx, 403, body: "Quota exceeded: payment required"),
    Case("a quota per day is a limit", .rateLimited, 403, body: "Daily quota exceeded"),
    Case("a 304 tells nothing", .unknown, 304),
    Case("a 2xx goes by its text", .permanent4xx, 200, body: #"{"ok":false,"error":"invalid_auth"}"#),
    Case("the text's status counts where there is no other", .rateLimited, nil, "request failed with status code 429"),
    Case("of two statuses in the text the less safe counts", .permanent4xx, nil, "HTTP 503: upstream returned 404"),
    Case(
      "a header's cause outranks 503", .permanent4xx, 503, headers: ["X-Render-Routing": "suspend-by-user"]),
    Case("gRPC's status counts under 200", .transientEndpointDown, 200, headers: ["grpc-status": "14"]),
    Case("gRPC's limit counts under 200", .rateLimited, 200, headers: ["grpc-status": "8"]),
    Case("a limit that is denied is none", .transientEndpointDown, 503, body: "Down. You have not been rate limited."),
    Case("a limit that a larger plan widens is one", .rateLimited, 403, body: "5 calls per second; upgrade your plan"),
    Case("a status alone is one", .transientEndpointDown, nil, "503"),
    Case("a variable's name is no evidence", .unknown, nil, "undefined method `timeout' for nil:NilClass"),
    Case(
      "a page that wants JavaScript is no challenge", .transientEndpointDown, 502,
      body: "You need to enable JavaScript to run this app."),
    Case("a status in parentheses is one", .permanent4xx, nil, "Delivery rejected by receiver (401)"),
    Case("a phrase that is cut off counts", .transientEndpointDown, nil, "...443: connect: connection refus"),
    Case("half a phrase does not", .unknown, nil, "...443: connect: connection r"),
    Case(
      "a proxy's TLS that does not fit outranks 503", .permanent4xx, 503,
      body: "Network Error (ssl_failed): failed to negotiate a mutually acceptable security settings"),
    Case(
      "a lapsed licence outranks 503", .permanent4xx, 503, body: "<h1>Service Unavailable</h1>Su licencia ha caducado"),
    Case("a timer that expired is no right that lapsed", .transientEndpointDown, 503, body: "Leader lease expired"),
    Case(
      "the cause outranks its wrapper, in German too", .permanent4xx, nil,
      "Die zugrunde liegende Verbindung wurde geschlossen: Es konnte keine Vertrauensstellung hergestellt werden."),
    Case("a service named after certificates comes back", .transientEndpointDown, 503, body: "証明書発行サービスは再起動中です"),
    Case(
      "Apache's page for any 500 blames no configuration", .transientEndpointDown, 500,
      body: "The server encountered an internal error or misconfiguration and was unable to complete your request."),
    Case("a database that refuses the connection passes", .transientEndpointDown, 500, body: "SQLSTATE[HY000] [2002]"),
    Case("a database that refuses the value does not", .permanent4xx, 500, body: "SQLSTATE[22001]: String data"),
    Case("limits that do not apply are none", .transientEndpointDown, 503, body: "Down; rate limits do not apply here"),
    Case("limits in a form are told", .rateLimited, 503, body: "oauth_problem=rate%20limit+exceeded&x=y"),
    Case("a limit that is cut off counts", .rateLimited, 503, body: "TOO MANY REQUE"),
    Case(
      "a breaker's refusal is no limit", .transientEndpointDown, 500,
      body: "CircuitBreaker 'crm' is OPEN and does not permit further calls"),
    Case(
      "an outage outranks the words beside it", .transientEndpointDown, 503,
      body: "Policies and permissions cannot be read: connection refused"),
    Case("a cause that lasts outranks 503 in prose", .permanent4xx, 503, body: "The owner has withdrawn the mandate"),
    Case(
      "a check that could not be made is no refusal", .transientEndpointDown, 503,
      body: "could not verify signature: key service timed out"),
    Case(
      "a limit that the receiver denies is none", .transientEndpointDown, 503,
      body: "We are not rate limiting you: the database is down"),
    Case(
      "a text that ends in deliveries tells no limit", .permanent4xx, 500,
      body: "permission denied for table deliveries"),
    Case("a media type's name is no limit", .permanent4xx, 406, body: "Not Acceptable: throttled media type"),
    Case(
      "a log that expired is no lapsed right", .unknown, nil, "delivery outcome unavailable (log retention expired)"),
    Case("a broken limiter is no limit", .transientEndpointDown, 503, body: "rate limiter backend unavailable"),
  ])
  func `signals that disagree`(example: Case) { #expect(verdict(example.attempt).category == example.category) }

  @Test(arguments: [
    Case("a path", .permanent4xx, 404, body: "Cannot GET /rate-limit-exceeded"),
    Case("a URL", .unknown, nil, "request to https://timeout.example/connection-refused failed"),
    Case("a host", .unknown, nil, "delivery to connection-refused.example:443 failed"),
    Case("a file", .unknown, nil, "raised in rate_limit_exceeded.py"),
    Case("an event", .permanent4xx, 422, body: #"{"error":"unknown event type rate_limit.exceeded"}"#),
    Case("an event under no status", .unknown, nil, "cannot deliver event payment.timeout"),
    Case("a field", .permanent4xx, nil, "timeout must be an integer"),
    Case("a member's name", .unknown, nil, #"{"timeout":30,"rate limit exceeded":false}"#),
    Case(
      "an error's name within other words", .unknown, nil,
      "FileNotFoundError; could not open file again: type of error 7"),
    Case("a thread's error", .unknown, nil, "delivery thread error"),
    Case(
      "an event of the past", .transientEndpointDown, 500,
      body: #"{"event_type":"license.expired","field":"expired_at"}"#),
    Case("an order's number", .permanent4xx, 404, body: "Order 429 not found"),
    Case("a page's title", .permanent4xx, 404, body: "<title>Rate Limiting - API Docs - Page not found</title>"),
    Case("a job's number", .transientEndpointDown, 503, body: #"{"job":"4290404"}"#),
    Case("an amount", .unknown, nil, "received 512 bytes of something else"),
    Case("a port", .unknown, nil, "http 443 went wrong"),
  ])
  func `a name or a number is no evidence`(example: Case) {
    #expect(verdict(example.attempt).category == example.category)
  }

  @Test(arguments: [
    "Network Error", "Failed to fetch", "fetch failed", "Connection error.", "request failed", "error sending request",
    "client error (SendRequest)", "An error occurred while sending the request.",
    "Something went wrong, please try again later",
    "Cannot connect to host hooks.acme.example:443 ssl:default [None]",
    "HTTPSConnectionPool(host='a.example', port=443): failed",
    "The SSL connection could not be established, see inner exception.", "failed to open stream: HTTP request failed!",
    "undefined",
    "null", "🔥", "stack overflow", "exit status 1", "U2FsdGVkX1+vupppZksvRf5pq5g5XjFRIipRkwB0K1Y=",
  ])
  func `a bare wrapper is not called safe`(error: String) {
    #expect(verdict(FailedAttempt(nil, error)).category == .unknown)
  }
}
