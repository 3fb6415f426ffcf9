import HealstreamCore

/// What senders' HTTP clients and receivers say when a delivery fails: short errors, JSON bodies and a page of HTML, in the
/// proportions of a busy day.
enum FailureTexts {
  struct Text {
    var status: Int?
    var error = ""
    var body = ""
    var headers: [(name: String, value: String)] = []

    var byteCount: Int { error.utf8.count + body.utf8.count }

    var attempt: FailedAttempt {
      var attempt = FailedAttempt()
      attempt.httpStatus = status
      attempt.error = Array(error.utf8)
      attempt.body = Array(body.utf8)
      attempt.headers = headers.map { .init(name: Array($0.name.utf8), value: Array($0.value.utf8)) }
      attempt.occurredAt = DeliveryTraffic.start
      return attempt
    }
  }

  static let all: [Text] = [
    Text(error: "connect ECONNREFUSED 192.0.2.1:443"),
    Text(error: "read ECONNRESET"),
    Text(error: "Timeout: no response within 15 s"),
    Text(error: "context deadline exceeded (Client.Timeout exceeded while awaiting headers)"),
    Text(error: "dial tcp: lookup hooks.example.com on 192.0.2.53:53: no such host"),
    Text(error: "getaddrinfo EAI_AGAIN hooks.example.com"),
    Text(
      error: "x509: certificate has expired or is not yet valid: current time 2026-01-01T00:00:00Z is after 2025-12-31"),
    Text(error: "unable to verify the first certificate"),
    Text(error: "curl: (7) Failed to connect to hooks.example.com port 443 after 2 ms: Couldn't connect to server"),
    Text(error: "java.net.SocketTimeoutException: Read timed out"),
    Text(status: 500, error: "Internal Server Error", body: #"{"error":"internal","request_id":"5f1c7a90"}"#),
    Text(status: 502, body: page("502 Bad Gateway")),
    Text(status: 503, body: page("503 Service Temporarily Unavailable")),
    Text(status: 503, body: #"{"message":"The server is overloaded, try again in 30 seconds"}"#),
    Text(status: 504, body: page("504 Gateway Time-out")),
    Text(
      status: 429, body: #"{"error":{"code":"rate_limited","message":"Too many requests, slow down"}}"#,
      headers: [("retry-after", "30")]),
    Text(status: 403, body: #"{"message":"Limit Exceeded"}"#),
    Text(status: 401, body: #"{"error":"invalid_token","error_description":"The access token expired"}"#),
    Text(status: 404, body: page("404 Not Found")),
    Text(status: 410, body: "Gone"),
    Text(status: 400, body: #"{"errors":[{"field":"amount","message":"must be a positive integer"}]}"#),
    Text(
      status: 422,
      body: #"{"message":"The given data was invalid.","errors":{"email":["The email field is required."]}}"#),
    Text(status: 413, body: "Request Entity Too Large"),
    Text(status: 200, body: #"{"ok":false,"error":"account_inactive"}"#),
    Text(error: "something went wrong, see the log of worker 7 for what it was"),
  ]

  private static func page(_ title: String) -> String {
    "<html>\r\n<head><title>\(title)</title><style>body{font-family:sans-serif;margin:4em;color:#333}"
      + "h1{font-size:2em}p{max-width:40em}</style></head>\r\n<body>\r\n<center><h1>\(title)</h1></center>\r\n"
      + "<hr><center>nginx/1.25.3</center>\r\n<p>If you are the owner of this site, look into its error log.</p>\r\n"
      + "</body>\r\n</html>\r\n"
  }
}
