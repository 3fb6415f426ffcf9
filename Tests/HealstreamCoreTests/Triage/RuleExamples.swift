import Testing

@testable import HealstreamCore

/// An attempt and the rule that must decide it.
struct RuleExample: Sendable, CustomTestStringConvertible {
  var rule: String
  var attempt: FailedAttempt

  var testDescription: String {
    "\(rule): \(attempt.httpStatus ?? 0) \(String(decoding: attempt.error, as: UTF8.self))"
  }

  init(_ rule: String, _ status: Int? = nil, _ error: String = "", body: String = "", headers: [String: String] = [:]) {
    self.rule = rule
    attempt = FailedAttempt(status, error, body: body, headers: headers)
  }

  static let all: [Self] =
    limits + refusals + secureConnections + names + messages + receivers + prose + statuses + passing + unknown

  private static let limits = [
    Self("status_429", 429, body: "disk quota"),
    Self("status_420", 420),
    Self("status_430", 430),
    Self("status_509", 509, body: "Bandwidth Limit Exceeded"),
    Self("nothing_remains", 403, headers: ["X-RateLimit-Remaining": "0"]),
    Self("nothing_remains", 503, headers: ["RateLimit": "\"burst\";r=0;t=12"]),
    Self("nothing_remains", 400, headers: ["X-Shopify-Shop-Api-Call-Limit": "40/40"]),
    Self("throttled_by_header", 400, headers: ["x-amzn-ErrorType": "ThrottlingException:http://internal.amazon.com/"]),
    Self("spent_quota", 403, body: #"{"reason":"storageQuotaExceeded"}"#),
    Self("stated_429", 502, body: #"{"upstream_status":429}"#),
    Self("http2_enhance_your_calm", nil, "http2: server sent GOAWAY; ErrCode=ENHANCE_YOUR_CALM, debug=\"\""),
    Self("limit_of_this_request", 403, body: "You have been rate limited. Try again in an hour."),
    Self(
      "limit_in_text", 503, body: "<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>"),
    Self("limit_in_text", 403, body: "API 请求过于频繁"),
    Self("calls_per_time", 503, body: "Limite di 60 chiamate al minuto superato"),
    Self("request_quota", 403, body: "Monthly usage limit reached"),
    Self("limit_in_text", 409, body: #"{"code":"RATE_EXCEEDED","message":"Throttling: User request limit"}"#),
    Self("limit_in_text", 403, body: "Request blocked (rule RateBased-Hooks)"),
    Self("limit_in_text", nil, "outbound throttle: bucket of hooks empty, next token in 900ms"),
    Self("requests_in_window", 403, body: "Blocked: more than 300 requests from 192.0.2.1 in 5 minutes"),
    Self("limiter_refused", 500, body: "RateLimiter 'in' does not permit further calls"),
    Self("limit_exceeded", 400, body: #"{"__type":"LimitExceededException"}"#),
    Self("grpc_resource_exhausted", nil, "rpc error: code = RESOURCE_EXHAUSTED desc = try later"),
  ]

  private static let refusals = [
    Self("status_408", 408, "certificate has expired"),
    Self("status_421", 421),
    Self("status_425", 425),
    Self("status_460", 460),
    Self("status_499", 499),
    Self("retry_refused_by_header", 500, headers: ["Webhook-Delivery": "abort-message"]),
    Self("retry_refused", 503, body: #"{"error":"cannot process","retryable": false}"#),
    Self("stated_client_error", 502, body: #"{"message":"upstream failed","statusCode":404}"#),
  ]

  private static let secureConnections = [
    Self("tls_certificate_expired", nil, "curl: (60) SSL certificate problem: certificate has expired"),
    Self("tls_wrong_name", nil, "x509: certificate is valid for a.example, not b.example"),
    Self("tls_certificate_revoked", nil, "net::ERR_CERT_REVOKED"),
    Self("tls_client_certificate", 400, body: "<center>No required SSL certificate was sent</center>"),
    Self("tls_certificate_named", nil, "Fehler mit dem Zertifikat der Gegenstelle"),
    Self("tls_untrusted", nil, "未能为 SSL/TLS 安全通道建立信任关系。"),
    Self("tls_untrusted", nil, "tls: failed to verify certificate: x509: certificate signed by unknown authority"),
    Self(
      "tls_plain_text", nil,
      "write EPROTO 00:error:0A00010B:SSL routines:ssl3_get_record:wrong version number:ssl3_record.c:354"),
    Self("tls_version_or_cipher", nil, "javax.net.ssl.SSLHandshakeException: Received fatal alert: handshake_failure"),
  ]

  private static let names = [
    Self("dns_no_such_name", nil, "dial tcp: lookup hooks.acme.example on 10.0.0.2:53: no such host"),
    Self("dns_no_such_name", nil, "getaddrinfo ENOTFOUND hooks.acme.example"),
    Self("dns_unresolved", nil, "curl: (6) Could not resolve host: hooks.acme.example"),
    Self("blocked_address", nil, "URL is blocked: Requests to the local network are not allowed"),
    Self("bad_url", nil, "Post \"hooks.acme.example\": unsupported protocol scheme \"\""),
    Self("bot_challenge", 503, body: "<title>Just a moment...</title>Checking your browser before accessing"),
    Self("dns_temporary", nil, "getaddrinfo EAI_AGAIN hooks.acme.example"),
    Self("dns_temporary", nil, "Tillfälligt fel vid namnuppslagning"),
    Self("tls_certificate_named", nil, "Το πιστοποιητικό δεν είναι έγκυρο για το όνομα hooks.acme.example"),
    Self("timed_out", nil, "Le nom distant a pu être résolu mais le délai d'attente a expiré"),
    Self("dns_temporary", nil, "lookup hooks.acme.example on 10.0.0.2:53: server misbehaving"),
  ]

  private static let messages = [
    Self("redirect_loop", nil, "Post \"https://a.example/x\": stopped after 10 redirects"),
    Self("too_large", nil, "AxiosError: maxContentLength size of 2000 exceeded"),
    Self("not_http", nil, "net/http: HTTP/1.x transport connection broken: malformed HTTP response \"SSH-2.0\""),
    Self("http2_violated", nil, "net::ERR_HTTP2_FRAME_SIZE_ERROR"),
  ]

  private static let receivers = [
    Self("signature_refused", 401, body: "Invalid webhook signature: timestamp outside the tolerance zone"),
    Self("signature_refused", 500, body: "WebhookVerificationError: No matching signature found"),
    Self("signature_unverified", 500, body: "could not verify signature of this request"),
    Self(
      "credentials_refused", 500, body: "The IAM role configured on the integration doesn't have permissions to call it"
    ),
    Self("credentials_refused", 500, body: "Access denied for user 'app'"),
    Self("validation_failed", 500, body: #"{"error":"ValidationError: amount is required"}"#),
    Self("receiver_gone", 503, body: "<h1>Site Suspended</h1>"),
    Self("data_refused", 500, body: "ERROR: value too long for type character varying(64)"),
    Self("right_lapsed", 503, body: "License has expired. Please contact your administrator."),
    Self("right_lapsed", 503, body: "ご契約の有効期限が切れています。"),
    Self("right_named", 500, body: "Die Lizenz gilt nur für einen anderen Mandanten"),
    Self("request_blocked", 503, body: "<h1>Access Blocked</h1><p>Category: Newly Registered Domain</p>"),
    Self("misconfigured", 500, body: "<h1>Routing Error</h1><h2>No route matches [POST] &quot;/in&quot;</h2>"),
    Self("person_decides", 504, body: "Timeout: manual approval for this integration was not given within 14 days"),
    Self(
      "person_decides", nil, "schema registry rejected event: field is temporarily_unavailable, expected enum[yes,no]"),
    Self("receiver_gone", 502, body: #"{"error":"TARGET_DELETED","hint":"connection reset"}"#),
    Self("general_refusal", 500, body: "Digest does not match"),
  ]

  private static let prose = [
    Self("lasting_cause", 502, body: "target group points at a deleted service"),
    Self("lasting_cause", 500, body: "Failed to execute the ExtractVariables: JSONPath compilation failed"),
    Self("lasting_cause", 503, body: "Der Vertrag wurde gekündigt"),
    Self("lasting_cause", 503, body: "Kontot är avslutat och tar inte emot händelser"),
    Self("no_outage_told", 500, body: "Nobody here takes parcels on Sundays"),
    Self("no_outage_told", 500, "HTTP 500", body: "当店では取り扱っておりません"),
    Self("status_503", 503, body: "signature-service: read timeout after 5s"),
    Self("status_503", 503, body: "schema-registry: leader election, new contracts have to wait"),
    Self("status_500", 500, body: "kafka: client has run out of available brokers"),
    Self("status_502", 502, body: "An invalid response was received from the upstream server"),
    Self("status_502", 502, body: "Недопустимый шлюз: вышестоящий сервер не отвечает"),
  ]

  private static let statuses = [
    Self("redirect", 301),
    Self("status_400", 400), Self("status_401", 401), Self("status_402", 402), Self("status_403", 403),
    Self("status_404", 404),
    Self("status_405", 405), Self("status_407", 407), Self("status_409", 409), Self("status_410", 410),
    Self("status_413", 413),
    Self("status_415", 415), Self("status_422", 422), Self("status_426", 426), Self("status_431", 431),
    Self("status_451", 451),
    Self("status_999", 999), Self("client_error", 418), Self("status_404", nil, "Unexpected response code: 404"),
    Self("status_501", 501), Self("status_505", 505), Self("status_506", 506), Self("status_507", 507),
    Self("status_508", 508),
    Self("status_510", 510), Self("status_511", 511), Self("cloudflare_525", 525), Self("cloudflare_526", 526),
    Self("cloudflare_1033", 530, body: "error code: 1033"), Self("cloudflare_530", 530), Self("status_540", 540),
    Self("status_561", 561), Self("cloudflare_origin_down", 522), Self("status_529", 529), Self("status_546", 546),
    Self("network_timeout", 599), Self("status_500", 500), Self("status_502", 502), Self("status_503", 503),
    Self("status_504", 504),
    Self("server_error", 555), Self("status_502", nil, "Hook executed but returned HTTP 502"),
  ]

  private static let passing = [
    Self("connection_refused", nil, "dial tcp 192.0.2.1:443: connect: connection refused"),
    Self("connection_refused", nil, "[Errno 111] Verbindungsaufbau abgelehnt"),
    Self("connection_reset", nil, "('Connection aborted.', ConnectionResetError(104, 'Connection reset by peer'))"),
    Self("connection_closed", nil, "Error: socket hang up"),
    Self("http2_closed", nil, "http2: server sent GOAWAY and closed; LastStreamID=1, ErrCode=NO_ERROR"),
    Self("unroutable", nil, "Errno::EHOSTUNREACH: No route to host - connect(2)"),
    Self("timed_out", nil, "net/http: request canceled (Client.Timeout exceeded while awaiting headers)"),
    Self("timed_out", nil, "Délai d’attente dépassé"),
    Self("timeout_alone", nil, "Timeout"),
    Self("breaker_open", nil, "CircuitBreaker 'out' is OPEN and does not permit further calls"),
    Self("sender_shortage", nil, "socket: too many open files"),
    Self("egress_proxy_down", nil, "ProxyError('Cannot connect to proxy.')"),
    Self("sender_stopped", nil, "context canceled"),
    Self("server_error_in_text", 200, body: #"{"ok":false,"error":"service temporarily unavailable"}"#),
  ]

  private static let unknown = [
    Self("program_error", nil, "KeyError: 'timeout'"),
    Self("status_without_meaning", 204),
    Self("no_words"), Self("no_words", 777), Self("no_words", 304),
    Self("no_evidence", nil, "fetch failed"),
    Self("no_evidence", nil, "error sending request for url (https://hooks.acme.example/timeout)"),
    Self("no_evidence", nil, "eyJlcnJvciI6InJhdGUgbGltaXQgZXhjZWVkZWQifQ=="),
  ]
}
